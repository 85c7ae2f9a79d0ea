package jetstream

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"github.com/ringer-lab/ringer/emulation/farm"
)

// The names of what a farm has in the queue.
const (
	shardStream   = "SHARDS"
	shardSubject  = "farm.shard." // and a key
	finishStream  = "FINISHED"
	finishSubject = "farm.finished." // and a key
	aliveSubject  = "farm.alive"
	statusSubject = "farm.status"
	workers       = "workers" // the consumer of shards
	coordinator   = "coordinator"
	jobBucket     = "jobs"
	uploadBucket  = "uploads"
)

// idle is how long an end waits for a message before it looks around.
const idle = time.Second

// Server is a farm's queue, embedded.
type Server struct {
	nats *server.Server
	conn *nats.Conn
	js   jetstream.JetStream
	// shards is what workers are given, finished what they handed in.
	shards, finished jetstream.Stream
	inbox            jetstream.Consumer
	// jobs are what shards are of, uploads the recordings of what was handed in.
	jobs, uploads jetstream.ObjectStore
	// Invitation lets workers join.
	Invitation Invitation

	board *board
	// awaited is whether workers of an earlier server may be on their way back.
	awaited bool
}

var _ farm.Queue = (*Server)(nil)

// Options are those of a server.
type Options struct {
	// Listen is HOST:PORT; port 0 is one that is free.
	Listen string
	// Folder keeps the queue and what workers know the server by, so that they find their
	// way back to one that was started again.
	Folder string
	// Lease is how long a worker may be silent before another is given its shard.
	Lease time.Duration
	// Now is the clock.
	Now func() time.Time
}

// Serve starts a queue, or goes on with that in the folder. It fails if the address is
// taken, or the folder cannot be used. Close ends it.
func Serve(ctx context.Context, options Options) (*Server, error) {
	s, err := start(options)
	if err != nil {
		return nil, fmt.Errorf("serve farm: %w", err)
	}
	if err := s.open(ctx, options.Lease); err != nil {
		s.Close()
		return nil, fmt.Errorf("serve farm: %w", err)
	}
	return s, nil
}

// start starts the server and connects to it in process.
func start(options Options) (*Server, error) {
	if err := os.MkdirAll(options.Folder, 0o700); err != nil {
		return nil, err
	}
	known, err := keptIdentity(options.Folder, options.Now())
	if err != nil {
		return nil, err
	}
	own, err := nkeys.CreateUser()
	if err != nil {
		return nil, err
	}
	settings, err := settings(options, known, own)
	if err != nil {
		return nil, err
	}
	s := &Server{awaited: known.known}
	if s.nats, err = server.NewServer(settings); err != nil {
		return nil, err
	}
	s.nats.Start()
	if !s.nats.ReadyForConnections(10 * time.Second) {
		s.Close()
		return nil, fmt.Errorf("%s cannot be listened at", options.Listen)
	}
	public, err := own.PublicKey()
	if err == nil {
		s.conn, err = nats.Connect("", nats.InProcessServer(s.nats), nats.Nkey(public, own.Sign), nats.Name(coordinator))
	}
	if err == nil {
		s.js, err = jetstream.New(s.conn)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	s.Invitation = Invitation{Server: s.nats.Addr().String(), Certificate: known.fingerprint(), Seed: string(known.seed)}
	return s, nil
}

// maxPayload bounds one message; jobs and recordings are many.
const maxPayload = 1 << 20

// settings are those of the embedded server: everything is on disk before it is
// acknowledged, and a worker may do what [workerPermissions] says.
func settings(options Options, known identity, own nkeys.KeyPair) (*server.Options, error) {
	host, portText, err := net.SplitHostPort(options.Listen)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("the port of %s must be a number from 0 to 65535", options.Listen)
	}
	out := &server.Options{
		ServerName: "ringer-farm", Host: host, Port: int(port), NoLog: true, NoSigs: true, MaxPayload: maxPayload,
		JetStream: true, StoreDir: filepath.Join(options.Folder, queueFolder), SyncAlways: true,
		TLS: true, TLSTimeout: 10, TLSHandshakeFirst: true,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{known.certificate}, MinVersion: tls.VersionTLS13},
	}
	if port == 0 {
		out.Port = server.RANDOM_PORT
	}
	for key, permissions := range map[nkeys.KeyPair]*server.Permissions{own: nil, known.worker: workerPermissions()} {
		public, err := key.PublicKey()
		if err != nil {
			return nil, err
		}
		out.Nkeys = append(out.Nkeys, &server.NkeyUser{Nkey: public, Permissions: permissions})
	}
	return out, nil
}

