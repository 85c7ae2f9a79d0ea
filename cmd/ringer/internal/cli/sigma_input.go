package cli

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/container"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/shape"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// aboutInputs is what commands that read events say of them.
const aboutInputs = "Events are read from files, folders of them, gzip, zip and tar, or stdin: JSON in the shapes that collectors, clouds\n" +
	"and search engines write, EVTX and XML of Windows, lines of auditd and syslog, logs of Zeek, CSV with a head, and lines of names\n" +
	"and values. What a record is of is recognised, or it says so itself in \"logsource\". A record of no known log source is\n" +
	"asked of no rule, unless all rules are of one log source and it has a field that they ask for."

// inputFlags say what log events are of.
type inputFlags struct{ logsource, from string }

func (f *inputFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.logsource, "logsource", "", "the `SOURCE` of all events that name none: product=aws,service=cloudtrail")
	cmd.Flags().StringVar(&f.from, "logsource-from", "", "the `FIELD` that names the source of each event, such as event.dataset")
}

func (f *inputFlags) options() (reader.Options, error) {
	options := reader.Options{Given: shape.Given{From: f.from}, Workers: runtime.GOMAXPROCS(0)}
	if f.logsource != "" {
		source, err := shape.ParseLogSource(f.logsource)
		if err != nil {
			return options, usageError{fmt.Errorf("--logsource: %w", err)}
		}
		options.LogSources = []logevent.LogSource{source}
	}
	return options, nil
}

// splitInputs parts arguments into paths of rules, so that --rules may be followed by
// several, and of events. A folder or archive is of rules if that is all it holds.
func splitInputs(args []string) (rules, events []string) {
	for _, arg := range args {
		if holdsRules(arg) {
			rules = append(rules, arg)
		} else {
			events = append(events, arg)
		}
	}
	return rules, events
}

func holdsRules(path string) bool {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case ext == ".yml", ext == ".yaml":
		return true
	case ext == ".zip":
		file, err := userfile.Open(path)
		if err != nil {
			return false
		}
		defer file.Close()
		about, err := file.Stat()
		if err != nil {
			return false
		}
		archive, err := zip.NewReader(file, about.Size())
		return err == nil && container.HoldsRules(archive)
	}
	folder, err := userfile.OpenFolder(path)
	if err != nil {
		return false
	}
	defer folder.Close()
	return container.HoldsRules(folder)
}

// checkInputs fails with a usage error if an input of events is not there, or none is
// named and nothing is piped in.
func (c *command) checkInputs(names []string) error {
	for _, name := range names {
		if _, err := os.Stat(name); err != nil && name != "-" {
			return usageError{fmt.Errorf("read events: %w", err)}
		}
	}
	if in, ok := c.Stdin.(*os.File); ok && len(names) == 0 && term.IsTerminal(int(in.Fd())) {
		return usageError{errors.New("name files or folders of events, or pipe events in")}
	}
	return nil
}

// intake reads events for the rules of a set, and remembers what came of them.
type intake struct {
	*command
	set         *sigma.Set
	engine      engineFlags
	options     reader.Options
	limit       int64 // the most bytes of an input, unpacked; 0 for any number
	events, bad int
	unread      int            // inputs that are in no format which is read
	looks       map[string]int // of the records of no known log source
	timeless    int
	asked       bool // an event had a field that a rule asks for
}

// read hands out the events of a file, a folder, or stdin if the name is "-". What
// cannot be read of it is written and counted. It fails if the input cannot be read,
// and as each does.
func (i *intake) read(ctx context.Context, name string, each func(*logevent.Event) error) error {
	if about, err := os.Stat(name); name == "-" || err == nil && !about.IsDir() {
		return i.file(ctx, name, each)
	}
	folder, err := userfile.OpenFolder(name)
	if err != nil {
		return usageError{err}
	}
	defer folder.Close()
	names, err := container.Files(folder)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		fmt.Fprintf(i.Stderr, "%s: the folder contains no file of events\n", name)
	}
	for _, inside := range names {
		if err := i.file(ctx, filepath.Join(name, filepath.FromSlash(inside)), each); err != nil {
			return err
		}
	}
	return nil
}

func (i *intake) file(ctx context.Context, name string, each func(*logevent.Event) error) error {
	in, archive, done, err := i.open(name)
	if err != nil {
		return usageError{err}
	}
	defer done()
	var failed error // of each, which is not to be taken for one of the input
	err = container.Unpack(name, in, archive, func(name string, in io.Reader) error {
		failed = i.stream(ctx, name, in, each)
		return failed
	})
	if err != nil && failed == nil { // a broken archive, whose other files were read
		i.unread++
		fmt.Fprintf(i.Stderr, "%s: %v\n", name, err)
		return nil
	}
	return err
}

