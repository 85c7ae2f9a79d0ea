package result

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Format is the name of the document's schema, which is in package report.
const Format = "ringer.run/1"

// Run is the whole document of a run.
type Run struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Replayed is when a recording of the run was judged again; zero where it was
	// performed.
	Replayed  time.Time  `json:"replayed,omitzero"`
	Seconds   float64    `json:"seconds"`
	Rules     int        `json:"rules"` // how many the detectors loaded
	Summary   Summary    `json:"summary"`
	Scenarios []Scenario `json:"scenarios"`
	// Gates are what the run was held to, and what came of it.
	Gates []Gate `json:"gates,omitempty"`
	// Interrupted names the scenarios that a signal interrupted: they are not judged.
	Interrupted []string `json:"interrupted,omitempty"`
}

// Summary has the counts of a run.
type Summary struct {
	Worst        verdict.Verdict `json:"worst"`
	Scenarios    int             `json:"scenarios"`
	Assets       int             `json:"assets"`
	Steps        int             `json:"steps"`
	Baselines    int             `json:"baselines"`
	Events       int             `json:"events"`
	Expectations int             `json:"expectations"`
	// Verdicts counts expectations by verdict; verdicts without any are omitted.
	Verdicts         map[string]int `json:"verdicts"`
	UnexpectedAlerts int            `json:"collateral"` // alerts without an expectation
	// NotAsked counts, over all baselines, the rules that had no event of the
	// baseline to read. They are not expectations.
	NotAsked int `json:"not_asked"`
	// Leftovers counts paths that undo did not restore.
	Leftovers int `json:"leftovers"`
	// Stated counts the expectations that are met on stated fields.
	Stated int `json:"stated"`
	// Gaps counts what scenarios name and do not perform. They have no verdict.
	Gaps int `json:"gaps,omitempty"`
}

// Attack is the version of ATT&CK that all scenarios of the run speak; the current one
// if they speak different ones.
func (r Run) Attack() attack.Version {
	version := attack.Current
	for i, scenario := range r.Scenarios {
		own, known := attack.FindVersion(string(scenario.Attack))
		if !known || i > 0 && own != version {
			return attack.Current
		}
		version = own
	}
	return version
}

// Scenario is the result of one scenario.
type Scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	File  string `json:"file"`
	// Attack is the version of ATT&CK whose ids it has, those of its alerts' tags too.
	Attack  attack.Version `json:"attack,omitempty"`
	Actors  []Actor        `json:"actors"`
	Seconds float64        `json:"seconds"`
	// Reused is the id of the run that performed it, where this one took it from its
	// recording.
	Reused string  `json:"reused,omitempty"`
	Assets []Asset `json:"assets"`
	// Baselines were performed before Steps.
	Baselines []Step `json:"baselines"`
	Steps     []Step `json:"steps"`
	// Gaps are what the scenario names and does not perform.
	Gaps []Gap `json:"gaps,omitempty"`
	// Outside is what came of outside detectors; none where no one was asked.
	Outside []OutsideDetector `json:"outside,omitempty"`
}

// Gap is what a scenario names and does not perform: it is skipped, and has no verdict.
type Gap struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Technique string `json:"technique,omitempty"` // an ATT&CK id of either version
	Because   string `json:"because"`
	// File and Line are where the scenario has it.
	File string `json:"file"`
	Line int    `json:"line"`
}

// Actor is who performed steps.
type Actor struct {
	Name  string `json:"name"`
	Group string `json:"group,omitempty"` // the ATT&CK id; empty if ATT&CK does not know it
	Title string `json:"title"`           // the group's name, or else the actor's
	// Aliases are further names that the scenario gives it, References the addresses of
	// what was reported of it.
	Aliases    []string `json:"aliases,omitempty"`
	References []string `json:"references,omitempty"`
}

// String returns an actor with its group and its further names in parentheses.
func (a Actor) String() string {
	about := ""
	if a.Group != "" {
		about = a.Group + " " + a.Title
	}
	if len(a.Aliases) > 0 {
		if about != "" {
			about += ", "
		}
		about += "also " + strings.Join(a.Aliases, ", ")
	}
	if about == "" {
		return a.Name
	}
	return a.Name + " (" + about + ")"
}

// Asset is the result of one asset.
type Asset struct {
	Name     string          `json:"name"`
	Kind     string          `json:"kind"`
	Platform effect.Platform `json:"persona"`
	Hostname string          `json:"hostname"`
	// Wrapped is the image of the user's own that it was made of, and what that was allowed.
	Wrapped         *plan.Wrapped           `json:"wrapped,omitempty"`
	OpenSeconds     float64                 `json:"open_seconds"`
	IsolationChecks []runner.IsolationCheck `json:"attested"`
	// Leftover lists what undo did not restore; Error is what broke the asset.
	Leftover []string `json:"left,omitempty"`
	Error    string   `json:"error,omitempty"`
}

// Step is the result of a step or of a baseline, which has no actor and no technique.
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
	// Causes are what each of UnexpectedAlerts came from.
	Causes []Cause `json:"-"`
	// Alerts are all alerts on events of the step, in every shape.
	Alerts []detect.Alert `json:"-"`
	// NotAsked counts, for a baseline, the rules that it must not trigger and that
	// had no event of it to read.
	NotAsked int `json:"not_asked,omitempty"`
	// Skipped says why it was not performed; Error is what broke it.
	Skipped string `json:"skipped,omitempty"`
	Error   string `json:"error,omitempty"`
	// Attempts is how often it was performed, where that is more than once: the rest is of
	// the last time. TakenBack is set where it was undone before the next step.
	Attempts  int                `json:"attempts,omitempty"`
	TakenBack *runner.UndoResult `json:"taken_back,omitempty"`
	// Notes are what people noted of it, who operated the run.
	Notes []runner.Note `json:"notes,omitempty"`
}

// Expectation is one judged expectation.
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
	// Nearest says, for a silent rule, how near it came to an alert.
	Nearest *detect.NearMiss `json:"nearest,omitempty"`
	// Reason says why the verdict is what it is, if that is not obvious. Explanation
	// is the detector's, for the event that a false alarm fired on or that came
	// nearest to an alert. Mismatches explain, for a miss, every event that the rule
	// was asked of.
	Reason      string            `json:"reason,omitempty"`
	Explanation string            `json:"explanation,omitempty"`
	Mismatches  []detect.Mismatch `json:"-"`
	// File and Line are where the scenario has the expectation.
	File string `json:"file"`
	Line int    `json:"line"`
	// Evidence are the events behind the alerts, each with its provenance.
	Evidence []event.Event `json:"evidence,omitempty"`
	// Stated names the stated fields that a met verdict rests on: fields that only
	// repeat what the behaviour's author wrote. With other values in them the verdict
	// could be another.
	Stated []string `json:"stated,omitempty"`
	// Outside are the alerts of an outside detector that were joined to the step.
	Outside []OutsideAlert `json:"outside,omitempty"`
}