// workerPermissions let a worker take shards, read jobs, hand recordings in and ask for
// the status. It can neither offer a shard nor remove one.
func workerPermissions() *server.Permissions {
	const api = "$JS.API."
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			aliveSubject, statusSubject, finishSubject + "*",
			api + "CONSUMER.INFO." + shardStream + "." + workers,
			api + "CONSUMER.MSG.NEXT." + shardStream + "." + workers,
			"$JS.ACK." + shardStream + "." + workers + ".>",
			// The client library reads an object by a consumer of its own.
			api + "STREAM.INFO.OBJ_" + jobBucket, api + "DIRECT.GET.OBJ_" + jobBucket + ".>",
			api + "CONSUMER.CREATE.OBJ_" + jobBucket + ".>", api + "CONSUMER.DELETE.OBJ_" + jobBucket + ".>", "$JS.FC.OBJ_" + jobBucket + ".>",
			// It looks for an object of that name before it writes one.
			api + "STREAM.INFO.OBJ_" + uploadBucket, api + "DIRECT.GET.OBJ_" + uploadBucket + ".>",
			"$O." + uploadBucket + ".C.>", "$O." + uploadBucket + ".M.>",
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX.>"}},
	}
}

// open makes what the farm has in the queue, or finds it there.
func (s *Server) open(ctx context.Context, lease time.Duration) error {
	var err error
	if s.shards, err = s.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: shardStream, Subjects: []string{shardSubject + "*"}, Retention: jetstream.WorkQueuePolicy, MaxMsgsPerSubject: 1,
	}); err != nil {
		return err
	}
	if _, err = s.shards.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: workers, AckPolicy: jetstream.AckExplicitPolicy, AckWait: lease, MaxDeliver: -1, MaxAckPending: -1,
	}); err != nil {
		return err
	}
	if s.finished, err = s.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: finishStream, Subjects: []string{finishSubject + "*"}, Retention: jetstream.WorkQueuePolicy,
	}); err != nil {
		return err
	}
	// An earlier coordinator's deliveries come again at once: it is gone.
	if err = s.finished.DeleteConsumer(ctx, coordinator); err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return err
	}
	if s.inbox, err = s.finished.CreateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: coordinator, AckPolicy: jetstream.AckExplicitPolicy, AckWait: time.Minute, MaxDeliver: -1, MaxAckPending: -1,
	}); err != nil {
		return err
	}
	if s.jobs, err = s.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: jobBucket}); err != nil {
		return err
	}
	s.uploads, err = s.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: uploadBucket})
	return err
}

// Close ends the queue; what is in its folder stays.
func (s *Server) Close() {
	if s.conn != nil {
		s.conn.Close()
	}
	if s.nats != nil {
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
	}
}

// PutJob keeps the sources of a job under a name, where workers read them. It fails if
// they cannot be written.
func (s *Server) PutJob(ctx context.Context, name string, job []byte) error {
	if _, err := s.jobs.PutBytes(ctx, name, job); err != nil {
		return fmt.Errorf("put job: %w", err)
	}
	return nil
}

// Queued returns the keys in either stream. It fails if they cannot be asked.
func (s *Server) Queued(ctx context.Context) (map[string]bool, error) {
	keys := map[string]bool{}
	for prefix, stream := range map[string]jetstream.Stream{shardSubject: s.shards, finishSubject: s.finished} {
		about, err := stream.Info(ctx, jetstream.WithSubjectFilter(prefix+"*"))
		if err != nil {
			return nil, err
		}
		for subject := range about.State.Subjects {
			keys[strings.TrimPrefix(subject, prefix)] = true
		}
	}
	return keys, nil
}

// Offer puts a shard on the disk of the queue. It fails if it is not there.
func (s *Server) Offer(ctx context.Context, shard farm.Shard) error {
	text, err := json.Marshal(shard)
	if err != nil {
		return err
	}
	_, err = s.js.Publish(ctx, shardSubject+shard.Key, text)
	return err
}

// Next returns the next that was handed in; nil if nothing came within a second. It fails
// if the queue cannot be asked, or ctx ends.
func (s *Server) Next(ctx context.Context) (farm.Delivery, error) {
	message, err := next(ctx, s.inbox)
	if message == nil || err != nil {
		return nil, err
	}
	var told finishedMessage
	if err := json.Unmarshal(message.Data(), &told); err != nil {
		told.Error = "the worker's message cannot be read"
	}
	told.Key = strings.TrimPrefix(message.Subject(), finishSubject)
	return &delivery{message: message, told: told, uploads: s.uploads}, nil
}

// next waits for one message of a consumer; nil if there was none.
func next(ctx context.Context, of jetstream.Consumer) (jetstream.Msg, error) {
	batch, err := of.Fetch(1, jetstream.FetchMaxWait(idle))
	if err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case message, ok := <-batch.Messages():
		if ok {
			return message, nil
		}
	}
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) {
		return nil, err
	}
	return nil, nil
}

// finishedMessage is what a worker says of a shard, and where its recording is.
type finishedMessage struct {
	farm.Finished
	Object string `json:"object,omitempty"`
}