func (i *intake) stream(ctx context.Context, name string, in io.Reader, each func(*logevent.Event) error) error {
	before := i.events + i.bad
	if i.limit > 0 {
		in = &limitedReader{in, i.limit + 1, &userfile.TooLargeError{Name: name, Limit: i.limit}}
	}
	from := reader.New(in, i.options)
	defer from.Close()
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		event, err := from.Next()
		switch _, bad := errors.AsType[*logevent.LineError](err); {
		case errors.As(err, new(*userfile.TooLargeError)):
			return err
		case errors.Is(err, io.EOF):
			if i.events+i.bad == before {
				fmt.Fprintf(i.Stderr, "%s: no event\n", name)
			}
			return nil
		case errors.As(err, new(*reader.FormatError)):
			i.unread++
			fmt.Fprintf(i.Stderr, "%s: %v\n", name, err)
			return nil
		case bad:
			i.bad++
			fmt.Fprintf(i.Stderr, "%s: %v\n", name, err)
			continue
		case err != nil:
			i.unread++
			fmt.Fprintf(i.Stderr, "%s: read: %v\n", name, err)
			return nil
		}
		i.events++
		i.engine.name(event)
		i.note(event)
		if err := each(event); err != nil {
			return err
		}
	}
}

// note gives an event of no known log source that of the rules, where they are of one,
// and counts what can be asked of no rule.
func (i *intake) note(event *logevent.Event) {
	i.asked = i.asked || i.set.ReadsAnyOf(event)
	if event.Time.IsZero() {
		i.timeless++
	}
	if event.LogSources != nil && len(event.LogSources) == 0 && !i.set.AssumeLogSource(event) {
		if i.looks == nil {
			i.looks = map[string]int{}
		}
		if look := look(event); len(i.looks) < maxLooks || i.looks[look] > 0 {
			i.looks[look]++
		} else {
			i.looks["other fields"]++
		}
	}
}

// How many looks are told apart, how many are told, and of how many fields.
const (
	maxLooks    = 1000
	toldLooks   = 3
	fieldsATold = 4
)

// look is what an event looks like: its first fields by name.
func look(event *logevent.Event) string {
	names := slices.Sorted(maps.Keys(event.Fields))
	if len(names) > fieldsATold {
		return strings.Join(names[:fieldsATold], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// tell writes what could not be asked, a line for each reason.
func (i *intake) tell(alerts int) {
	if unknown := total(i.looks); unknown > 0 {
		looks := slices.SortedFunc(maps.Keys(i.looks), func(a, b string) int {
			if i.looks[a] != i.looks[b] {
				return i.looks[b] - i.looks[a]
			}
			return strings.Compare(a, b)
		})
		var told []string
		for _, look := range looks[:min(len(looks), toldLooks)] {
			told = append(told, fmt.Sprintf("%d with the fields %s", i.looks[look], printable(look)))
		}
		if len(looks) > toldLooks {
			told = append(told, fmt.Sprintf("%d of other looks", len(looks)-toldLooks))
		}
		fmt.Fprintf(i.Stderr, "%s of no known log source, asked of no rule (name it with --logsource): %s\n", report.Plural(unknown, "event"), strings.Join(told, "; "))
	}
	if i.timeless > 0 && i.set.Correlates() {
		fmt.Fprintf(i.Stderr, "%s without a time that can be read, which took part in no correlation\n", report.Plural(i.timeless, "event"))
	}
	if alerts == 0 && i.events > 0 && !i.asked {
		fmt.Fprintf(i.Stderr, "0 alerts of %s, none with a field that any rule asks for\n", report.Plural(i.events, "event"))
	}
}

func total(counts map[string]int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}

// printable is a text from a record as a terminal may show it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '?'
		}
		return r
	}, s)
}

// open opens a file or stdin. How much of a file is read is shown in a row, unless
// alerts go to the terminal too.
func (i *intake) open(name string) (io.Reader, container.Archive, func(), error) {
	if name == "-" {
		return i.Stdin, nil, func() {}, nil
	}
	file, err := userfile.OpenStream(name)
	if err != nil {
		return nil, nil, nil, err
	}
	about, err := file.Stat()
	if err != nil || i.stdoutWidth() > 0 {
		return file, file, func() { _ = file.Close() }, nil
	}
	read := &countingReader{Reader: file}
	_, end := i.showRows(func(int, int) []string {
		return []string{fmt.Sprintf("  %s  %d %%", name, read.n.Load()*100/max(about.Size(), 1))}
	})
	return read, file, func() {
		end()
		_ = file.Close()
	}, nil
}

// countingReader counts the bytes that are read.
type countingReader struct {
	io.Reader
	n atomic.Int64
}

// Read reads as the reader below does, and fails if that does.
func (r *countingReader) Read(into []byte) (int, error) {
	n, err := r.Reader.Read(into)
	r.n.Add(int64(n))
	return n, err
}

// limitedReader reads so many bytes, and then fails with its error. It is read by
// another goroutine than the one that learns of the error.
type limitedReader struct {
	in   io.Reader
	left int64
	err  error
}

func (l *limitedReader) Read(into []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.err
	}
	n, err := l.in.Read(into[:min(int64(len(into)), l.left)])
	l.left -= int64(n)
	return n, err
}
