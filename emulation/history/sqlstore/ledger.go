package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/farm"
)

// Ledger is the ledger of farms in a history.
type Ledger struct{ *Store }

var _ farm.Ledger = Ledger{}

// mostKeys is how many keys are asked for at a time.
const mostKeys = 500

// Entries returns those of the keys that have a result. It fails if the store cannot be
// read.
func (l Ledger) Entries(ctx context.Context, keys []string) (map[string]farm.Entry, error) {
	found := map[string]farm.Entry{}
	for len(keys) > 0 {
		n := min(len(keys), mostKeys)
		values := make([]any, n)
		for i, key := range keys[:n] {
			values[i] = key
		}
		keys = keys[n:]
		err := l.query(ctx, "SELECT key, scenario, recording, digest, verdicts, worker, took FROM farm WHERE key IN ("+marks(n)+")", values, func(row *sql.Rows) error {
			var e farm.Entry
			var verdicts string
			var took int64
			if err := row.Scan(&e.Key, &e.Scenario, &e.Recording, &e.Digest, &verdicts, &e.Worker, &took); err != nil {
				return err
			}
			e.Took = duration(took)
			err := json.Unmarshal([]byte(verdicts), &e.Verdicts)
			found[e.Key] = e
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Enter writes a result down, and fails, as [farm.Ledger] says.
func (l Ledger) Enter(ctx context.Context, e farm.Entry) (first bool, err error) {
	verdicts, err := json.Marshal(e.Verdicts)
	if err == nil {
		err = l.inTransaction(ctx, func(w *writer) error {
			added, err := w.exec(ctx, "INSERT INTO farm (key, scenario, recording, digest, verdicts, worker, took) VALUES ("+marks(7)+") ON CONFLICT (key) DO NOTHING",
				e.Key, e.Scenario, e.Recording, e.Digest, string(verdicts), e.Worker, micros(e.Took))
			if err != nil {
				return err
			}
			n, err := added.RowsAffected()
			first = n == 1
			return err
		})
	}
	if err != nil {
		return false, fmt.Errorf("enter %s into history: %w", e.Scenario, err)
	}
	return first, nil
}

// Forget removes a result. It fails if the store cannot be written.
func (l Ledger) Forget(ctx context.Context, key string) error {
	err := l.inTransaction(ctx, func(w *writer) error {
		_, err := w.exec(ctx, "DELETE FROM farm WHERE key = ?", key)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove a result from history: %w", err)
	}
	return nil
}
