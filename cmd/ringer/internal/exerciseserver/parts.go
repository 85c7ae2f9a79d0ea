package exerciseserver

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// pair is a name with a value, as many lists have them. To is where it leads.
type pair struct {
	Name, Value, To string
	Chosen          bool
}

// formView is what every form has: the token against forged ones, and the key by which
// the same form sent twice is one.
type formView struct{ Form, Key string }

func (v *visit) form() formView { return formView{access.FormToken(v.secret), access.NewToken()} }

// key is by what an entry of this form is known, sent once or twice.
func (v *visit) key(who access.Identity) string {
	given := v.r.PostForm.Get("key")
	if len(given) > 64 || given == "" {
		given = access.Digest(given)
	}
	if who.Role == access.Instructor {
		return exercise.ScopedKey("", "instructor", given)
	}
	return exercise.ScopedKey(who.Team, who.Member, given)
}

// clockView is the exercise's clock in the head of every page.
type clockView struct {
	Exercise      string
	Virtual, Wall time.Time
	Pace          float64
	Running       bool
	State         string
	Released      string
	Events        string // where changes are told
	Note          string // what the instructor told last
	Telemetry     bool
	Ended         bool
}

// fillIn sets what every page has: the clock and the name, for who has joined.
func (v *visit) fillIn(p *page) {
	if v.who.Role == access.Nobody {
		return
	}
	s := v.server
	p.Who = s.nameOf(v.who)
	since := "?since=" + strconv.FormatInt(s.room.State().Applied(), 10)
	clock := s.room.State().Clock()
	p.Clock = &clockView{
		Exercise: s.room.Definition().Title, Virtual: s.room.Virtual(), Wall: s.options.Now(), Pace: clock.Pace, Running: clock.Running,
		State: s.clockState(), Released: s.released(), Events: "/live" + since,
		Telemetry: len(s.room.Definition().Purchases) > 0, Ended: clock.Ended,
	}
	if all := s.room.State().Notes(); len(all) > 0 {
		p.Clock.Note = all[len(all)-1].Text
	}
	if v.who.Role == access.Instructor {
		p.Clock.Events = "/instructor/live" + since + "&refused=" + strconv.FormatInt(s.counts.Total(), 10)
	}
}

// clockState says how the clock stands.
func (s *Server) clockState() string {
	clock := s.room.State().Clock()
	switch {
	case clock.Ended:
		return text("clock.ended")
	case !clock.Started:
		return text("clock.waiting")
	case s.room.State().TimeOver(s.options.Now()):
		return text("clock.over")
	case !clock.Running:
		return text("clock.paused")
	}
	return text("clock.running", trimmed(clock.Pace))
}

func (s *Server) released() string { return counted("clock.events", s.room.Released()) }

// noteView is what the instructor told all.
type noteView struct {
	At   time.Time
	Text string
}

// notes are the instructor's, the newest first.
func (s *Server) notes() []noteView {
	var out []noteView
	entries := s.room.State().Notes()
	for i := len(entries) - 1; i >= 0; i-- {
		out = append(out, noteView{entries[i].At, entries[i].Text})
	}
	return out
}

// reason is what a person reads of an entry that was refused.
func reason(err error) string {
	if errors.Is(err, exercise.ErrEnded) {
		return text("refused.ended")
	}
	said := err.Error()
	if _, rest, ok := strings.Cut(said, room.ErrRefused.Error()+": "); ok {
		said = rest
	}
	return text("refused.because", said)
}

// parseTime reads a time as people write it; what names no zone is UTC.
func parseTime(given string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339Nano, "2006-01-02"} {
		if at, err := time.Parse(layout, given); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}
