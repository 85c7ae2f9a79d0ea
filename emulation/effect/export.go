package effect

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// databaseTables are those of the database server with their columns, in order: an
// export can ask for no others.
var databaseTables = map[string][]string{
	"cdr_voice": {"cdr_id", "a_msisdn", "b_msisdn", "imsi", "cell_id", "start_ts", "duration_s"},
}

// Who may ask for a table, and by what program: both are words of the statement
// by which the server is reached.
var (
	exportRoles     = []string{"billing", "backup"}
	databaseClients = []string{"pg_dump", "psql"}
)

// Columns returns a table's columns, in order; it is empty for a table that is not
// known.
func Columns(table string) []string { return slices.Clone(databaseTables[table]) }

// Export reads a table out of the database server into a file, as a dump or a
// copy at the client's side does. It names things of a closed list and
// contains no SQL.
type Export struct {
	// Program is what the client calls itself to the server.
	Program string `json:"program"`
	// Role is who asks.
	Role    string   `json:"role"`
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	// Watched asks only for the calls of numbers that are on the watch list.
	Watched bool   `json:"watched,omitempty"`
	Into    string `json:"into"`
}

func (Export) Kind() string        { return "export" }
func (Export) Service() string     { return DatabaseService }
func (e Export) Touches() []string { return []string{e.Into} }
func (e Export) String() string {
	return fmt.Sprintf("export %s (%s) into %s", e.Table, strings.Join(e.Columns, ", "), e.Into)
}

// Traces is the connection to the server, the file with the rows, and a line in
// the server's log that names table and role.
func (e Export) Traces() []Trace {
	return []Trace{
		{Kind: TraceServiceConnect, Remote: Endpoint{Address: loopback, Port: DatabasePort}},
		{Kind: TraceOverwrite, Path: e.Into, Opaque: true},
		{Kind: TraceLine, Words: []string{e.Table, e.Role}},
	}
}

// Perform writes the marker, then the rows. It fails on an asset without the
// service, for a table, column, role or program that is not listed, and where the
// server or the file refuses.
func (e Export) Perform(in Executor) error {
	if in.Export == nil {
		return fmt.Errorf("%s: %w", e, errNoServer)
	}
	if err := e.valid(); err != nil {
		return err
	}
	rows, err := in.Export(e)
	if err != nil {
		return fmt.Errorf("%s: %w", e, err)
	}
	return writeFile(in.Tree, e.Into, append([]byte("# "+artifact.Marker+"\n"), rows...), 0o600, false)
}

func (e Export) valid() error {
	if !slices.Contains(exportRoles, e.Role) || !slices.Contains(databaseClients, e.Program) {
		return fmt.Errorf("export %q: role %q must not use program %q", e.Table, e.Role, e.Program)
	}
	known := databaseTables[e.Table]
	for _, column := range e.Columns {
		if !slices.Contains(known, column) {
			return fmt.Errorf("export %q: unknown column %q", e.Table, column)
		}
	}
	if len(e.Columns) == 0 {
		return fmt.Errorf("export %q: expected at least one column", e.Table)
	}
	return nil
}

// Exported expects a file of at least so many rows below the marker.
type Exported struct {
	Path  string `json:"path"`
	Least int    `json:"least"`
}

func (Exported) Kind() string     { return "exported" }
func (e Exported) String() string { return fmt.Sprintf("%s has at least %d rows", e.Path, e.Least) }

// Verify counts lines. Its error says how many rows there are, or why the file
// cannot be read.
func (e Exported) Verify(tree Tree) error {
	content, _, err := readFile(tree, e.Path)
	if err != nil {
		return err
	}
	rows, ours := bytes.CutPrefix(content, []byte("# "+artifact.Marker+"\n"))
	if found := bytes.Count(rows, []byte("\n")); !ours || found < e.Least {
		return fmt.Errorf("%s has %d rows", e.Path, found)
	}
	return nil
}
