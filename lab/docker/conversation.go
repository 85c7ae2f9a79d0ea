package docker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/lab/wire"
)

// How long an agent that was asked for something may say nothing at all.
const patience = 2 * time.Minute

// errLost says that the agent's side ended on its own.
var errLost = errors.New("lost the connection to the asset")

// conversation is the runner's side of the wire: one question at a time, and a
// beat that keeps the agent alive.
type conversation struct {
	conn   *wire.Conn
	hangUp func()
	heard  chan wire.Message
	// last is the number of the last observation.
	last uint64

	stop    chan struct{}
	stopped sync.Once
	running sync.WaitGroup
	// ended is closed when nothing more can be heard; err says why.
	ended chan struct{}
	err   error
}

// converse starts to listen and to beat. hangUp must end both streams.
func converse(in io.Reader, out io.Writer, hangUp func()) *conversation {
	c := &conversation{
		conn:   wire.NewConn(in, out),
		hangUp: hangUp,
		heard:  make(chan wire.Message),
		stop:   make(chan struct{}),
		ended:  make(chan struct{}),
	}
	c.running.Go(c.listen)
	c.running.Go(c.beat)
	return c
}

func (c *conversation) listen() {
	defer close(c.ended)
	for {
		m, err := c.conn.Receive()
		if err != nil {
			c.err = err
			return
		}
		select {
		case c.heard <- m:
		case <-c.stop:
			return
		}
	}
}

func (c *conversation) beat() {
	tick := time.NewTicker(wire.Beat)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-c.stop:
			return
		case <-c.ended:
			return
		}
		if err := c.conn.Send(wire.Message{Ping: &wire.Ping{}}); err != nil {
			return // the listener hears of it too, and says so
		}
	}
}

// close hangs up and waits for both to end. Twice is fine.
func (c *conversation) close() {
	c.stopped.Do(func() { close(c.stop) })
	c.hangUp()
	c.running.Wait()
}

// ask sends a question, if there is one, and hands each answer to take until
// that says it was the last. After an error the conversation is over.
func (c *conversation) ask(ctx context.Context, question *wire.Message, take func(wire.Message) (last bool, err error)) error {
	// Sending blocks where the agent does not read.
	defer context.AfterFunc(ctx, c.hangUp)()
	err := c.exchange(ctx, question, take)
	if err != nil {
		c.hangUp()
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (c *conversation) exchange(ctx context.Context, question *wire.Message, take func(wire.Message) (last bool, err error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if question != nil {
		if err := c.conn.Send(*question); err != nil {
			return fmt.Errorf("%w: %w", errLost, err)
		}
	}
	silence := time.NewTimer(patience)
	defer silence.Stop()
	for {
		select {
		case m := <-c.heard:
			if m.Trouble != nil {
				return fmt.Errorf("agent: %s", m.Trouble.Error)
			}
			if last, err := take(m); last || err != nil {
				return err
			}
			silence.Reset(patience)
		case <-c.ended:
			return fmt.Errorf("%w: %w", errLost, c.err)
		case <-silence.C:
			return fmt.Errorf("agent has said nothing for %s", patience)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
