package record

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Format names the layout of a recording. A reader refuses another.
const Format = "ringer.recording/1"

// Extension ends the name of a sealed recording.
const Extension = ".ringer"

// Head is the first thing that a recording says: what performed the run, and on what.
type Head struct {
	Format string `json:"format"`
	// Run is the id of the run, a UUID of version 7.
	Run    string  `json:"run"`
	Ringer Program `json:"ringer"`
	// Kind says what was performed; empty is scenarios as they are written.
	Kind    Kind      `json:"kind,omitempty"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Paths are the scenarios as they were named, in order; Variables those that
	// were given a value.
	Paths     []string          `json:"paths"`
	Variables map[string]string `json:"variables,omitempty"`
	// Chosen are the steps and baselines that the run performs, by scenario, where some
	// were chosen; nil is all.
	Chosen map[string][]string `json:"chosen,omitempty"`
	// Libraries are those that were named beside the scenarios; their files are among the
	// sources.
	Libraries []string `json:"libraries,omitempty"`
	// Sources are the scenario files that were read, each a part of its own; Rules
	// the files of rules, which are lines of one part.
	Sources []Source `json:"sources"`
	Rules   []Source `json:"rules"`
	// Scenarios are those that the run performs, in order.
	Scenarios []string `json:"scenarios"`
	// Detectors are the outside detectors that the run asked.
	Detectors []outside.Detector `json:"detectors,omitempty"`
	// Shard is which part of a run this is; nil is a whole one.
	Shard *Shard `json:"shard,omitempty"`
	// Merged are the parts that a run was put together from.
	Merged []Merged `json:"merged,omitempty"`
}

// Shard is one of several parts of a run, each with some of its scenarios.
type Shard struct {
	// Index counts from 1, of Of parts.
	Index int `json:"index"`
	Of    int `json:"of"`
	// Whole are the scenarios of all parts, in order.
	Whole []string `json:"whole"`
	// Durations is a digest of how long each was expected to take: parts of one run were
	// told the same.
	Durations string `json:"durations"`
}

// String is a part as it is asked for, such as "2/4"; "" of a whole run.
func (s *Shard) String() string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}

// Merged is a part that a run was put together from.
type Merged struct {
	// Run is the part's own id, Shard which it is, and Digest the SHA-256 of its manifest.
	Run    string `json:"run"`
	Shard  string `json:"shard"`
	Digest string `json:"manifest_sha256"`
}

// Kind is what a run performed where it is not scenarios as they are written.
type Kind string

// The kinds.
const (
	// Variants is a run of each scenario as reported and under each mutation: its plans
	// are the scenarios' variants.
	Variants Kind = "variants"
	// Reenactment is a run of what others recorded: each of its scenarios is one of
	// their recordings, many of which were performed on one asset.
	Reenactment Kind = "reenactment"
)

// Program is the build of ringer.
type Program struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	// Digest is the SHA-256 of the program's file, in hex.
	Digest string `json:"sha256,omitempty"`
}

// Source is one file that was read.
type Source struct {
	// Name is the file's as it was read; Digest is the SHA-256 of its content, in
	// hex.
	Name   string `json:"name"`
	Digest string `json:"sha256"`
	// Part is the recording's part with the content of a scenario file.
	Part string `json:"part,omitempty"`
	// Shipped tells a file of ringer's own library from one that was given.
	Shipped bool `json:"shipped,omitempty"`
	// Content is the file itself.
	Content []byte `json:"-"`
}

// ruleLine is one line of the part with the rules.
type ruleLine struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Image is a container image that assets were made of.
type Image struct {
	// Service is the real service in the image; empty in that of all other assets.
	Service string `json:"service,omitempty"`
	// ID is the digest by which the engine knows the image.
	ID string `json:"id"`
}

// The kinds of line in the part of a scenario, in the order in which they come.
const (
	linePlan        = "plan"        // the plan as performed
	lineOpened      = "opened"      // an asset answered, or did not
	lineObservation = "observation" // the sensor saw an act
	linePerformed   = "performed"   // a step or baseline ended
	lineTakenBack   = "taken_back"  // the step that was performed last on an asset was undone
	lineNote        = "note"        // a person noted something of a step
	lineUndone      = "undone"      // an asset was undone
	lineClosed      = "closed"      // an asset was closed
	lineAsset       = "asset"       // what the runner made of an asset
	lineStep        = "step"        // what the runner made of a step or baseline
	lineDone        = "done"        // the scenario is finished
)

// line is one line of a scenario's part.
type line struct {
	Kind string          `json:"kind"`
	With json.RawMessage `json:"with"`
}

// openedLine is what became of opening an asset.
type openedLine struct {
	Asset           string                  `json:"asset"`
	IsolationChecks []runner.IsolationCheck `json:"attested"`
	Error           string                  `json:"error,omitempty"`
}

// observationLine is one observation of an asset.
type observationLine struct {
	Asset string `json:"asset"`
	event.Observation
}

// performedLine is how a session answered for one step or baseline.
type performedLine struct {
	Asset   string         `json:"asset"`
	Step    string         `json:"step"`
	Outcome runner.Outcome `json:"outcome"`
	Error   string         `json:"error,omitempty"`
}

// noteLine is what a person noted of a step.
type noteLine struct {
	Step string `json:"step"`
	runner.Note
}

// undoneLine is what undoing showed on an asset, of all its steps or of the newest.
type undoneLine struct {
	Asset string            `json:"asset"`
	Undo  runner.UndoResult `json:"undo"`
	Error string            `json:"error,omitempty"`
}

// closedLine is how an asset ended.
type closedLine struct {
	Asset string `json:"asset"`
	Error string `json:"error,omitempty"`
}

// assetLine is what the runner made of an asset, apart from what its session
// answered.
type assetLine struct {
	Asset     string        `json:"asset"`
	OpenTook  time.Duration `json:"open_took"`
	Container string        `json:"container,omitempty"`
	Error     string        `json:"error,omitempty"`
}

// stepLine is what the runner made of a step or baseline, apart from what the
// session answered.
type stepLine struct {
	ID    string `json:"id"`
	Asset string `json:"asset"`
	// Events counts the step's events, which follow each other in the part with
	// the scenario's events.
	Events int `json:"events"`
	// Began and Ended are when it was performed, by the runner's clock.
	Began time.Time `json:"began,omitzero"`
	Ended time.Time `json:"ended,omitzero"`
	Error string    `json:"error,omitempty"`
}

// alertLine is one line of the part with a scenario's alerts.
type alertLine struct {
	Step string `json:"step"`
	detect.Alert
}

// doneLine ends the part of a scenario that was performed to its end. Start is the
// virtual time of its offset 0, Performance the key by which it was performed, and Reused
// the id of the run that did, where it is another.
type doneLine struct {
	Start       time.Time     `json:"start"`
	Took        time.Duration `json:"took"`
	Performance string        `json:"performance,omitempty"`
	Reused      string        `json:"reused,omitempty"`
}

// Tail is the last thing that a recording says of the whole run.
type Tail struct {
	Took time.Duration `json:"took"`
	// Images are what the assets were made of.
	Images []Image `json:"images,omitempty"`
	// Result is the document that `ringer run --json` prints.
	Result json.RawMessage `json:"result,omitempty"`
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
