package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/history"
)

// Store is a history in a database.
type Store struct {
	db *sql.DB
	dialect
}

var _ history.Store = (*Store)(nil)

// dialect is in what the databases differ.
type dialect struct {
	// numbered tells that parameters are $1, $2 and so on, not ?.
	numbered bool
	// begin is executed first in a transaction that writes, so that there is one writer
	// at a time; empty where beginning it sees to that.
	begin string
}

// Close fails if the database cannot be closed.
func (s *Store) Close() error { return s.db.Close() }

// bind writes the parameters of a statement, ? each, as the database has them.
func (d dialect) bind(statement string) string {
	if !d.numbered {
		return statement
	}
	var out strings.Builder
	n := 0
	for _, r := range statement {
		if r == '?' {
			n++
			out.WriteString("$" + strconv.Itoa(n))
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// inTransaction calls do in a transaction that writes: all that it does is kept, or, if
// it fails, nothing.
func (s *Store) inTransaction(ctx context.Context, do func(*writer) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing is left of it after a commit
	w := &writer{tx: tx, dialect: s.dialect, prepared: map[string]*sql.Stmt{}}
	if s.begin != "" {
		if _, err := tx.ExecContext(ctx, s.begin); err != nil {
			return err
		}
	}
	if err := do(w); err != nil {
		return explained(err)
	}
	return explained(tx.Commit())
}

// writer is a transaction that writes. Each statement is prepared once.
type writer struct {
	tx *sql.Tx
	dialect
	prepared map[string]*sql.Stmt
}

func (w *writer) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if known := w.prepared[text]; known != nil {
		return known, nil
	}
	made, err := w.tx.PrepareContext(ctx, w.bind(text))
	if err != nil {
		return nil, err
	}
	w.prepared[text] = made
	return made, nil
}

func (w *writer) exec(ctx context.Context, text string, values ...any) (sql.Result, error) {
	statement, err := w.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(ctx, storable(values)...)
}

// number runs a statement that returns one number.
func (w *writer) number(ctx context.Context, text string, values ...any) (n int64, err error) {
	statement, err := w.statement(ctx, text)
	if err != nil {
		return 0, err
	}
	err = statement.QueryRowContext(ctx, storable(values)...).Scan(&n)
	return n, err
}

// storable are values with their texts as PostgreSQL takes them: UTF-8 without a zero, which
// the name of a file, or a recording of somebody else's, may have.
func storable(values []any) []any {
	for i, value := range values {
		if text, ok := value.(string); ok {
			values[i] = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
		}
	}
	return values
}

// query calls each for every row of a query, which scans it.
func (s *Store) query(ctx context.Context, text string, values []any, each func(*sql.Rows) error) error {
	rows, err := s.db.QueryContext(ctx, s.bind(text), values...)
	if err != nil {
		return fmt.Errorf("ask history: %w", explained(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return fmt.Errorf("ask history: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("ask history: %w", explained(err))
	}
	return nil
}

// marks are n parameters with commas between them.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anyOf(numbers []int64) []any {
	all := make([]any, len(numbers))
	for i, n := range numbers {
		all[i] = n
	}
	return all
}
