package event

// Shape is which fields of one event a detector is given.
type Shape string

// The shapes. Both come from one run.
const (
	// Native has only the fields that the named log source writes.
	Native Shape = "native"
	// EDR is the same, joined with fields of the acting process by lineage.
	EDR Shape = "edr"
)
