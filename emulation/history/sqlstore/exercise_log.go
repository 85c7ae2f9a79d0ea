package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// ExerciseLog is the log of exercises in a history. Entries that are appended at the same
// time are written in one transaction.
type ExerciseLog struct {
	store *Store
	// writing is held by who writes the entries of all that wait.
	writing chan struct{}
	// pending counts calls of Append that have not returned.
	pending sync.WaitGroup
	mu      sync.Mutex
	queue   []*appending
	closed  bool
}

var _ exercise.Log = (*ExerciseLog)(nil)

// errClosed says that a log was closed.
var errClosed = errors.New("the log of the exercise is closed")

// mostAppended is how many entries are written in one transaction.
const mostAppended = 500

// OpenExerciseLog opens the log of exercises in a history, with a connection of its own:
// what it has written is on the disk, also if the machine loses power. The history is made
// if it is not there. It fails as [Open] does.
func OpenExerciseLog(ctx context.Context, name string) (*ExerciseLog, error) {
	store, err := openSynchronous(ctx, name)
	if err != nil {
		return nil, err
	}
	return &ExerciseLog{store: store, writing: make(chan struct{}, 1)}, nil
}

// Close waits for what is being appended, and refuses what is appended later. It fails if
// the database cannot be closed.
func (l *ExerciseLog) Close() error {
	l.mu.Lock()
	closed := l.closed
	l.closed = true
	l.mu.Unlock()
	if closed {
		return nil
	}
	l.pending.Wait()
	return l.store.Close()
}

// appending is an entry that waits to be written.
type appending struct {
	exercise string
	entry    exercise.Entry
	document []byte
	done     chan struct{} // closed once stored or err is set
	stored   exercise.Entry
	err      error
}

// Append appends as [exercise.Log] says. It also fails if ctx ends while it waits.
func (l *ExerciseLog) Append(ctx context.Context, name string, e exercise.Entry) (exercise.Entry, error) {
	e.Number = 0
	request := &appending{exercise: name, entry: e.UTC(), done: make(chan struct{})}
	err := errors.Join(checkExercise(name), e.Check())
	if err == nil {
		request.document, err = json.Marshal(request.entry)
	}
	if err != nil {
		return exercise.Entry{}, fmt.Errorf("append to the log of an exercise: %w", err)
	}
	if err := l.enqueue(request); err != nil {
		return exercise.Entry{}, err
	}
	defer l.pending.Done()
	select {
	case <-request.done:
	case l.writing <- struct{}{}:
		// Others wait for this one too: that its caller has gone must not undo theirs.
		l.flushUntil(context.WithoutCancel(ctx), request)
		<-l.writing
	case <-ctx.Done():
		return exercise.Entry{}, fmt.Errorf("append to the log of an exercise: %w", context.Cause(ctx))
	}
	return request.stored, request.err
}

// checkExercise returns an error if an exercise cannot be called that.
func checkExercise(name string) error {
	if name == "" {
		return errors.New("the exercise must have a name")
	}
	return exercise.CheckText("exercise", name, exercise.MaxID, false)
}

func (l *ExerciseLog) enqueue(request *appending) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errClosed
	}
	l.pending.Add(1)
	l.queue = append(l.queue, request)
	return nil
}

// flushUntil writes what waits, until a request was written. Whoever waits longer writes
// what is left. Its caller holds writing.
func (l *ExerciseLog) flushUntil(ctx context.Context, request *appending) {
	for {
		select {
		case <-request.done:
			return
		default:
		}
		l.mu.Lock()
		batch := l.queue[:min(len(l.queue), mostAppended)]
		l.queue = l.queue[len(batch):]
		l.mu.Unlock()
		writing, cancel := context.WithTimeout(ctx, patience)
		err := l.write(writing, batch)
		cancel()
		for _, request := range batch {
			if err != nil {
				request.stored, request.err = exercise.Entry{}, fmt.Errorf("append to the log of an exercise: %w", err)
			}
			close(request.done)
		}
	}
}

