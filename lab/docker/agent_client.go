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

// replyTimeout is how long an agent may send nothing at all before its answer.
const replyTimeout = 2 * time.Minute

// errLost says that the agent's side ended on its own.
var errLost = errors.New("lost the connection to the asset")

// agentClient is the runner's side of the wire: one question at a time, and a
// beat that keeps the agent alive.
type agentClient struct {
	conn       *wire.Conn
	disconnect func()
	received   chan wire.Message
	// greeted is closed once the agent has said what it is: nothing is sent before, as
	// it has no code yet.
	greeted chan struct{}
	// lastSeq is the number of the last observation.
	lastSeq uint64

	stop    chan struct{}
	stopped sync.Once
	running sync.WaitGroup
	// ended is closed when nothing more can be heard; err says why.
	ended chan struct{}
	err   error
}

// newAgentClient starts to listen and to beat. disconnect must end both streams.
func newAgentClient(in io.Reader, out io.Writer, hangUp func()) *agentClient {
	c := &agentClient{
		conn:       wire.NewConn(in, out),
		disconnect: hangUp,
		received:   make(chan wire.Message),
		greeted:    make(chan struct{}),
		stop:       make(chan struct{}),
		ended:      make(chan struct{}),
	}
	c.running.Go(c.listen)
	c.running.Go(c.sendPings)
	return c
}

func (c *agentClient) listen() {
	defer close(c.ended)
	for first := true; ; first = false {
		m, err := c.conn.Receive()
		if err != nil {
			c.err = err
			return
		}
		if first {
			close(c.greeted)
		}
		select {
		case c.received <- m:
		case <-c.stop:
			return
		}
	}
}

func (c *agentClient) sendPings() {
	select {
	case <-c.greeted:
	case <-c.stop:
		return
	case <-c.ended:
		return
	}
	tick := time.NewTicker(wire.PingInterval)
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
func (c *agentClient) close() {
	c.stopped.Do(func() { close(c.stop) })
	c.disconnect()
	c.running.Wait()
}

// request sends a question, if there is one, and hands each answer to take until
// that says it was the last. After an error the conversation is over.
func (c *agentClient) request(ctx context.Context, message *wire.Message, handle func(wire.Message) (last bool, err error)) error {
	// Sending blocks where the agent does not read.
	defer context.AfterFunc(ctx, c.disconnect)()
	err := c.exchange(ctx, message, handle)
	if err != nil {
		c.disconnect()
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (c *agentClient) exchange(ctx context.Context, message *wire.Message, handle func(wire.Message) (last bool, err error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if message != nil {
		if err := c.conn.Send(*message); err != nil {
			return fmt.Errorf("%w: %w", errLost, err)
		}
	}
	silence := time.NewTimer(replyTimeout)
	defer silence.Stop()
	for {
		select {
		case m := <-c.received:
			if m.Failure != nil {
				return fmt.Errorf("agent: %s", m.Failure.Error)
			}
			if last, err := handle(m); last || err != nil {
				return err
			}
			silence.Reset(replyTimeout)
		case <-c.ended:
			return fmt.Errorf("%w: %w", errLost, c.err)
		case <-silence.C:
			return fmt.Errorf("the agent sent nothing for %s", replyTimeout)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
