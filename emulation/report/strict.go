package report

// Strictness is what a run must meet besides its expectations.
type Strictness int

// The degrees of strictness; each includes those before it.
const (
	Lenient  Strictness = iota
	Strict              // no unexpected alert, no skip, no rule left out
	Observed            // no verdict that rests on stated fields
)
