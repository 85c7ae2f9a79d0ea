package exerciseserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
)

// Bounds of pages that are told what happens.
const (
	maxOpenPages = 1500
	maxOpenOwn   = 12 // of one session
	lookEvery    = 500 * time.Millisecond
	tellEvery    = 10 * time.Second // the clock, although nothing changed
	tellWithin   = 10 * time.Second // or the page is given up
)

func (s *Server) liveForTrainee(v *visit, _ trainee) { s.live(v) }

func (s *Server) liveForInstructor(v *visit, _ instructor) { s.live(v) }

// live tells an open page what happens, as server-sent events, until it is closed. What
// it says is what the page may show: that something changed, never what.
func (s *Server) live(v *visit) {
	session := access.Digest(v.secret)
	if !s.open.enter(session) {
		v.w.Header().Set("Retry-After", "10")
		v.fail(http.StatusServiceUnavailable)
		return
	}
	defer s.open.leave(session)
	v.w.Header().Set("Content-Type", "text/event-stream")
	if v.r.Method == http.MethodHead {
		return
	}
	to := &stream{w: v.w, control: http.NewResponseController(v.w), now: s.options.Now}
	changed, stop := s.room.Watch()
	defer stop()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()

	// A page knows all up to an entry: that of its making, or of what it was told last.
	since := max(lastTold(v.r.Header.Get("Last-Event-ID")), lastTold(v.r.URL.Query().Get("since")))
	seen := room.Changes{Clock: since, Notes: since, Board: since, Steps: since}
	refused, last, told := lastTold(v.r.URL.Query().Get("refused")), clockMessage{}, time.Time{}
	for {
		now := s.room.Changes()
		to.id = max(since, now.Clock, now.Notes, now.Board, now.Steps)
		for _, topic := range changedTopics(seen, now) {
			to.send("changed", map[string]string{"what": topic})
		}
		for _, note := range s.room.State().Notes() {
			if note.Number > seen.Notes {
				to.send("note", map[string]string{"text": note.Text})
				now.Notes = max(now.Notes, note.Number)
			}
		}
		seen = now
		if v.who.Role == access.Instructor && s.counts.Total() != refused {
			refused = s.counts.Total()
			to.send("changed", map[string]string{"what": "refused"})
		}
		if message := s.clockMessage(); message.differs(last) || s.options.Now().Sub(told) >= tellEvery {
			to.send("clock", message)
			last, told = message, s.options.Now()
		}
		for waiting := true; waiting; {
			select {
			case <-v.r.Context().Done():
				return
			case <-s.closing:
				return
			case <-changed:
				// The board changes with all that is handed in: pages hear of it with the next tick.
				now := s.room.Changes()
				now.Board = seen.Board
				waiting = now == seen
			case <-tick.C:
				waiting = false
			}
		}
		if to.err != nil || access.OfSession(s.room.State(), v.secret) != v.who {
			return
		}
	}
}

// lastTold is a number that a page gives; 0 where it does not.
func lastTold(given string) int64 {
	number, err := strconv.ParseInt(given, 10, 64)
	if err != nil {
		return 0
	}
	return number
}

// changedTopics are the parts of pages that changed, as they name them.
func changedTopics(before, now room.Changes) []string {
	var out []string
	for _, topic := range []struct {
		name        string
		before, now int64
	}{{"board", before.Board, now.Board}, {"step", before.Steps, now.Steps}, {"clock", before.Clock, now.Clock}} {
		if topic.now > topic.before {
			out = append(out, topic.name)
		}
	}
	return out
}

// clockMessage is the clock as the script of a page reads it.
type clockMessage struct {
	Virtual  time.Time `json:"virtual"`
	Wall     time.Time `json:"wall"`
	Offset   int       `json:"offset"` // of the room's zone, in seconds east of UTC
	Pace     float64   `json:"pace"`
	Running  bool      `json:"running"`
	Started  bool      `json:"started"`
	State    string    `json:"state"`
	Released string    `json:"released"`
}

func (s *Server) clockMessage() clockMessage {
	clock, now := s.room.State().Clock(), s.options.Now()
	_, offset := now.Zone()
	return clockMessage{
		Virtual: s.room.Virtual().UTC(), Wall: now.UTC(), Offset: offset, Pace: clock.Pace, Running: clock.Running, Started: clock.Started,
		State: s.clockState(), Released: s.released(),
	}
}

// differs tells whether a page that runs the clock on by itself would be wrong.
func (m clockMessage) differs(from clockMessage) bool {
	return m.Pace != from.Pace || m.Running != from.Running || m.State != from.State || m.Released != from.Released || !m.Running && !m.Virtual.Equal(from.Virtual)
}

// stream writes server-sent events. After an error nothing more is written.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	now     func() time.Time
	id      int64 // of the last entry that the page knows with what it is told
	err     error
}

// send writes one event. JSON has no line break, so that no text can begin another.
func (s *stream) send(name string, value any) {
	if s.err != nil {
		return
	}
	said, err := json.Marshal(value)
	if err != nil {
		s.err = err
		return
	}
	if s.err = s.control.SetWriteDeadline(s.now().Add(tellWithin)); s.err != nil {
		return
	}
	if _, s.err = fmt.Fprintf(s.w, "id: %d\nevent: %s\ndata: %s\n\n", s.id, name, said); s.err != nil {
		return
	}
	s.err = s.control.Flush()
}
