package hunt

// Options are what a store is made with.
type Options struct {
	// Key keeps the ids of events opaque, and is a secret of the exercise: with the same
	// key and the same events, a store has the same ids.
	Key []byte
	// Ordinary are events of ordinary days before the exercise, sorted by time: a rule
	// that is tried should raise no alert on them.
	Ordinary []Record
	// Trials is how many rules may be tried at a time; 0 is 1. Others wait.
	Trials int
}
