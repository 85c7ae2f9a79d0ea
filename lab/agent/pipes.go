//go:build linux

package agent

import (
	"bufio"
	"io"
	"os"
)

// inputPipe gives a process its standard input.
type inputPipe struct {
	reader  *os.File // the process's
	written chan struct{}
}

// newInputPipe writes while the process reads: what it is given may be more than a pipe
// holds.
func newInputPipe(input []byte) (*inputPipe, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	f := &inputPipe{reader: read, written: make(chan struct{})}
	go func() {
		defer close(f.written)
		defer write.Close()
		_, _ = write.Write(input) // one that ends before it has read says why itself
	}()
	return f, nil
}

// close gives up on what was not read.
func (f *inputPipe) close() {
	_ = f.reader.Close()
	<-f.written
}

// The most that is kept of what a step's processes say.
const (
	maxLines  = 100
	maxOutput = 64 << 10
)

// outputPipe gathers a tree's standard error.
type outputPipe struct {
	writer *os.File // the processes'
	said   chan []string
}

func newOutputPipe() (*outputPipe, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c := &outputPipe{writer: write, said: make(chan []string, 1)}
	go func() {
		defer read.Close()
		var output []string
		lines := bufio.NewScanner(io.LimitReader(read, maxOutput))
		for lines.Scan() && len(output) < maxLines {
			output = append(output, lines.Text())
		}
		c.said <- output
		_, _ = io.Copy(io.Discard, read) // nobody shall be killed for talking on
	}()
	return c, nil
}

// lines gives what was said, once all that could speak have ended.
func (c *outputPipe) lines() []string {
	_ = c.writer.Close()
	return <-c.said
}
