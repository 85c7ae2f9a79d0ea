package agent

import (
	"bufio"
	"io"
	"os"
)

// feeder gives a process its standard input.
type feeder struct {
	end     *os.File // the process's
	written chan struct{}
}

// feed writes while the process reads: what it is given may be more than a pipe
// holds.
func feed(input []byte) (*feeder, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	f := &feeder{end: read, written: make(chan struct{})}
	go func() {
		defer close(f.written)
		defer write.Close()
		_, _ = write.Write(input) // one that ends before it has read says why itself
	}()
	return f, nil
}

// close gives up on what was not read.
func (f *feeder) close() {
	_ = f.end.Close()
	<-f.written
}

// The most that is kept of what a step's processes say.
const (
	mostLines = 100
	mostSaid  = 64 << 10
)

// collector gathers a tree's standard error.
type collector struct {
	end  *os.File // the processes'
	said chan []string
}

func collect() (*collector, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c := &collector{end: write, said: make(chan []string, 1)}
	go func() {
		defer read.Close()
		var said []string
		lines := bufio.NewScanner(io.LimitReader(read, mostSaid))
		for lines.Scan() && len(said) < mostLines {
			said = append(said, lines.Text())
		}
		c.said <- said
		_, _ = io.Copy(io.Discard, read) // nobody shall be killed for talking on
	}()
	return c, nil
}

// lines gives what was said, once all that could speak have ended.
func (c *collector) lines() []string {
	_ = c.end.Close()
	return <-c.said
}
