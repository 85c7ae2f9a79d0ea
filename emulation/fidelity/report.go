package fidelity

// Report is the result of a comparison. Figures are shares of recorded fields, from 0
// to 1.
type Report struct {
	Recordings int        `json:"recordings"`
	Overall    Figure     `json:"overall"`
	Categories []Category `json:"categories"`
}

// Category has one log source's figure and differences.
type Category struct {
	Name string `json:"name"`
	Figure
	Differences []Difference `json:"differences"`
}

// Figure counts a category's events and fields.
type Figure struct {
	// Events counts the recorded events, Made those of them that have a counterpart.
	Events int `json:"events"`
	Made   int `json:"made"`
	// Fields counts the recorded fields, Present those that the counterpart has too.
	Fields  int `json:"fields"`
	Present int `json:"present"`
	// OtherForm counts present fields whose value has another form, Declared those
	// whose value is declared, and TooMany fields that were not recorded.
	OtherForm int `json:"other_form"`
	Declared  int `json:"declared"`
	TooMany   int `json:"too_many"`
}

// Share returns the share of recorded fields that are present; 0 if there are none.
func (f Figure) Share() float64 {
	if f.Fields == 0 {
		return 0
	}
	return float64(f.Present) / float64(f.Fields)
}

func (f *Figure) add(other Figure) {
	f.Events += other.Events
	f.Made += other.Made
	f.Fields += other.Fields
	f.Present += other.Present
	f.OtherForm += other.OtherForm
	f.Declared += other.Declared
	f.TooMany += other.TooMany
}

// Kind is how a field differs.
type Kind string

// The kinds of difference, in the order in which they are listed.
const (
	Missing   Kind = "missing"
	TooMany   Kind = "too many"
	OtherForm Kind = "other form"
	Declared  Kind = "declared"
)

var kinds = []Kind{Missing, TooMany, OtherForm, Declared}

// Difference is one field that differs, in one or more events.
type Difference struct {
	Kind Kind `json:"kind"`
	// Field is its name, or "(all)" where a whole event has no counterpart.
	Field  string `json:"field"`
	Events int    `json:"events"`
	// Recorded and Ours are the values in the first example.
	Recorded string `json:"recorded,omitempty"`
	Ours     string `json:"ours,omitempty"`
	// Recording is the folder of the first example.
	Recording string `json:"recording"`
	// Why says why a whole event has no counterpart.
	Why string `json:"why,omitempty"`
}
