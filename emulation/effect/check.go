package effect

// Check is one thing the agent looks at to prove an effect, apart from the
// sensor. Like acts, checks are a closed set.
type Check interface {
	// Kind is the check's name on the wire.
	Kind() string
	// String says what should be found.
	String() string
	// Verify returns nil if it is found, otherwise what was found instead.
	Verify(tree Tree) error
}

// Proof is the answer to one check, before and after a step.
type Proof struct {
	Check string `json:"check"`
	// Before is what spoke against it before the step; empty means that it
	// held already, so the step proved nothing.
	Before string `json:"before"`
	// After is what spoke against it after the step; empty means it held.
	After string `json:"after"`
}

// Proven reports whether the step brought it about.
func (p Proof) Proven() bool { return p.Before != "" && p.After == "" }

// RunChecks returns the answer to each check: empty where it passes, otherwise the
// reason why not.
func RunChecks(tree Tree, checks []Check) []string {
	answers := make([]string, len(checks))
	for i, check := range checks {
		if err := check.Verify(tree); err != nil {
			answers[i] = err.Error()
		}
	}
	return answers
}

// Proofs returns a proof for each check, of the answers that [RunChecks] gave
// before and after a step.
func Proofs(checks []Check, before, after []string) []Proof {
	proofs := make([]Proof, len(checks))
	for i, check := range checks {
		proofs[i] = Proof{Check: check.String(), Before: before[i], After: after[i]}
	}
	return proofs
}
