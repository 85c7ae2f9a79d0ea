package exerciseserver

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/transport"
	"github.com/ringer-lab/ringer/emulation/hunt"
)

// Options are what the pages are served of.
type Options struct {
	Room *room.Room
	// Events are what trainees search.
	Events *hunt.Store
	// Ready tells whether all events up to now are there; nil is always. Until then every
	// page says that the server is being started.
	Ready func() bool
	// Inject has a step performed now; nil where nothing is performed.
	Inject func(ctx context.Context, step string) error
	// Exports are the documents of a debrief, in the order in which they are offered.
	Exports []Export
	// Counts is how many events there are of which kind; nil where that is not known.
	Counts func() StreamCounts
	Log    zerolog.Logger
	Now    func() time.Time
}

// StreamCounts is how many events an exercise has in all, and how many came so far: of
// steps, of ordinary days as they were recorded, and of their repetitions.
type StreamCounts struct{ Total, Performed, Ordinary, Repeated int }

// Server answers the requests of one exercise.
type Server struct {
	options Options
	room    *room.Room
	address string // where browsers find it
	counts  access.Counts
	limiter *access.Limiter
	open    *slots // pages that are told what happens
	finder  *finder
	asking  *slots // searches and trials of rules
	routes  []route
	mux     *http.ServeMux
	closing chan struct{}
	once    sync.Once
}

// New makes a server of an exercise that browsers find at an address, such as
// https://127.0.0.1:8443.
func New(options Options, address string) *Server {
	s := &Server{
		options: options, room: options.Room, address: address,
		limiter: access.NewLimiter(), open: newSlots(maxOpenOwn, maxOpenPages), finder: newFinder(options.Events), asking: newSlots(maxAsking, maxOpenPages), closing: make(chan struct{}), mux: http.NewServeMux(),
	}
	s.routes = s.table()
	for _, of := range s.routes {
		s.mux.HandleFunc(of.method+" "+of.pattern, s.admit(of))
	}
	return s
}

// Handler answers requests that were made under one of the names, at that port.
func (s *Server) Handler(names []string, port int) http.Handler {
	return transport.Guard(names, port, &s.counts, func(w http.ResponseWriter, r *http.Request, status int) {
		(&visit{server: s, w: w, r: r}).fail(status)
	}, http.HandlerFunc(s.serve))
}

// serve finds the route. Where there is none, the answer is a page as well.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.options.Ready != nil && !s.options.Ready() && !strings.HasPrefix(r.URL.Path, "/static/") {
		v := &visit{server: s, w: w, r: r}
		w.Header().Set("Retry-After", "2")
		if r.Method == http.MethodGet {
			w.Header().Set("Refresh", "2")
		}
		v.show(http.StatusServiceUnavailable, page{Name: "error", Title: text("starting.title"), Data: text("starting")})
		return
	}
	handler, pattern := s.mux.Handler(r)
	if pattern == "" {
		status := recordedStatus(handler, r)
		s.visit(w, r).fail(status)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// recordedStatus is what the router says where no route is meant: 404, 405 or a
// redirect to a cleaner path, which is not followed here.
func recordedStatus(handler http.Handler, r *http.Request) int {
	recorder := &statusRecorder{header: http.Header{}}
	handler.ServeHTTP(recorder, r)
	if recorder.status == http.StatusMethodNotAllowed {
		return recorder.status
	}
	return http.StatusNotFound
}

type statusRecorder struct {
	header http.Header
	status int
}

func (s *statusRecorder) Header() http.Header { return s.header }

// Write never fails: what the router says is not shown.
func (s *statusRecorder) Write(text []byte) (int, error) { return len(text), nil }

func (s *statusRecorder) WriteHeader(status int) { s.status = status }

// Close ends the answers that last: pages that are told what happens.
func (s *Server) Close() { s.once.Do(func() { close(s.closing) }) }
