package sigma

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// specCase is one entry of a cases file: a rule, what happens, and whether any
// rule that speaks for itself fires, or that loading reports an error.
type specCase struct {
	Name         string            `json:"name"`
	Rule         string            `json:"rule"`
	Event        map[string]any    `json:"event"`
	Events       []map[string]any  `json:"events"`
	Match        bool              `json:"match"`
	Error        bool              `json:"error"`
	Why          string            `json:"why"`
	LogSource    map[string]string `json:"logsource"`
	Placeholders map[string][]any  `json:"placeholders"`
}

// casesFile has further cases, where RINGER_SIGMA_CASES names a file of them.
func casesFile() string { return os.Getenv("RINGER_SIGMA_CASES") }

func readCases(t testing.TB, path string) []specCase {
	t.Helper()
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	var cases []specCase
	require.NoError(t, dec.Decode(&cases))
	return cases
}

// ownCases is the package's own table, which runs wherever it is tested.
var ownCases = filepath.Join("testdata", "cases.json")

func TestOwnCases(t *testing.T) {
	t.Parallel()
	runCases(t, ownCases)
}

func TestSharedCases(t *testing.T) {
	t.Parallel()
	path := casesFile()
	if path == "" {
		t.Skip("needs further cases, which are not published: set RINGER_SIGMA_CASES to a file like testdata/cases.json")
	}
	runCases(t, path)
}

func runCases(t *testing.T, path string) {
	for _, c := range readCases(t, path) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.run(t)
		})
	}
}

func (c specCase) run(t *testing.T) {
	t.Helper()
	rules, problems := Parse("case.yml", []byte(c.Rule))
	set, more := Compile(rules, Placeholders(c.placeholders()))
	problems = append(problems, more...)
	if c.Error {
		assert.Positive(t, Errors(problems), "no error reported: %s\n%s", c.Why, c.Rule)
		return
	}
	require.Zero(t, Errors(problems), "%v\n%s", problems, c.Rule)
	assert.Equal(t, c.Match, c.fires(set), "%s\n%s\nevent %v %v\n%v", c.Why, c.Rule, c.Event, c.Events, problems)
}

func (c specCase) placeholders() map[string][]string {
	values := map[string][]string{}
	for name, list := range c.Placeholders {
		values[name] = []string{}
		for _, v := range list {
			values[name] = append(values[name], fmt.Sprint(v))
		}
	}
	return values
}

func (c specCase) fires(set *Set) bool {
	events := c.Events
	if events == nil {
		events = []map[string]any{c.Event}
	}
	x := set.NewSession()
	alerts := 0
	for _, fields := range events {
		ev := &logevent.Event{Fields: fields}
		if c.LogSource != nil {
			ev.LogSources = []logevent.LogSource{logevent.NewLogSource(c.LogSource["category"], c.LogSource["product"], c.LogSource["service"])}
		}
		if s, ok := fields["timestamp"].(string); ok {
			ev.Time, _ = time.Parse(time.RFC3339Nano, s)
		}
		alerts += len(x.Feed(ev))
	}
	return alerts+len(x.Close()) > 0
}

// What is said of each case that is an error, to be read in review like prose.
func TestDiagnosticsOfErrors(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, c := range readCases(t, ownCases) {
		if !c.Error {
			continue
		}
		rules, problems := Parse("", []byte(c.Rule))
		_, more := Compile(rules)
		fmt.Fprintf(&b, "%s\n", c.Name)
		for _, p := range append(problems, more...) {
			if p.Severity == Error {
				fmt.Fprintf(&b, "    %s\n", p)
				assert.Positive(t, p.Line, c.Name)
				assert.NotEmpty(t, p.Section, c.Name)
			}
		}
	}
	golden(t, filepath.Join("testdata", "diagnostics.txt"), b.String())
}
