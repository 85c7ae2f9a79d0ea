package verdict

import "fmt"

// Verdict is the outcome of one expectation. Verdicts are ordered from best to worst,
// so that the worst of several is their maximum. The zero value is Pending, so that
// something forgotten never counts as met.
type Verdict uint8

// The verdicts.
const (
	Pending      Verdict = iota
	Silent               // must be silent and is, with a proven effect
	Detected             // must fire and did
	BlindSpot            // known not to be detected, and not detected
	NotAsked             // the rule had no event of the step to read, so its silence shows nothing
	Skipped              // not judged, with a reason
	NoEffect             // the step's effect was not proven, so silence shows nothing
	DetectedLate         // must fire and did, after the time it has
	FalseAlarm           // fired, but must be silent
	Missed               // must fire and did not
	Errored              // the run broke here
)

var names = [...]string{"pending", "silent", "detected", "blind_spot", "not_asked", "skipped", "no_effect", "detected_late", "false_alarm", "missed", "errored"}

// All returns the verdicts in their order.
func All() []Verdict {
	all := make([]Verdict, len(names))
	for i := range all {
		all[i] = Verdict(i)
	}
	return all
}

func (v Verdict) String() string {
	if int(v) < len(names) {
		return names[v]
	}
	return "unknown"
}

// Met reports whether the expectation is met.
func (v Verdict) Met() bool { return v == Silent || v == Detected || v == BlindSpot }

// MarshalText writes the name; its error is always nil.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the name. It fails if no verdict has it.
func (v *Verdict) UnmarshalText(text []byte) error {
	for i, name := range names {
		if name == string(text) {
			*v = Verdict(i)
			return nil
		}
	}
	return fmt.Errorf("unknown verdict %q", text)
}
