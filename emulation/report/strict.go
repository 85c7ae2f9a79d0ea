package report

// Strictness is what a run is asked for beyond that every expectation was met.
type Strictness int

// The degrees of strictness; each asks for what those before it do.
const (
	Lenient  Strictness = iota
	Strict              // no alert that nobody expected, no skip, no rule left out
	Observed            // no verdict that rests on stated fields
)
