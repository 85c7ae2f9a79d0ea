package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// versions is the table in which goose keeps what has been migrated.
const versions = "ringer_history_version"

// migrate brings a database to the schema that this ringer knows. One that is newer it
// refuses; one without a schema it leaves alone unless it may create it.
func migrate(ctx context.Context, db *sql.DB, as goose.Dialect, d dialect, create bool) error {
	folder, options := "migrations/sqlite", []goose.ProviderOption{goose.WithTableName(versions)}
	if d.numbered {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, uint64(patience.Seconds())))
		if err != nil {
			return err
		}
		folder, options = "migrations/postgres", append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	known, err := goose.NewProvider(as, db, files, options...)
	if err != nil {
		return err
	}
	current, err := schemaVersion(ctx, db, d)
	if err != nil {
		return err
	}
	sources := known.ListSources()
	newest := sources[len(sources)-1].Version
	switch {
	case current > newest:
		return fmt.Errorf("%w: its schema is %d, and this ringer knows schemas up to %d: use the newer ringer that wrote it, or name another history", ErrRefused, current, newest)
	case current == newest:
		return nil
	case current == 0 && !create:
		return ErrNone
	}
	_, err = known.Up(ctx)
	return err
}

// schemaVersion returns the version of a database's schema; 0 where it has none.
func schemaVersion(ctx context.Context, db *sql.DB, d dialect) (int64, error) {
	has := "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '" + versions + "'"
	if d.numbered {
		has = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '" + versions + "'"
	}
	var tables, version int64
	if err := db.QueryRowContext(ctx, has).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err := db.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM "+versions+" WHERE is_applied").Scan(&version)
	return version, err
}