// write writes a batch, whole or not at all.
func (l *ExerciseLog) write(ctx context.Context, batch []*appending) error {
	return l.store.inTransaction(ctx, func(w *writer) error {
		if w.numbered {
			if _, err := w.exec(ctx, "SELECT set_config('synchronous_commit', 'on', TRUE) WHERE current_setting('synchronous_commit') = 'off'"); err != nil {
				return err
			}
		}
		byExercise := map[string][]*appending{}
		var names []string
		for _, request := range batch {
			if byExercise[request.exercise] == nil {
				names = append(names, request.exercise)
			}
			byExercise[request.exercise] = append(byExercise[request.exercise], request)
		}
		for _, name := range names {
			if err := w.appendAll(ctx, name, byExercise[name]); err != nil {
				return err
			}
		}
		return nil
	})
}

// appendAll numbers the entries of one exercise and writes those whose key is new.
func (w *writer) appendAll(ctx context.Context, name string, requests []*appending) error {
	known, err := w.entriesByKey(ctx, name, requests)
	if err != nil {
		return err
	}
	last, err := w.number(ctx, "SELECT COALESCE(MAX(number), 0) FROM exercise_log WHERE exercise = ?", name)
	if err != nil {
		return err
	}
	var rows []any
	for _, request := range requests {
		stored, there := known[request.entry.Key]
		if !there {
			last++
			stored = request.entry
			stored.Number = last
			known[stored.Key] = stored
			rows = append(rows, name, stored.Number, stored.Key, stored.At.UnixMicro(), string(request.document))
		}
		request.stored = stored
	}
	return w.insert(ctx, rows)
}

// The columns of an entry, and how many entries are inserted at a time: a statement may
// have so many parameters.
const (
	loggedColumns = 5
	mostInserted  = 100
)

func (w *writer) insert(ctx context.Context, rows []any) error {
	for len(rows) > 0 {
		n := min(len(rows)/loggedColumns, mostInserted)
		values := rows[:n*loggedColumns]
		rows = rows[len(values):]
		text := "INSERT INTO exercise_log (exercise, number, key, at, entry) VALUES (" + marks(loggedColumns) + ")"
		for range n - 1 {
			text += ", (" + marks(loggedColumns) + ")"
		}
		if _, err := w.exec(ctx, text, values...); err != nil {
			return err
		}
	}
	return nil
}

// entriesByKey returns the entries that an exercise has with the keys of those requests.
func (w *writer) entriesByKey(ctx context.Context, name string, requests []*appending) (map[string]exercise.Entry, error) {
	values := []any{name}
	for _, request := range requests {
		values = append(values, request.entry.Key)
	}
	statement, err := w.statement(ctx, "SELECT number, entry FROM exercise_log WHERE exercise = ? AND key IN ("+marks(len(requests))+")")
	if err != nil {
		return nil, err
	}
	rows, err := statement.QueryContext(ctx, storable(values)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]exercise.Entry{}
	for rows.Next() {
		e, err := scanLogged(rows)
		if err != nil {
			return nil, err
		}
		found[e.Key] = e
	}
	return found, rows.Err()
}

func scanLogged(rows *sql.Rows) (exercise.Entry, error) {
	var e exercise.Entry
	var number int64
	var document []byte
	if err := rows.Scan(&number, &document); err != nil {
		return exercise.Entry{}, err
	}
	if err := json.Unmarshal(document, &e); err != nil {
		return exercise.Entry{}, fmt.Errorf("entry %d: %w", number, err)
	}
	e.Number = number
	return e, nil
}

// Entries returns entries as [exercise.Log] says. It fails if the database cannot be read,
// or an entry in it is not one.
func (l *ExerciseLog) Entries(ctx context.Context, name string, after int64) ([]exercise.Entry, error) {
	out := []exercise.Entry{}
	err := l.store.query(ctx, "SELECT number, entry FROM exercise_log WHERE exercise = ? AND number > ? ORDER BY number", []any{name, after}, func(rows *sql.Rows) error {
		e, err := scanLogged(rows)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Exercises returns ids as [exercise.Log] says. It fails if the database cannot be read.
func (l *ExerciseLog) Exercises(ctx context.Context) ([]string, error) {
	out := []string{}
	err := l.store.query(ctx, "SELECT exercise FROM exercise_log WHERE number = 1 ORDER BY at DESC, exercise", nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		out = append(out, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
