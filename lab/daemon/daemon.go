//go:build linux

package daemon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Folder is where, below an asset's root, services keep what is theirs: it is
// no part of the asset's tree.
const Folder = ".service"

const (
	// startTimeout is how long a service may take until it answers.
	startTimeout = 15 * time.Second
	startPoll    = 20 * time.Millisecond
)

// service is what differs between the services.
type service interface {
	// prepare lays out what the program needs, and gives its command line.
	prepare() ([]string, error)
	// ping asks once whether it does. An error is not yet.
	ping(ctx context.Context) error
	// load gives it what it is to hold, once it answers.
	load(ctx context.Context) error
	// logPath is the file whose lines are telemetry; writtenFiles are all that it
	// writes to in the asset's tree.
	logPath() string
	writtenFiles() []string
	// markLog has it finish what it has to write to its log. Where that is known by
	// a line in the log, it gives the line's last words.
	markLog(ctx context.Context) (lastWords string, err error)
}

// Daemon is a service that runs.
type Daemon struct {
	service
	home      string
	tail      *tail
	savedLogs []savedLog
}

// newService gives the service of that name on an asset's tree.
func newService(name, home string, tree effect.Tree) (service, error) {
	switch name {
	case effect.WebService:
		pages, pagesErr := tree.Locate("/var/www/selfcare")
		logs, logsErr := tree.Locate(artifact.NginxLogs)
		return &nginx{home: home, pages: pages, logs: logs}, errors.Join(pagesErr, logsErr)
	case effect.DatabaseService:
		logs, err := tree.Locate(artifact.PostgreSQLLogs)
		return &postgresql{home: home, logs: logs}, err
	}
	return nil, fmt.Errorf("unknown service %q", name)
}

// Start starts a service, which keeps what is its own below a folder, and returns when it answers and its data is loaded. It lives
// until ctx ends, or this process. The error is that there is no service of that name,
// that its files or its program are missing, that it did not answer in time (with what
// it printed), or ctx's cause.
func Start(ctx context.Context, name, folder string, tree effect.Tree) (*Daemon, error) {
	home := filepath.Join(folder, name)
	s, err := newService(name, home, tree)
	if err != nil {
		return nil, err
	}
	d := &Daemon{service: s, home: home}
	if err := d.start(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return d, nil
}

func (d *Daemon) start(ctx context.Context) (err error) {
	if err := os.MkdirAll(d.home, 0o700); err != nil {
		return err
	}
	command, err := d.prepare()
	if err != nil {
		return err
	}
	for _, path := range d.writtenFiles() {
		file, err := saveLog(path)
		if err != nil {
			return err
		}
		d.savedLogs = append(d.savedLogs, file)
	}
	output := filepath.Join(d.home, "said")
	if err := launch(ctx, command, output); err != nil {
		return err
	}
	late := time.Now().Add(startTimeout)
	for err = d.ping(ctx); err != nil; err = d.ping(ctx) {
		if time.Now().After(late) {
			text, _ := os.ReadFile(output)
			return fmt.Errorf("no answer within %s: %w: %s", startTimeout, err, strings.Join(strings.Fields(string(text)), " "))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(startPoll):
		}
	}
	if err := d.load(ctx); err != nil {
		return err
	}
	return d.removeStartupLines(ctx)
}

// removeStartupLines takes what the start left in the logs out of them again: the asset is
// as it was provisioned, and the service on it had been running.
func (d *Daemon) removeStartupLines(ctx context.Context) (err error) {
	if d.tail, err = openTail(d.logPath()); err != nil {
		return err
	}
	if _, err := d.Lines(ctx); err != nil {
		return err
	}
	if err := d.Restore(); err != nil {
		return err
	}
	_, err = d.tail.newLines() // it has become shorter
	return err
}

// Log is the real path of the file whose lines are telemetry.
func (d *Daemon) Log() string { return d.logPath() }

// Restore puts what the service wrote in the asset's tree back to how it was before
// it started. It goes on past a log that cannot be written and returns all errors
// joined.
func (d *Daemon) Restore() error {
	var failed []error
	for _, file := range d.savedLogs {
		failed = append(failed, file.restore())
	}
	return errors.Join(failed...)
}

// launch starts a program from a thread that stays with it: the sensor waits
// for all children of its own thread, and would wait for this one for ever. What
// the program says goes to a file.
func launch(ctx context.Context, command []string, output string) error {
	out, err := os.Create(output)
	if err != nil {
		return err
	}
	defer out.Close()
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		process := exec.Command(command[0], command[1:]...)
		process.Stdout, process.Stderr, process.Env, process.Dir = out, out, []string{"TZ=UTC", "LD_LIBRARY_PATH=" + asset.ServiceLibraries()}, "/"
		process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
		started <- process.Start()
		<-ctx.Done()
	}()
	return <-started
}
