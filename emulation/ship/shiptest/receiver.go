package shiptest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Faults say how often a receiver fails. The zero value never does.
type Faults struct {
	// Share is which share of requests fails, from 0 to 1.
	Share float64
	// Stall is how long a request waits that is to be given up by the sender; 0 stalls
	// none.
	Stall time.Duration
	// LoseAnswers resets connections also after a batch was taken.
	LoseAnswers bool
	// RetryAfter is what a busy receiver asks for, as it stands in the header.
	RetryAfter string
}

// Receiver is an HTTP server that takes events.
type Receiver struct {
	faults  Faults
	take    func(*Receiver, http.ResponseWriter, *http.Request, []byte) bool
	address string
	server  *http.Server
	end     chan struct{} // closed when the receiver is closed: nothing stalls any longer

	mutex    sync.Mutex
	random   *rand.Rand
	seen     map[string]int
	replays  int
	failed   int
	requests int
	acks     map[string]int64 // the next of each channel
}

// start begins to listen on loopback. It fails if it cannot.
func start(faults Faults, take func(*Receiver, http.ResponseWriter, *http.Request, []byte) bool) (*Receiver, error) {
	r := &Receiver{faults: faults, take: take, end: make(chan struct{}), random: rand.New(rand.NewPCG(1, 2)), seen: map[string]int{}, acks: map[string]int64{}}
	return r, r.listen("127.0.0.1:0")
}

func (r *Receiver) listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	r.address = listener.Addr().String()
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: time.Minute}
	go func(server *http.Server) { _ = server.Serve(listener) }(r.server) // it ends by Close
	return nil
}

// URL is its address.
func (r *Receiver) URL() string { return "http://" + r.address }

// Restart breaks all connections and listens again after that time. It fails if it cannot.
func (r *Receiver) Restart(after time.Duration) error {
	if err := r.server.Close(); err != nil {
		return err
	}
	time.Sleep(after)
	return r.listen(r.address)
}

// Close ends it. It fails if the listener cannot be closed.
func (r *Receiver) Close() error {
	close(r.end)
	return r.server.Close()
}

// Arrived is what arrived: how many different entries, how many of them more than once,
// and how many said that they are replays.
type Arrived struct{ Different, Twice, Replays int }

// Arrived counts what arrived so far.
func (r *Receiver) Arrived() Arrived {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	out := Arrived{Different: len(r.seen), Replays: r.replays}
	for _, times := range r.seen {
		if times > 1 {
			out.Twice++
		}
	}
	return out
}

// Failed is how many of how many requests failed.
func (r *Receiver) Failed() (failed, of int) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.failed, r.requests
}

// chance draws a number from 0 to 1.
func (r *Receiver) chance() float64 {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.random.Float64()
}

// add notes an entry, and reports whether it had arrived before.
func (r *Receiver) add(id string, replay bool) (again bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	again = r.seen[id] > 0
	if !again && replay {
		r.replays++
	}
	r.seen[id]++
	return again
}

// has reports whether an entry has arrived.
func (r *Receiver) has(id string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.seen[id] > 0
}

// ServeHTTP fails some requests and has the others taken.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return
	}
	fails := r.chance() < r.faults.Share
	r.mutex.Lock()
	r.requests++
	if fails {
		r.failed++
	}
	r.mutex.Unlock()
	if !fails {
		r.take(r, w, request, body)
		return
	}
	switch way := r.chance(); {
	case way < 0.05 && r.faults.Stall > 0:
		select {
		case <-time.After(r.faults.Stall):
		case <-request.Context().Done():
		case <-r.end:
		}
		reset(w)
	case way < 0.35:
		reset(w)
	case way < 0.6 && r.faults.LoseAnswers:
		if r.take(r, discard{http.Header{}}, request, body) {
			reset(w)
		}
	case way < 0.8:
		w.Header().Set("Retry-After", r.faults.RetryAfter)
		w.WriteHeader(http.StatusTooManyRequests)
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// reset breaks a connection in the middle of an answer.
func reset(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // it is closed anyway
	}
	_ = conn.Close()
}

// discard is where an answer goes that is lost.
type discard struct{ header http.Header }

func (d discard) Header() http.Header            { return d.header }
func (d discard) Write(text []byte) (int, error) { return len(text), nil }
func (d discard) WriteHeader(int)                {}

func answer(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // whoever does not read it loses it
}

// nextAck numbers the acknowledgments of a channel.
func (r *Receiver) nextAck(channel string) int64 {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.acks[channel]++
	return r.acks[channel] - 1
}

// acked reports whether a channel has given out that number.
func (r *Receiver) acked(channel, number string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	n, err := strconv.ParseInt(number, 10, 64)
	return err == nil && n < r.acks[channel]
}

func unknownPath(path string) string { return fmt.Sprintf("no such path: %s", path) }
