package runner

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// RunRecord is all that performing one plan showed, before anything is judged.
type RunRecord struct {
	Plan *plan.Plan
	// Run is the id that everything of this run is labelled with.
	Run string
	// Lab is the lab's name.
	Lab string
	// Start is the virtual time of the scenario's `at = "0d"`.
	Start time.Time
	// Assets are in the order of the plan.
	Assets []AssetRecord
	// Baselines and Steps are in the order of the plan.
	Baselines []StepRecord
	Steps     []StepRecord
	Took      time.Duration
	// Performance is the key of package performance by which the plan was performed; empty
	// where that is not known. Reused is the id of the run that performed it, where this one
	// took it from its recording.
	Performance, Reused string
	// Probes are what showed that outside detectors work, before the first step and after
	// the last; none where nobody asked.
	Probes []StepRecord
	// Watches are what came of outside detectors.
	Watches []outside.Watch
}

// Sound reports whether nothing broke, every effect was proven and undone, and no step was
// left out.
func (p *RunRecord) Sound() bool {
	for _, asset := range p.Assets {
		if asset.Err != nil || len(asset.Undone.Leftover) > 0 {
			return false
		}
	}
	for _, records := range [][]StepRecord{p.Baselines, p.Steps} {
		for _, record := range records {
			if record.Err != nil || record.Skipped != "" || !record.Proven() {
				return false
			}
		}
	}
	return true
}

// AssetRecord is what is known of one asset after a run.
type AssetRecord struct {
	Name            string
	IsolationChecks []IsolationCheck
	// OpenTook is how long it took until its isolation was verified.
	OpenTook time.Duration
	Undone   UndoResult
	// Container is the id of its container; empty where the lab made none.
	Container string
	// Err is set if it did not open, could not be undone or not be closed.
	Err error
}

// StepRecord is what performing one step or baseline showed.
type StepRecord struct {
	ID      string
	Asset   string
	Outcome Outcome
	// Began and Ended are when it was performed, by the runner's clock; zero if it was not.
	Began, Ended time.Time
	Events       []event.Event
	// Skipped says why it was not performed; Err says what broke, or why its
	// telemetry cannot be relied on.
	Skipped string
	Err     error
	// Attempts is how often it was performed, where it was more than once; the record is of
	// the last time. TakenBack is set if it was undone before the next step.
	Attempts  int
	TakenBack *UndoResult
	// Notes are what people noted of it.
	Notes []Note
}

// Proven reports whether every check failed before the step and passed after it, and
// no stand-in was refused anything: a check looks at one thing, and not every act
// leaves one to look at.
func (r StepRecord) Proven() bool {
	if len(r.Outcome.Proofs) == 0 || len(r.Outcome.StandInErrors) > 0 {
		return false
	}
	for _, proof := range r.Outcome.Proofs {
		if !proof.Proven() {
			return false
		}
	}
	return true
}

// Events lists the events of the whole run: baselines, then steps.
func (p *RunRecord) Events() []event.Event {
	var all []event.Event
	for _, records := range [][]StepRecord{p.Baselines, p.Steps} {
		for _, record := range records {
			all = append(all, record.Events...)
		}
	}
	return all
}
