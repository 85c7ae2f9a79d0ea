//go:build linux

package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/wire"
)

const (
	// imageStartTimeout is how long the daemon of an image may take until it answers.
	imageStartTimeout = 20 * time.Second
	imagePoll         = 20 * time.Millisecond
	// A daemon has come to rest once nothing is seen of it for a while: after its start,
	// and after it has answered what a step asked.
	startRest, stepRest = 300 * time.Millisecond, 60 * time.Millisecond
	// restTimeout is how long to wait for that; some daemons never rest.
	restTimeout = 3 * time.Second
)

// imageDaemon is the daemon of an image of the user's own. All of its processes are under
// the sensor from its first one on; what they do between two steps is no step's.
type imageDaemon struct {
	wire.Image
	agent  *agent
	sensor sensor.Sensor
	// output is what it says on its standard output and error.
	output string
	ended  chan error
	logs   []*imageLog
	// provisioned is how its folders were when it had started, before when the newest step
	// began.
	provisioned, before savedFolders

	mutex   sync.Mutex
	table   daemonProcesses
	out     *observationSender // nil between steps
	queue   []seenAt
	size    int
	last    time.Time
	dropped uint64
}

// seenAt is an observation with its time.
type seenAt struct {
	event.Observation
	at time.Time
}

// settleOnImage has the agent know where the files of such an asset are.
func (a *agent) settleOnImage(image wire.Image) {
	a.disk = effect.WorkingDisk(effect.Root)
	a.tree = effect.ImageTree(image.Folders, a.disk)
	a.image = &imageDaemon{Image: image, agent: a, ended: make(chan error, 1), output: filepath.Join(a.serviceFolder(), "said")}
	a.image.sensor.MaxThreads = confinement.Processes * 3 / 4
	a.image.sensor.OnDrop = func() {
		a.image.mutex.Lock()
		defer a.image.mutex.Unlock()
		a.image.dropped++
	}
}

// provisionImage gives the folders that can be written to what the image has there.
func (a *agent) provisionImage(ctx context.Context, want *wire.Provision) error {
	for _, folder := range append(a.tree.Bases(), a.serviceFolder()) {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	for folder, i := range want.Image.Copied {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := copyFolder(confinement.ImageCopy(i), folder); err != nil {
			return fmt.Errorf("copy %s of the image: %w", folder, err)
		}
	}
	return nil
}

// start starts the image's own entrypoint under the sensor, and returns when it answers
// and has come to rest. It ends with the agent.
func (d *imageDaemon) start(ctx context.Context) error {
	path, err := d.findProgram()
	if err != nil {
		return fmt.Errorf("start the image's entrypoint: %w", err)
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	said, err := os.OpenFile(d.output, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return errors.Join(err, null.Close())
	}
	command := sensor.Command{Path: path, Args: d.Command, Env: d.Env, Dir: d.Dir, Files: [3]*os.File{null, said, said}}
	go func() {
		defer null.Close()
		defer said.Close()
		result, err := d.sensor.Trace(ctx, command, d.see)
		if err == nil {
			err = fmt.Errorf("it exited with code %d", result.Code)
		}
		d.ended <- err
	}()
	if err := d.awaitAnswer(ctx); err != nil {
		return fmt.Errorf("start the image's entrypoint as %s: %w%s", d.Account, err, d.said())
	}
	d.rest(ctx, startRest)
	for _, name := range d.Logs {
		d.logs = append(d.logs, &imageLog{name: name})
	}
	if err := d.skipLogLines(); err != nil {
		return err
	}
	d.provisioned, err = saveFolders(d.Folders)
	d.before = d.provisioned
	return err
}

// maxSaid is how much is told of what a daemon says, in bytes.
const maxSaid = 2 << 10

// said is the end of what the daemon has said, for an error: in one line, without what a
// terminal would obey.
func (d *imageDaemon) said() string {
	file, err := os.Open(d.output)
	if err != nil {
		return ""
	}
	defer file.Close()
	if stat, err := file.Stat(); err == nil && stat.Size() > maxSaid {
		_, _ = file.Seek(-maxSaid, io.SeekEnd) // else it is told from its beginning
	}
	text, _ := io.ReadAll(io.LimitReader(file, maxSaid))
	words := strings.Join(strings.Fields(strings.ToValidUTF8(string(text), "�")), " ")
	if words == "" {
		return ""
	}
	return ": " + strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '�'
		}
		return r
	}, words)
}

