package exerciseserver

import (
	"net/http"
	"runtime"
	"strconv"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// controlView is what the instructor's first page is given.
type controlView struct {
	formView
	ClockState                            string
	Buttons                               []pair
	Pace                                  string
	PaceForm, JumpForm, EndForm, NoteForm formView
	Notes                                 []noteView
	Rows                                  []boardRow
	Refused, Stream                       []pair
}

// refusalTexts are the reasons as the instructor reads them.
var refusalTexts = map[access.Refusal]string{
	access.UnknownLink: "refusal.unknown_link", access.SpentLink: "refusal.spent_link", access.UnknownSession: "refusal.unknown_session",
	access.TooMany: "refusal.too_many", access.OtherSite: "refusal.other_site", access.WrongForm: "refusal.wrong_form",
	access.OtherHost: "refusal.other_host", access.NotAllowed: "refusal.not_allowed",
}

func (s *Server) controlPage(v *visit, _ instructor) { s.showControl(v, http.StatusOK, "") }

func (s *Server) showControl(v *visit, status int, wrong string) {
	clock := s.room.State().Clock()
	view := controlView{
		formView: v.form(), ClockState: s.clockState(), Pace: trimmed(clock.Pace),
		PaceForm: v.form(), JumpForm: v.form(), EndForm: v.form(), NoteForm: v.form(),
		Notes: s.notes(), Rows: rowsOf(s.room.Board(0), ""),
	}
	for _, button := range []struct {
		name string
		can  bool
	}{{"start", !clock.Started && !clock.Ended}, {"pause", clock.Running}, {"resume", clock.Started && !clock.Running && !clock.Ended}, {"step", clock.Started && !clock.Ended}} {
		if button.can {
			view.Buttons = append(view.Buttons, pair{Name: button.name, Value: text("control." + button.name)})
		}
	}
	for _, why := range access.Refusals() {
		view.Refused = append(view.Refused, pair{Name: text(refusalTexts[why]), Value: grouped(strconv.FormatInt(s.counts.Of(why), 10))})
	}
	view.Stream = []pair{
		{Name: text("stream.events"), Value: grouped(strconv.Itoa(s.options.Events.Len()))},
		{Name: text("stream.released"), Value: grouped(strconv.Itoa(s.room.Released()))},
		{Name: text("stream.pages"), Value: grouped(strconv.Itoa(s.open.count()))},
		{Name: text("stream.entries"), Value: grouped(strconv.FormatInt(s.room.State().Applied(), 10))},
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	view.Stream = append(view.Stream, pair{Name: text("stream.memory"), Value: text("stream.megabytes", grouped(strconv.FormatUint(memory.Sys>>20, 10)))})
	if s.options.Counts != nil {
		counts := s.options.Counts()
		for _, counted := range []struct {
			key string
			n   int
		}{{"stream.total", counts.Total}, {"stream.performed", counts.Performed}, {"stream.ordinary", counts.Ordinary}, {"stream.repeated", counts.Repeated}} {
			view.Stream = append(view.Stream, pair{Name: text(counted.key), Value: grouped(strconv.Itoa(counted.n))})
		}
	}
	v.show(status, page{Name: "control", Title: text("control.title"), Done: v.done("clock", "note", "ended"), Wrong: wrong, Data: view})
}

// setClock starts, holds, moves or ends the exercise.
func (s *Server) setClock(v *visit, _ instructor) {
	entry, wrong := s.clockEntry(v)
	if wrong != "" {
		s.showControl(v, http.StatusUnprocessableEntity, wrong)
		return
	}
	entry.Key = v.key(v.who)
	_, err := s.room.Enter(v.r.Context(), entry)
	if v.refused(err, func(wrong string) { s.showControl(v, http.StatusUnprocessableEntity, wrong) }) {
		return
	}
	done := "clock"
	if entry.Kind == exercise.End {
		done = "ended"
	}
	v.goTo("/instructor?done=" + done)
}

// clockEntry is what the form asks for, or why that cannot be.
func (s *Server) clockEntry(v *visit) (entry exercise.Entry, wrong string) {
	switch v.field("do") {
	case "start":
		return s.room.Begin(""), ""
	case "pause":
		return exercise.Entry{Kind: exercise.Pause}, ""
	case "resume":
		return exercise.Entry{Kind: exercise.Resume}, ""
	case "step":
		to, ok := s.room.Next()
		if !ok {
			return entry, text("control.no_next")
		}
		return exercise.Entry{Kind: exercise.Step, To: to}, ""
	case "jump":
		to, ok := parseTime(v.field("to"))
		if !ok {
			return entry, text("hunt.wrong_time", text("control.jump_to"))
		}
		if !to.After(s.room.Virtual()) {
			return entry, text("control.no_way_back")
		}
		return exercise.Entry{Kind: exercise.Jump, To: to}, ""
	case "pace":
		pace, err := strconv.ParseFloat(v.field("pace"), 64)
		if err != nil || !exercise.ValidPace(pace) {
			return entry, text("control.wrong_pace", trimmed(exercise.MinPace), trimmed(exercise.MaxPace))
		}
		return exercise.Entry{Kind: exercise.SetPace, Pace: pace}, ""
	case "end":
		if v.field("sure") != "yes" {
			return entry, text("control.not_sure")
		}
		return exercise.Entry{Kind: exercise.End}, ""
	}
	return entry, text("error.400")
}

// sendNote tells all trainees something.
func (s *Server) sendNote(v *visit, _ instructor) {
	_, err := s.room.Enter(v.r.Context(), exercise.Entry{Kind: exercise.Note, Key: v.key(v.who), Text: v.field("text")})
	if v.refused(err, func(wrong string) { s.showControl(v, http.StatusUnprocessableEntity, wrong) }) {
		return
	}
	v.goTo("/instructor?done=note")
}
