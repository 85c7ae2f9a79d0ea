package export

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Writer writes records in one format.
type Writer interface {
	// Write writes one record, or counts it as left. It fails if the destination
	// does; after that nothing that is written counts.
	Write(Record) error
	// Close writes what is still to be written. It closes what the writer opened
	// itself, never what it was given. It fails if the destination does.
	Close() error
	// Left is what could not be written so far, by reason.
	Left() []Left
}

// Left is how often something could not be written.
type Left struct {
	// Reason says what was left, such as "events of other logs than Windows'".
	Reason string
	Count  int
}

// FolderWriter creates a file of a folder by its name, whose parts are parted by
// slashes.
type FolderWriter func(name string) (io.WriteCloser, error)

// Format is one format, as a list shows it.
type Format struct {
	Name, Title string
	// Folder says that it is a folder and not a stream: [NewFolder] makes it.
	Folder bool
}

// format is one format with what writes it: one of the two.
type format struct {
	Format
	stream func(io.Writer, Run) Writer
	folder func(FolderWriter, Run) Writer
}

var formats = []format{
	{stream: newJSONLines, Format: Format{Name: "jsonl", Title: "ringer's own JSON lines, which ringer sigma match reads"}},
	{stream: newWinlogbeat, Format: Format{Name: "winlogbeat", Title: "Windows events as Winlogbeat 8 ships them"}},
	{stream: newECS, Format: Format{Name: "ecs", Title: "Elastic Common Schema " + ecsVersion + ", JSON lines"}},
	{stream: newOCSF, Format: Format{Name: "ocsf", Title: "Open Cybersecurity Schema Framework " + ocsfVersion + ", JSON lines"}},
	{stream: newOTLP, Format: Format{Name: "otlp", Title: "OpenTelemetry logs, one export request a line"}},
	{stream: newAuditd, Format: Format{Name: "auditd", Title: "the text of Linux's audit.log, which ausearch and aureport read"}},
	{folder: newRsigma, Format: Format{Name: "rsigma", Title: "a folder for rsigma rule backtest: corpus and expectations", Folder: true}},
	{folder: newSigmaHQ, Format: Format{Name: "sigmahq", Title: "a folder in SigmaHQ's regression layout, marked as emulated", Folder: true}},
}

// Formats lists the formats.
func Formats() []Format {
	all := make([]Format, len(formats))
	for i, f := range formats {
		all[i] = f.Format
	}
	return all
}

// New makes a writer of a format that is a stream. It fails if there is no such
// format or if it is a folder.
func New(name string, w io.Writer, about Run) (Writer, error) {
	found, err := formatNamed(name)
	if err != nil {
		return nil, err
	}
	if found.stream == nil {
		return nil, fmt.Errorf("format %q is a folder: name a folder to write it to", name)
	}
	return found.stream(w, about), nil
}

// NewFolder makes a writer of a format that is a folder. It fails if there is no
// such format or if it is a stream.
func NewFolder(name string, create FolderWriter, about Run) (Writer, error) {
	found, err := formatNamed(name)
	if err != nil {
		return nil, err
	}
	if found.folder == nil {
		return nil, fmt.Errorf("format %q is a single file, not a folder", name)
	}
	return found.folder(create, about), nil
}

func formatNamed(name string) (format, error) {
	var names []string
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	hint := ""
	if near := diagnostic.Nearest(name, names); near != "" {
		hint = fmt.Sprintf(" Did you mean %q?", near)
	}
	return format{}, fmt.Errorf("there is no format %q.%s Expected one of: %s", name, hint, strings.Join(names, ", "))
}

// tally counts what is left, by reason.
type tally map[string]int

func (t tally) Left() []Left {
	var all []Left
	for _, reason := range slices.Sorted(maps.Keys(t)) {
		all = append(all, Left{reason, t[reason]})
	}
	return all
}
