package jetstream

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"github.com/ringer-lab/ringer/emulation/farm"
)

// Client is a worker's end of a queue. It finds its way back to a server that was away.
type Client struct {
	name    string
	conn    *nats.Conn
	js      jetstream.JetStream
	shards  jetstream.Consumer
	jobs    jetstream.ObjectStore
	uploads jetstream.ObjectStore
	patient time.Duration
	now     func() time.Time
}

var _ farm.Work = (*Client)(nil)

// errOtherCertificate says that a server is not that of the invitation.
var errOtherCertificate = errors.New("the server's certificate is not that of the invitation")

// Dial joins a farm under a worker's name. patient is how long the worker goes on looking
// for a server that is away. It fails if no server answers, or another than that of the
// invitation.
func Dial(ctx context.Context, invitation Invitation, name string, patient time.Duration, now func() time.Time) (*Client, error) {
	key, err := nkeys.FromSeed([]byte(invitation.Seed))
	if err != nil {
		return nil, fmt.Errorf("join farm: %w", err)
	}
	public, err := key.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("join farm: %w", err)
	}
	c := &Client{name: name, patient: patient, now: now}
	c.conn, err = nats.Connect("tls://"+invitation.Server, nats.Name(name), nats.Nkey(public, key.Sign),
		nats.Secure(pinned(invitation.Certificate)), nats.TLSHandshakeFirst(),
		nats.MaxReconnects(-1), nats.ReconnectWait(reconnectPause), nats.ReconnectJitter(reconnectPause, reconnectPause), nats.PingInterval(pingInterval), nats.MaxPingsOutstanding(2),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // each call returns its own error
	if err == nil {
		c.js, err = jetstream.New(c.conn)
	}
	if err == nil {
		err = c.open(ctx)
	}
	if err == nil && name != "" { // without a name it only looks
		err = c.tellAlive(aliveMessage{Worker: name})
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("join farm: %w", err)
	}
	return c, nil
}

const (
	reconnectPause = 200 * time.Millisecond
	pingInterval   = 2 * time.Second
)

func (c *Client) open(ctx context.Context) error {
	var err error
	if c.shards, err = c.js.Consumer(ctx, shardStream, workers); err != nil {
		return err
	}
	if c.jobs, err = c.js.ObjectStore(ctx, jobBucket); err != nil {
		return err
	}
	c.uploads, err = c.js.ObjectStore(ctx, uploadBucket)
	return err
}

// pinned accepts the one certificate with that digest: it is signed by nobody.
func pinned(digest string) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, InsecureSkipVerify: true,
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			if len(raw) == 0 || fingerprint(raw[0]) != digest {
				return errOtherCertificate
			}
			return nil
		},
	}
}

// Close leaves the farm, and says so to a server that is there.
func (c *Client) Close() {
	if c.conn == nil {
		return
	}
	if c.name != "" && c.conn.IsConnected() {
		_ = errors.Join(c.tellAlive(aliveMessage{Worker: c.name, Leaves: true}), c.conn.FlushTimeout(ackTime))
	}
	c.conn.Close()
}

// Next returns a shard; nil if there was none within a second. A server that is away is
// waited for; it fails once patience ends, with ErrFarmFinished if there is nothing more,
// or if ctx ends.
func (c *Client) Next(ctx context.Context) (farm.Task, error) {
	status, err := c.awaitStatus(ctx)
	switch {
	case err != nil:
		return nil, err
	case status.Finished:
		return nil, farm.ErrFarmFinished
	}
	message, err := next(ctx, c.shards)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, nil // the status says next whether the server is away
	}
	if message == nil {
		return nil, nil
	}
	t := &task{client: c, message: message}
	if err := json.Unmarshal(message.Data(), &t.shard); err != nil {
		return nil, fmt.Errorf("read shard: %w", err)
	}
	return t, nil
}

