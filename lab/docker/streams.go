package docker

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/client"
)

// streams are the attached ends of a container.
type streams struct {
	conn client.HijackedResponse
	// out is what the agent writes to its standard output.
	out *io.PipeReader
	// stderr is the beginning of what it wrote to its standard error.
	stderr *headBuffer

	copying sync.WaitGroup
}

// attach must come before the start, or the agent's first words are lost.
func attach(ctx context.Context, from engine, id string) (*streams, error) {
	attached, err := from.ContainerAttach(ctx, id, client.ContainerAttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
	if err != nil {
		return nil, fmt.Errorf("attach: %w", err)
	}
	out, into := io.Pipe()
	s := &streams{conn: attached.HijackedResponse, out: out, stderr: &headBuffer{}}
	s.copying.Go(func() {
		_, err := stdcopy.StdCopy(into, s.stderr, s.conn.Reader)
		into.CloseWithError(err) // nil is io.EOF
	})
	return s, nil
}

// Write is the agent's standard input.
func (s *streams) Write(p []byte) (int, error) { return s.conn.Conn.Write(p) }

// disconnect ends the agent's standard input, by which it ends itself, and stops
// listening. Twice is fine.
func (s *streams) disconnect() {
	_ = s.conn.CloseWrite() // of use only if the connection still stands
	s.conn.Close()
	_ = s.out.Close() // never fails
}

// headBuffer keeps the beginning of what is written to it: a crash says in its first
// line what happened.
type headBuffer struct {
	mutex sync.Mutex
	text  []byte
}

// headSize is as much of it as still reads well in an error.
const headSize = 1 << 10

func (f *headBuffer) Write(p []byte) (int, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.text = append(f.text, p[:min(len(p), headSize-len(f.text))]...)
	return len(p), nil
}

func (f *headBuffer) String() string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return strings.TrimSpace(string(f.text))
}