// awaitAnswer returns once something listens at the daemon's port.
func (d *imageDaemon) awaitAnswer(ctx context.Context) error {
	late := time.Now().Add(imageStartTimeout)
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", d.Port))
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(late) {
			return fmt.Errorf("nothing answers at port %d within %s", d.Port, imageStartTimeout)
		}
		select {
		case err := <-d.ended:
			d.ended <- err // for whoever asks next
			return err
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(imagePoll):
		}
	}
}

// rest waits until nothing is seen of the daemon for a while.
func (d *imageDaemon) rest(ctx context.Context, quiet time.Duration) {
	late, began := time.Now().Add(restTimeout), time.Now()
	for time.Now().Before(late) && ctx.Err() == nil {
		d.mutex.Lock()
		last := d.last
		d.mutex.Unlock()
		if last.Before(began) {
			last = began
		}
		left := time.Until(last.Add(quiet))
		if left <= 0 {
			return
		}
		time.Sleep(left)
	}
}

// findProgram is the path of the entrypoint's program, which is looked for as a shell
// would.
func (d *imageDaemon) findProgram() (string, error) {
	name := d.Command[0]
	if strings.Contains(name, "/") {
		if !filepath.IsAbs(name) {
			name = filepath.Join(d.Dir, name)
		}
		return name, nil
	}
	search := confinement.SearchPath
	for _, variable := range d.Env {
		if value, ok := strings.CutPrefix(variable, "PATH="); ok {
			search = value
		}
	}
	for _, folder := range filepath.SplitList(search) {
		found := filepath.Join(folder, name)
		if stat, err := os.Stat(found); err == nil && stat.Mode().IsRegular() && stat.Mode().Perm()&0o111 != 0 {
			return found, nil
		}
	}
	return "", fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

// see is the sensor's sink.
func (d *imageDaemon) see(o event.Observation) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.last = time.Now()
	d.table.follow(o, d.out != nil, d.Account)
	if d.out == nil || len(d.queue) > wire.MaxObservations || d.size > wire.MaxStepBytes {
		return // more than a step may have: the sender says so
	}
	if o.Kind == event.Exec { // the account is what its number stands for in the image
		o.Env = map[string]string{event.EnvUser: d.Account}
	}
	d.queue = append(d.queue, seenAt{o, d.last})
	d.size += overhead + sizeOf(o)
}

// begin has what the daemon does from now on be a step's, and tells of the processes that
// run already.
func (d *imageDaemon) begin(out *observationSender) (err error) {
	select {
	case err := <-d.ended:
		d.ended <- err
		return fmt.Errorf("the image's daemon has ended: %w", err)
	default:
	}
	if d.before, err = saveFolders(d.Folders); err != nil {
		return err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	for _, o := range d.table.takeUntold() {
		out.add(o)
	}
	d.out, d.queue, d.size, d.dropped = out, nil, 0, 0
	return out.err
}

// end has what the daemon does be no step's any more.
func (d *imageDaemon) end() {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	for _, o := range d.queue {
		d.table.putOff(o.Observation, d.Account)
	}
	d.out, d.queue = nil, nil
}

// report sends what was seen of the daemon since a process of another host asked it, once
// it has come to rest, and what it logged.
func (d *imageDaemon) report(ctx context.Context, process effect.Process, out *observationSender, done *wire.Done) error {
	lines, err := d.logLines(ctx, len(process.Acts))
	if err != nil {
		done.Errors = append(done.Errors, err.Error())
	}
	d.rest(ctx, stepRest)
	d.mutex.Lock()
	queue := d.queue
	done.Dropped += d.dropped
	d.queue, d.dropped = nil, 0
	d.mutex.Unlock()
	for _, o := range queue {
		out.addAt(o.Observation, o.at)
	}
	for _, line := range lines {
		out.add(line)
	}
	return out.err
}

// restoreAll puts the folders back to how they were when the daemon had started. It goes on
// past a file that cannot be restored and returns all errors joined.
func (d *imageDaemon) restoreAll() error {
	d.mutex.Lock()
	d.table.tellAll(d.Account)
	d.mutex.Unlock()
	err := d.provisioned.restore(d.Folders)
	return errors.Join(err, d.skipLogLines())
}

// restoreNewest puts them back to how they were when the newest step began, and returns
// the paths that are otherwise.
func (d *imageDaemon) restoreNewest() (left []string, err error) {
	err = d.before.restore(d.Folders)
	now, listErr := saveFolders(d.Folders)
	if listErr != nil {
		return nil, errors.Join(err, listErr)
	}
	left = d.before.differences(now)
	slices.Sort(left)
	return left, errors.Join(err, d.skipLogLines())
}
