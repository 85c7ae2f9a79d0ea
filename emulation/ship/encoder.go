package ship

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Encoder makes entries of records.
type Encoder struct {
	format string
	about  export.Run
	lines  *export.Encoder
}

// NewEncoder makes an encoder of entries in a format of package export that is a stream.
// It fails for any other.
func NewEncoder(format string, about export.Run) (*Encoder, error) {
	lines, err := export.NewEncoder(format, about)
	if err != nil {
		return nil, err
	}
	return &Encoder{format, about, lines}, nil
}

// Encode returns the entries of a record: none if the format cannot say it. It fails if a
// value cannot be written.
func (e *Encoder) Encode(r export.Record) ([]Entry, error) {
	lines, err := e.lines.Encode(r)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(lines))
	for i, line := range lines {
		entries[i] = Entry{
			ID: e.id(r, i), Time: r.Event.Time, Host: r.Host.Name, Source: sourceOf(r), Level: levelOf(r),
			Run: e.about.ID, Event: r.Event.ID, Scenario: r.Scenario, Step: r.Event.Lineage.Step,
			Replay: e.about.Replay, Provenance: r.Event.Provenance.String(), Body: line,
		}
	}
	return entries, nil
}

// Left is what the format could not say so far, by reason.
func (e *Encoder) Left() []export.Left { return e.lines.Left() }

// id is of a line of an event, however often and from wherever it is shipped.
func (e *Encoder) id(r export.Record, line int) string {
	parts := []string{e.about.ID, r.Scenario, r.Event.ID, e.format, string(e.about.Shape), strconv.Itoa(line)}
	for i, part := range parts {
		parts[i] = strconv.Quote(part) // so that no two lists are one text
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, " ")))
	return hex.EncodeToString(sum[:16])
}

// sourceOf names the first log source of an event.
func sourceOf(r export.Record) string {
	for _, source := range r.Event.Sources {
		var words []string
		for _, word := range []string{source.Product, source.Category, source.Service} {
			if word != "" {
				words = append(words, word)
			}
		}
		if len(words) > 0 {
			return strings.Join(words, "/")
		}
	}
	return ""
}

// levelOf is that of the most severe rule that alerted on the event.
func levelOf(r export.Record) string {
	level := ""
	for _, rule := range r.Alerts {
		if level == "" || sigma.LevelRank(rule.Level) > sigma.LevelRank(level) {
			level = rule.Level
		}
	}
	return level
}
