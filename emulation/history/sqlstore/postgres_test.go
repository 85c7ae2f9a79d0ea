//go:build unix

package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/labtest"
)

// server is a real PostgreSQL of this test's own: an ordinary user's, on a socket in a
// folder that goes with it. It is started for the first test that asks.
type server struct {
	once   sync.Once
	folder string
	stop   func()
	why    string // it cannot be had
	next   atomic.Int64
}

var databases server

func TestMain(m *testing.M) {
	code := 0
	switch {
	case os.Getenv(killedHistory) != "":
		putForEver(os.Getenv(killedHistory))
	case os.Getenv(killedExercise) != "":
		appendForEver(os.Getenv(killedExercise))
	default:
		code = m.Run()
	}
	if databases.stop != nil {
		databases.stop()
	}
	os.Exit(code)
}

// postgres is the address of an empty schema in a real PostgreSQL. Where none can be
// started the test is skipped with the reason.
func postgres(t *testing.T) string {
	t.Helper()
	if testing.Short() && labtest.RaceEnabled {
		t.Skip("the race detector watches SQLite; PostgreSQL is a process of its own")
	}
	databases.once.Do(databases.start)
	if databases.why != "" {
		t.Skip(databases.why)
	}
	schema := fmt.Sprintf("test%d", databases.next.Add(1))
	address := url.URL{Scheme: "postgres", User: url.User("ringer"), Path: "/postgres"}
	values := url.Values{"host": {databases.folder}}
	address.RawQuery = values.Encode()
	db, err := sql.Open("pgx", address.String())
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	values.Set("search_path", schema)
	address.RawQuery = values.Encode()
	return address.String()
}

func (s *server) start() {
	initdb, err := program("initdb")
	if err != nil {
		s.why = "PostgreSQL is not installed (Debian's package postgresql): " + err.Error()
		return
	}
	as, err := ordinaryUser()
	if err != nil {
		s.why = "PostgreSQL runs as an ordinary user only: " + err.Error()
		return
	}
	if s.folder, err = os.MkdirTemp("", "pg"); err != nil { // a socket's path is short
		s.why = err.Error()
		return
	}
	remove := func() { _ = os.RemoveAll(s.folder) }
	if as != nil {
		err = os.Chown(s.folder, int(as.Uid), int(as.Gid))
	}
	data := filepath.Join(s.folder, "data")
	if err == nil {
		made := command(as, initdb, "--pgdata", data, "--auth", "trust", "--username", "ringer", "--no-sync", "--encoding", "UTF8", "--locale", "C")
		var said []byte
		if said, err = made.CombinedOutput(); err != nil {
			err = fmt.Errorf("%w: %s", err, said)
		}
	}
	if err != nil {
		remove()
		s.why = "PostgreSQL cannot be started: " + err.Error()
		return
	}
	// The server ends when this program does, however that ends: it holds the other end of
	// what the shell reads.
	running := command(as, "sh", "-c", `"$@" & server=$!; cat; kill -QUIT $server; wait $server; rm -rf "$0"`, s.folder,
		filepath.Join(filepath.Dir(initdb), "postgres"), "-D", data, "-k", s.folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100")
	held, err := running.StdinPipe()
	if err == nil {
		err = running.Start()
	}
	if err != nil {
		remove()
		s.why = "PostgreSQL cannot be started: " + err.Error()
		return
	}
	s.stop = func() {
		_ = held.Close()
		_ = running.Wait()
	}
	s.why = s.await()
}

// await waits until the server answers; it says why it does not.
func (s *server) await() string {
	db, err := sql.Open("pgx", "postgres://ringer@/postgres?host="+url.QueryEscape(s.folder))
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		switch {
		case err == nil:
			return ""
		case ctx.Err() != nil:
			return "PostgreSQL does not answer: " + err.Error()
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// program finds a program of PostgreSQL's, which Debian keeps apart.
func program(name string) (string, error) {
	found, err := exec.LookPath(name)
	if err == nil {
		return filepath.EvalSymlinks(found)
	}
	if all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(all) > 0 {
		return slices.Max(all), nil
	}
	return "", err
}

// ordinaryUser is who the server runs as; nil is whoever runs the tests.
func ordinaryUser() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(found.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(found.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, user.UnknownUserError("nobody")
}

func command(as *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true}
	return cmd
}
