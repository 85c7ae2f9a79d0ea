package result

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Format names the document's schema; its text is in emulation/report.
const Format = "ringer.run/1"

// Run is the whole document.
type Run struct {
	Format    string     `json:"format"`
	ID        string     `json:"id"`
	Version   string     `json:"version"`
	Lab       string     `json:"lab"`
	Started   time.Time  `json:"started"`
	Seconds   float64    `json:"seconds"`
	Rules     int        `json:"rules"` // how many the detectors held
	Summary   Summary    `json:"summary"`
	Scenarios []Scenario `json:"scenarios"`
	// Interrupted names the scenarios that a signal left unfinished: nothing of
	// them is judged.
	Interrupted []string `json:"interrupted,omitempty"`
}

// Summary counts.
type Summary struct {
	Worst        verdict.Verdict `json:"worst"`
	Scenarios    int             `json:"scenarios"`
	Assets       int             `json:"assets"`
	Steps        int             `json:"steps"`
	Baselines    int             `json:"baselines"`
	Events       int             `json:"events"`
	Expectations int             `json:"expectations"`
	// Verdicts counts expectations by verdict; those that are none are left out.
	Verdicts         map[string]int `json:"verdicts"`
	UnexpectedAlerts int            `json:"collateral"` // alerts nobody expected
	// NotAsked counts what ordinary days asked no rule for: a rule as often as a
	// day did not produce its log source. They are no expectations.
	NotAsked int `json:"not_asked"`
	// Leftovers counts paths that undo did not bring back.
	Leftovers int `json:"leftovers"`
	// Stated counts the expectations that were met on stated fields.
	Stated int `json:"stated"`
}

// Scenario is what became of one.
type Scenario struct {
	Name    string  `json:"name"`
	Title   string  `json:"title"`
	File    string  `json:"file"`
	Attack  string  `json:"attack,omitempty"`
	Actors  []Actor `json:"actors"`
	Seconds float64 `json:"seconds"`
	Assets  []Asset `json:"assets"`
	// Baselines come before Steps, as they did in the run.
	Baselines []Step `json:"baselines"`
	Steps     []Step `json:"steps"`
}

// Actor is a reported group.
type Actor struct {
	Name  string `json:"name"`
	Group string `json:"group"`
	Title string `json:"title"`
}

// Asset is what became of one.
type Asset struct {
	Name            string                  `json:"name"`
	Kind            string                  `json:"kind"`
	Platform        effect.Platform         `json:"persona"`
	Hostname        string                  `json:"hostname"`
	OpenSeconds     float64                 `json:"open_seconds"`
	IsolationChecks []runner.IsolationCheck `json:"attested"`
	// Leftover lists what undo did not bring back; Error what broke.
	Leftover []string `json:"left,omitempty"`
	Error    string   `json:"error,omitempty"`
}

// Step is what became of a step, or of a baseline, which has no actor and no
// technique.
type Step struct {
	ID            string         `json:"id"`
	Behaviour     string         `json:"behaviour"`
	Technique     string         `json:"technique,omitempty"`
	Actor         string         `json:"actor,omitempty"`
	Asset         string         `json:"asset"`
	At            string         `json:"at"` // virtual time since the start, such as 45d
	Seconds       float64        `json:"seconds"`
	Proven        bool           `json:"proven"`
	Proofs        []effect.Proof `json:"proofs"`
	StandInErrors []string       `json:"trouble,omitempty"`
	// Seen and Dropped count what the sensor observed; Events by provenance.
	Seen             uint64         `json:"seen"`
	Dropped          uint64         `json:"dropped"`
	Events           map[string]int `json:"events"`
	Expectations     []Expectation  `json:"expectations"`
	UnexpectedAlerts []detect.Alert `json:"collateral,omitempty"`
	// NotAsked counts, of an ordinary day, the rules that it is held to wherever it
	// produces their log source, and did not: no expectation is made of them.
	NotAsked int `json:"not_asked,omitempty"`
	// Skipped says why it was not performed; Error what broke.
	Skipped string `json:"skipped,omitempty"`
	Error   string `json:"error,omitempty"`
}

// Expectation is one, judged.
type Expectation struct {
	Detector string          `json:"detector"`
	Rule     string          `json:"rule"`
	Title    string          `json:"title"`
	Want     verdict.Want    `json:"want"`
	Shape    event.Shape     `json:"shape"`
	Because  string          `json:"because,omitempty"`
	Verdict  verdict.Verdict `json:"verdict"`
	// Asked counts the step's events that the rule was asked of.
	Asked int `json:"asked"`
	// Nearest is, of a silent rule, how near it came to an alert.
	Nearest *detect.NearMiss `json:"nearest,omitempty"`
	// Reason says why the verdict is what it is, where that needs words;
	// Explanation is the detector's own, on the event that a false alarm fired on,
	// or that came nearest to it. Wanting is, of a miss, the same of every event
	// that the rule was asked of.
	Reason      string            `json:"reason,omitempty"`
	Explanation string            `json:"explanation,omitempty"`
	Mismatches  []detect.Mismatch `json:"-"`
	// File and Line are where the scenario asks for it.
	File string `json:"file"`
	Line int    `json:"line"`
	// Evidence holds the events behind the alerts, each with its provenance.
	Evidence []event.Event `json:"evidence,omitempty"`
	// Stated names the fields that a verdict which is met rests on, though they
	// say no more than what their author wrote: with other words in them it
	// could be another.
	Stated []string `json:"stated,omitempty"`
}
