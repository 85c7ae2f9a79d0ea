package exercise

import "context"

// Log is where the entries of exercises are kept. It may be used from many goroutines.
type Log interface {
	// Append writes an entry to an exercise, and gives it its number. When it returns
	// nil, the entry is on disk. If the exercise has an entry with that key, it returns
	// that one and writes nothing: who appends compares the two where that matters. It
	// fails if the entry is not valid (see [Entry.Check]) or the log cannot be written;
	// then the entry may or may not be there, and trying again with its key is safe.
	Append(ctx context.Context, exercise string, entry Entry) (Entry, error)
	// Entries returns the entries with a number higher than that, in order. It fails if
	// the log cannot be read.
	Entries(ctx context.Context, exercise string, after int64) ([]Entry, error)
	// Exercises returns the ids of all exercises that have an entry, the newest first. It
	// fails if the log cannot be read.
	Exercises(ctx context.Context) ([]string, error)
}
