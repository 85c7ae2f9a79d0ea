package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

//go:embed migrations
var migrations embed.FS

// ErrNone says that there is no history yet.
var ErrNone = errors.New("there is no history yet")

// ErrRefused says that what was named is not a history, or one of a newer ringer: it was
// left as it is.
var ErrRefused = errors.New("refused")

// ErrDamaged says that a file is a history, and cannot be read as one any more.
var ErrDamaged = errors.New("it is damaged: move it away, and `ringer history rebuild` makes it of the recordings again, but for the logs of exercises, which are in the old file alone")

// explained says of an error of SQLite's that the file is damaged, where it is.
func explained(err error) error {
	failed, ok := errors.AsType[*sqlite.Error](err)
	if ok && (failed.Code()&0xff == sqlite3.SQLITE_CORRUPT || failed.Code()&0xff == sqlite3.SQLITE_NOTADB) {
		return fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return err
}

// patience is how long is waited for a database: to answer, and for another ringer that
// writes to it.
const patience = 10 * time.Second

// IsURL reports whether a history is named by the address of a PostgreSQL database, not
// by a file.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// Redacted is the name of a history without a password in it.
func Redacted(name string) string {
	if !IsURL(name) {
		return name
	}
	address, err := url.Parse(name)
	if err != nil {
		return "the PostgreSQL database"
	}
	return address.Redacted()
}

// Open opens a history: a file, or a PostgreSQL database by its address. One that is not
// there is made if create is set. It fails with an error that wraps ErrNone if there is
// none, with one that wraps ErrRefused if it is something else, with one that wraps
// ErrDamaged if it was one, and if it cannot be opened.
func Open(ctx context.Context, name string, create bool) (*Store, error) {
	if IsURL(name) {
		return openPostgres(ctx, name, create)
	}
	return openFile(ctx, name, create, normalSync)
}

// How SQLite waits for the disk. With normalSync what was committed last can be lost with
// the power, and nothing else: a history can be made again of its recordings. With fullSync
// a commit returns once it is on the disk. PostgreSQL always does that.
const (
	normalSync = "synchronous(NORMAL)"
	fullSync   = "synchronous(FULL)"
)

// openSynchronous opens a history, which is made if it is not there, so that what is
// committed is on the disk. It fails as [Open] does.
func openSynchronous(ctx context.Context, name string) (*Store, error) {
	if IsURL(name) {
		return openPostgres(ctx, name, true)
	}
	return openFile(ctx, name, true, fullSync)
}

// applicationID is in the head of an SQLite file that is a history.
const applicationID = "RNGR"

// checkFile returns whether there is a file, and an error if it is not a history. An empty
// one is that of a ringer that was stopped as it made it.
func checkFile(name string) (there bool, err error) {
	file, err := userfile.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	var head [100]byte
	n, err := io.ReadFull(file, head[:])
	switch {
	case n == 0:
		return false, nil
	case err != nil || !strings.HasPrefix(string(head[:]), "SQLite format 3\x00"):
		return false, fmt.Errorf("%w: %s is a file of another kind, which was left as it is; name another with --history, or move this one away", ErrRefused, name)
	case string(head[68:72]) != applicationID:
		return false, fmt.Errorf("%w: %s is an SQLite database of another program, which was left as it is; name another with --history, or move this one away", ErrRefused, name)
	}
	return true, nil
}

func openFile(ctx context.Context, name string, create bool, sync string) (*Store, error) {
	there, err := checkFile(name)
	if err == nil && !there && !create {
		return nil, fmt.Errorf("%w: %s", ErrNone, name)
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(name), 0o755)
	}
	absolute := ""
	if err == nil {
		absolute, err = filepath.Abs(name)
	}
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	store, err := open(ctx, "sqlite", fileAddress(absolute, there, sync), goose.DialectSQLite3, dialect{}, true)
	if err != nil {
		return nil, fmt.Errorf("open history %s: %w", name, explained(err))
	}
	return store, nil
}

// fileAddress is the address by which SQLite opens a file: with a log beside it, so that
// who reads and who writes do not wait for each other; writers wait in turn. A new file
// is marked as a history by the first page that is written.
func fileAddress(absolute string, there bool, sync string) string {
	path := filepath.ToSlash(absolute)
	if runtime.GOOS == "windows" && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	pragmas := []string{fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds())}
	if !there {
		pragmas = append(pragmas, fmt.Sprintf("application_id(%d)", binary.BigEndian.Uint32([]byte(applicationID))))
	}
	file := url.URL{Scheme: "file", Path: path}
	with := url.Values{"_pragma": append(pragmas, "journal_mode(WAL)", sync, "foreign_keys(1)"), "_txlock": {"immediate"}}
	return file.String() + "?" + with.Encode()
}

// writers is the number of PostgreSQL's lock that writers take in turn: "RNGR".
const writers = "SELECT pg_advisory_xact_lock(1380861778)"

func openPostgres(ctx context.Context, address string, create bool) (*Store, error) {
	store, err := open(ctx, "pgx", address, goose.DialectPostgres, dialect{numbered: true, begin: writers}, create)
	if err != nil {
		return nil, fmt.Errorf("open history %s: %w", Redacted(address), err)
	}
	return store, nil
}

func open(ctx context.Context, driver, address string, as goose.Dialect, d dialect, create bool) (*Store, error) {
	db, err := sql.Open(driver, address)
	if err != nil {
		return nil, err
	}
	if !d.numbered {
		db.SetMaxOpenConns(1) // SQLite has one writer
	}
	opening, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := migrate(opening, db, as, d, create)
		if err == nil {
			return &Store{db, d}, nil
		}
		if !otherMakes(err) || !wait(opening) {
			return nil, errors.Join(err, db.Close())
		}
	}
}

// otherMakes tells whether an error says that another ringer is making the same history
// just now: who waits finds it made.
func otherMakes(err error) bool {
	return slices.ContainsFunc([]string{"database is locked", "SQLITE_BUSY", "already exists"}, func(words string) bool { return strings.Contains(err.Error(), words) })
}

// wait waits a moment; ok is false if the time is over.
func wait(ctx context.Context) (ok bool) {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(20 * time.Millisecond):
		return true
	}
}
