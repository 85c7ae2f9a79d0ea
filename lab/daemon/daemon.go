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

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Folder is where, below an asset's root, services keep what is theirs: it is
// no part of the asset's tree.
const Folder = ".service"

const (
	// How long a service may take until it answers.
	startPatience = 15 * time.Second
	startPoll     = 20 * time.Millisecond
)

// service is what differs between the services.
type service interface {
	// ready lays out what the program needs, and gives its command line.
	ready() ([]string, error)
	// answers asks once whether it does. An error is not yet.
	answers(ctx context.Context) error
	// fill gives it what it is to hold, once it answers.
	fill(ctx context.Context) error
	// log is the file whose lines are telemetry; writes are all files that it
	// writes to in the asset's tree.
	log() string
	writes() []string
	// mark has it finish what it has to write to its log. Where that is known by
	// a line in the log, it gives the line's last words.
	mark(ctx context.Context) (lastWords string, err error)
}

// Daemon is a service that runs.
type Daemon struct {
	service
	home string
	tail *tail
	logs []kept
}

// of gives the service of that name on an asset's tree.
func of(name, home string, tree effect.Tree) (service, error) {
	place := func(path string) string { return filepath.Join(tree.Root, "root", path) }
	switch name {
	case effect.WebService:
		return &nginx{home: home, pages: place("var/www/selfcare"), logs: place("var/log/nginx")}, nil
	case effect.DatabaseService:
		return &postgresql{home: home, logs: place("var/log/postgresql")}, nil
	}
	return nil, fmt.Errorf("there is no service %q", name)
}

// Start starts a service and returns when it answers and holds what it is to
// hold. It lives until the context ends, or this process.
func Start(ctx context.Context, name string, tree effect.Tree) (*Daemon, error) {
	home := filepath.Join(tree.Root, Folder, name)
	one, err := of(name, home, tree)
	if err != nil {
		return nil, err
	}
	d := &Daemon{service: one, home: home}
	if err := d.start(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return d, nil
}

func (d *Daemon) start(ctx context.Context) (err error) {
	if err := os.MkdirAll(d.home, 0o700); err != nil {
		return err
	}
	command, err := d.ready()
	if err != nil {
		return err
	}
	for _, path := range d.writes() {
		one, err := keep(path)
		if err != nil {
			return err
		}
		d.logs = append(d.logs, one)
	}
	said := filepath.Join(d.home, "said")
	if err := launch(ctx, command, said); err != nil {
		return err
	}
	late := time.Now().Add(startPatience)
	for err = d.answers(ctx); err != nil; err = d.answers(ctx) {
		if time.Now().After(late) {
			text, _ := os.ReadFile(said)
			return fmt.Errorf("no answer within %s: %w: %s", startPatience, err, strings.Join(strings.Fields(string(text)), " "))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(startPoll):
		}
	}
	if err := d.fill(ctx); err != nil {
		return err
	}
	return d.settle(ctx)
}

// settle takes what the start left in the logs out of them again: the asset is
// as it was furnished, and the service on it had been running.
func (d *Daemon) settle(ctx context.Context) (err error) {
	if d.tail, err = follow(d.log()); err != nil {
		return err
	}
	if _, err := d.Lines(ctx); err != nil {
		return err
	}
	if err := d.Restore(); err != nil {
		return err
	}
	_, err = d.tail.next() // it has become shorter
	return err
}

// Log is the real path of the file whose lines are telemetry.
func (d *Daemon) Log() string { return d.log() }

// Restore puts what the service wrote in the asset's tree back to how it was
// before it started.
func (d *Daemon) Restore() error {
	var failed []error
	for _, one := range d.logs {
		failed = append(failed, one.restore())
	}
	return errors.Join(failed...)
}

// launch starts a program from a thread that stays with it: the sensor waits
// for all children of its own thread, and would wait for this one for ever. What
// the program says goes to a file.
func launch(ctx context.Context, command []string, said string) error {
	out, err := os.Create(said)
	if err != nil {
		return err
	}
	defer out.Close()
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		process := exec.Command(command[0], command[1:]...)
		process.Stdout, process.Stderr, process.Env, process.Dir = out, out, []string{"TZ=UTC"}, "/"
		process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
		started <- process.Start()
		<-ctx.Done()
	}()
	return <-started
}