// awaitStatus asks for the status until the server answers or patience ends.
func (c *Client) awaitStatus(ctx context.Context) (Status, error) {
	for since := c.now(); ; {
		status, err := c.Status(ctx)
		if err == nil || ctx.Err() != nil {
			return status, err
		}
		if c.now().Sub(since) > c.patient {
			return Status{}, fmt.Errorf("the server has not answered for %s: %w", c.patient, err)
		}
		select {
		case <-ctx.Done():
			return Status{}, context.Cause(ctx)
		case <-time.After(reconnectPause):
		}
	}
}

// Status asks the coordinator how the farm stands. It fails if that does not answer.
func (c *Client) Status(ctx context.Context) (Status, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	answer, err := c.conn.RequestWithContext(ctx, statusSubject, []byte(c.name))
	if err != nil {
		return Status{}, fmt.Errorf("ask for the status: %w", err)
	}
	var status Status
	if err := json.Unmarshal(answer.Data, &status); err != nil {
		return Status{}, fmt.Errorf("read status: %w", err)
	}
	return status, nil
}

// Job reads the sources of a job. It fails if the queue does not have them.
func (c *Client) Job(ctx context.Context, name string) ([]byte, error) {
	return c.jobs.GetBytes(ctx, name)
}

// task is a shard that the worker was given.
type task struct {
	client  *Client
	message jetstream.Msg
	shard   farm.Shard
}

func (t *task) Shard() farm.Shard { return t.shard }

// Extend begins the shard's lease anew, and tells the coordinator who performs it. It
// fails if the connection is closed.
func (t *task) Extend(context.Context) error {
	return errors.Join(t.message.InProgress(), t.client.tellAlive(aliveMessage{Worker: t.client.name, Scenario: t.shard.Scenario, Key: t.shard.Key}))
}

// tellAlive tells the coordinator what the worker performs.
func (c *Client) tellAlive(what aliveMessage) error {
	text, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return c.conn.Publish(aliveSubject, text)
}

// HandIn uploads under a name of its own, so that nothing that was broken off is taken
// for it, and gives the shard back only once the queue has all of it. It fails if the
// queue does not say so, also where the connection is lost meanwhile.
func (t *task) HandIn(ctx context.Context, finished farm.Finished, recording io.Reader) error {
	ctx, cancel := t.client.whileConnected(ctx)
	defer cancel()
	told := finishedMessage{Finished: finished}
	if recording != nil {
		told.Object = t.shard.Key + "." + uuid.NewString()
		if _, err := t.client.uploads.Put(ctx, jetstream.ObjectMeta{Name: told.Object}, recording); err != nil {
			return err
		}
	}
	text, err := json.Marshal(told)
	if err != nil {
		return err
	}
	if _, err := t.client.js.Publish(ctx, finishSubject+t.shard.Key, text); err != nil {
		return err
	}
	// It is handed in, whether or not the queue hears that it need not be given again:
	// one that was lost in between does not answer.
	ctx, cancel = context.WithTimeout(ctx, ackTime)
	defer cancel()
	_ = errors.Join(t.message.DoubleAck(ctx), t.client.tellAlive(aliveMessage{Worker: t.client.name}))
	return nil
}

// ackTime bounds how long a queue is waited for that need not answer.
const ackTime = 2 * time.Second

// handInTime bounds one try to hand a recording in.
const handInTime = 5 * time.Minute

// whileConnected ends when the connection does: what was sent over it may be lost, and
// nobody would say so.
func (c *Client) whileConnected(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, handInTime)
	lost := c.conn.StatusChanged(nats.DISCONNECTED, nats.RECONNECTING, nats.CLOSED)
	if !c.conn.IsConnected() {
		cancel()
	}
	go func() {
		defer c.conn.RemoveStatusListener(lost)
		select {
		case <-lost:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// Return lets another worker have the shard at once. It fails if the queue cannot be told.
func (t *task) Return(context.Context) error {
	if err := t.message.Nak(); err != nil {
		return err
	}
	return t.client.conn.FlushTimeout(time.Second)
}
