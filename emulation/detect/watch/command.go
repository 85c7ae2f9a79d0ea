package watch

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// endTime is how long a program may take to end once it is told to.
const endTime = 2 * time.Second

// environment is all that a program is started with: no secret of ours.
func (w *Watcher) environment() []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "LANG"} {
		if value := w.options.Env(name); value != "" {
			out = append(out, name+"="+value)
		}
	}
	return out
}

// runCommand runs a program and reads what it prints, until it or ctx ends.
func (s *source) runCommand(ctx context.Context) {
	command := exec.CommandContext(ctx, s.Command[0], s.Command[1:]...)
	command.Env, command.WaitDelay = s.take.environment(), endTime
	said := &tail{}
	command.Stderr = said
	printed, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		s.out(fmt.Sprintf("its program cannot be started: %v", err))
		return
	}
	all := lines{of: s}
	piece := make([]byte, 64<<10)
	for {
		n, err := printed.Read(piece)
		all.add(piece[:n])
		if err != nil {
			break
		}
	}
	all.end()
	err = command.Wait()
	if ctx.Err() != nil {
		return
	}
	reason := "its program ended"
	if err != nil {
		reason += ": " + err.Error()
	}
	if last := said.String(); last != "" {
		reason += ": " + last
	}
	s.out(reason)
}

// mostSaid is how much is kept of what a program writes to stderr.
const mostSaid = 300

// tail keeps the end of what is written to it.
type tail struct {
	mutex sync.Mutex
	text  []byte
}

var _ io.Writer = (*tail)(nil)

// Write never fails.
func (t *tail) Write(text []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.text = append(t.text, text...)
	if more := len(t.text) - mostSaid; more > 0 {
		t.text = append([]byte(nil), t.text[more:]...)
	}
	return len(text), nil
}

// String is the end, on one line.
func (t *tail) String() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(t.text), "")), " ")
}
