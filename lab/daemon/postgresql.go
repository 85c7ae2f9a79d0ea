//go:build linux

package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/callrecord"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// postgresql holds the call records. Its data folder was made with the image.
type postgresql struct {
	home, logs string
	// conn is the agent's connection, which marks the log.
	conn  *database
	marks int
}

// postgresqlConf is its configuration. The whole cluster lives in the asset's memory and dies with it, so nothing is
// made durable. What the server would log of itself, whenever it gets round to it,
// is off: loading the records takes several checkpoints, and a line about them
// would come in some step. pgaudit's settings are those of its manual for an audit
// of sessions: https://github.com/pgaudit/pgaudit
const postgresqlConf = `listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
cluster_name = '15/main'
max_connections = 16
shared_buffers = 16MB
dynamic_shared_memory_type = mmap
max_worker_processes = 0
max_parallel_workers = 0
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
min_wal_size = 2MB
max_wal_size = 8MB
autovacuum = off
timezone = 'GMT'
log_timezone = 'GMT'
logging_collector = on
log_destination = 'jsonlog'
log_directory = '{logs}'
log_filename = 'postgresql-15-main.log'
log_file_mode = 0640
log_rotation_age = 0
log_rotation_size = 0
log_connections = on
log_checkpoints = off
checkpoint_warning = 0
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, write, ddl, role'
pgaudit.log_catalog = off
pgaudit.log_relation = on
`

func (p *postgresql) prepare() ([]string, error) {
	data := filepath.Join(p.home, "main")
	if err := copyFolder(asset.PreparedFolder, data); err != nil {
		return nil, err
	}
	text := strings.NewReplacer("{logs}", p.logs, "{port}", strconv.Itoa(effect.DatabasePort)).Replace(postgresqlConf)
	if err := os.WriteFile(filepath.Join(data, "postgresql.conf"), []byte(text), 0o600); err != nil {
		return nil, err
	}
	return []string{asset.ServiceFolder + "/usr/lib/postgresql/15/bin/postgres", "-D", data}, nil
}

func (p *postgresql) ping(ctx context.Context) (err error) {
	if p.conn == nil {
		p.conn, err = connectDatabase(ctx, "postgres", "template1", clientName)
	}
	return err
}

// schema is the billing database. What the agent does is not audited.
const schema = `SET pgaudit.log = 'none';
ALTER DATABASE postgres RENAME TO billing;
CREATE ROLE billing LOGIN;
CREATE ROLE backup LOGIN;`

const tables = `SET pgaudit.log = 'none';
CREATE EXTENSION pgaudit;
CREATE TABLE watch (msisdn text PRIMARY KEY);
INSERT INTO watch VALUES {watched};
CREATE TABLE cdr_voice (cdr_id bigint, a_msisdn text, b_msisdn text, imsi text, cell_id text, start_ts timestamptz, duration_s integer);
GRANT SELECT ON watch, cdr_voice TO billing, backup;`

// load makes the database and loads the call records.
func (p *postgresql) load(ctx context.Context) error {
	if err := p.conn.execute(ctx, schema); err != nil {
		return fmt.Errorf("make database: %w", err)
	}
	if err := p.conn.close(ctx); err != nil {
		return fmt.Errorf("make database: %w", err)
	}
	var err error
	if p.conn, err = connectDatabase(ctx, "postgres", "billing", clientName); err != nil {
		return fmt.Errorf("make database: %w", err)
	}
	var watched []string
	for _, number := range callrecord.WatchedNumbers() {
		watched = append(watched, "('"+number+"')")
	}
	if err := p.conn.execute(ctx, strings.ReplaceAll(tables, "{watched}", strings.Join(watched, ", "))); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	rows, into := io.Pipe()
	go func() {
		into.CloseWithError(callrecord.Month{Seed: callrecord.Seed, Rows: callrecord.Rows}.Write(into))
	}()
	err = p.conn.copyFrom(ctx, rows, "COPY cdr_voice FROM STDIN")
	_ = rows.Close() // should the server have stopped to read
	if err != nil {
		return fmt.Errorf("load call records: %w", err)
	}
	return p.conn.execute(ctx, "SET log_statement = 'all'")
}

func (p *postgresql) logPath() string { return filepath.Join(p.logs, "postgresql-15-main.json") }
func (p *postgresql) writtenFiles() []string {
	return []string{p.logPath(), filepath.Join(p.logs, "postgresql-15-main.log")}
}

// markLog has the server log a statement. All of it that any session has had
// logged before comes before it: they share one pipe to the process that writes.
func (p *postgresql) markLog(ctx context.Context) (string, error) {
	p.marks++
	words := fmt.Sprintf("%s marks %d.", clientName, p.marks)
	return words, p.conn.execute(ctx, "SELECT '"+words+"'")
}

// copyFolder copies files for their owner alone, which the server insists on.
func copyFolder(from, to string) error {
	err := os.CopyFS(to, os.DirFS(from))
	if err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, entry os.DirEntry, err error) error {
		mode := os.FileMode(0o600)
		if err == nil && entry.IsDir() {
			mode = 0o700
		}
		return errors.Join(err, os.Chmod(path, mode))
	})
}
