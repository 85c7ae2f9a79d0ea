package sqlstore

import "context"

// Synchronous is how a log's SQLite waits for the disk: 2 is at each commit.
func (l *ExerciseLog) Synchronous(ctx context.Context) (how int, err error) {
	err = l.store.db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&how)
	return how, err
}
