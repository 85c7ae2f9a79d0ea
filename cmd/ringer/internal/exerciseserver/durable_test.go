package exerciseserver

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

func (l *memoryLog) count(kind exercise.Kind) int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	n := 0
	for _, e := range l.entries {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func TestAFindingThatIsSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	form := url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepOne), "key": {"the same"}}
	var sent sync.WaitGroup
	for range 6 {
		sent.Go(func() { assert.Equal(t, http.StatusSeeOther, all.ann.post("/finding", form).status) })
	}
	sent.Wait()
	assert.Equal(t, 1, s.log.count(exercise.HandedIn))
	assert.Equal(t, http.StatusSeeOther, all.bob.post("/finding", form).status)
	assert.Equal(t, 2, s.log.count(exercise.HandedIn), "another's key is another")
	require.Equal(t, 303, all.instructor.post("/instructor/clock", url.Values{"do": {"end"}, "sure": {"yes"}}).status)
	assert.Equal(t, http.StatusSeeOther, all.ann.post("/finding", form).status, "what was taken before the end is acknowledged again")
	form.Set("key", "another")
	late := all.ann.post("/finding", form)
	assert.Equal(t, http.StatusUnprocessableEntity, late.status)
	assert.Contains(t, late.body, "has ended")
}

func TestWhatIsNotInTheLogIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	s.log.mutex.Lock()
	s.log.broken = true
	s.log.mutex.Unlock()
	form := url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepOne), "key": {"k"}}
	got := all.ann.post("/finding", form)
	assert.Equal(t, http.StatusInternalServerError, got.status)
	lacks(t, all.ann.get("/findings").body, "Finding ", "the page of findings")
	s.log.mutex.Lock()
	s.log.broken = false
	s.log.mutex.Unlock()
	assert.Equal(t, http.StatusSeeOther, all.ann.post("/finding", form).status)
	assert.Equal(t, 1, s.log.count(exercise.HandedIn))
}

// A server that is started again of the same log knows the same people, scores and time;
// an open page's form can still be sent.
func TestAServerStartedAgainGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	log := &memoryLog{}
	s := openSite(t, log)
	all := s.people()
	require.Equal(t, http.StatusSeeOther, all.instructor.post("/instructor/clock", url.Values{"do": {"start"}}).status)
	s.passing(30 * time.Second)
	require.Equal(t, http.StatusSeeOther, all.ann.post("/finding", url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepOne), "technique": {"T1505.003"}}).status)
	require.Equal(t, http.StatusSeeOther, all.ann.post("/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}).status)
	open := all.ann.get("/finding").body
	board, at := s.server.room.Board(0), s.server.room.Virtual()

	log.mutex.Lock()
	kept := &memoryLog{entries: append([]exercise.Entry(nil), log.entries...)}
	log.mutex.Unlock()
	again := openSite(t, kept)
	after := again.server.room.Board(0)
	after.Through = board.Through
	assert.Equal(t, board, after)
	assert.Equal(t, at, again.server.room.Virtual(), "the time between does not count")
	ann := again.browser()
	ann.token = all.ann.token
	assert.Contains(t, ann.get("/findings").body, "T1505.003")
	form := url.Values{"do": {"save"}, "form": {hiddenLast(open, "form")}, "key": {hiddenLast(open, "key")}}
	assert.Equal(t, http.StatusSeeOther, ann.send(http.MethodPost, "/finding", form).status)
	assert.Contains(t, ann.get("/findings").body, "Saved")
}

// hiddenLast is what the form of a finding brings along.
func hiddenLast(body, name string) string {
	_, form, _ := strings.Cut(body, `action="/finding"`)
	for _, found := range hidden.FindAllStringSubmatch(form, -1) {
		if found[1] == name {
			return found[2]
		}
	}
	return ""
}

func TestRulesAndHintsAreScoredWithTheirFormula(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	for _, rule := range []string{"title: schtasks", "title: schtasks and svchost"} {
		require.Equal(t, http.StatusSeeOther, all.ann.post("/rules", url.Values{"do": {"hand-in"}, "rule": {rule}}).status)
	}
	require.Eventually(t, func() bool { return strings.Contains(all.ann.get("/score").body, "7 alarms") }, 10*time.Second, 10*time.Millisecond)
	for range 2 {
		require.Equal(t, http.StatusSeeOther, all.ann.post("/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}).status)
	}
	require.Equal(t, http.StatusSeeOther, all.bob.post("/finding", url.Values{"do": {"hand-in"}, "event": {s.ordinaryEvent()}}).status)
	board := s.server.room.Board(0)
	require.Len(t, board.Rows, 2)
	assert.Equal(t, []int{40 - 4 - 5, -5}, []int{board.Rows[0].Points, board.Rows[1].Points})
	assert.Equal(t, 1, board.Rows[1].FalseAccusations)
	score := all.ann.get("/score").body
	assert.Contains(t, score, "silence (0 alarms on ordinary days) 0.5 × 1")
	assert.Contains(t, score, "charged once")
	assert.Contains(t, all.ann.get("/rules").body, "2 of 2 variants")
	assert.Contains(t, all.ann.get("/").body, "hushed-hint")
	assert.Contains(t, all.bob.get("/score").body, "false accusation")
}

// ordinaryEvent is an event of an ordinary day.
func (s *site) ordinaryEvent() string {
	s.t.Helper()
	id, ok := s.store.IDOf("campaign", "ops02-0")
	require.True(s.t, ok)
	return id
}

func TestAFrozenBoardIsAViewAndChangesNoScore(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	require.Equal(t, http.StatusSeeOther, all.instructor.post("/instructor/freeze", url.Values{"do": {"freeze"}}).status)
	require.Equal(t, http.StatusSeeOther, all.ann.post("/finding", url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepOne), "technique": {"T1505.003"}, "host": {"EX01"}}).status)
	points := s.server.room.Board(0).Rows[0].Points
	require.Positive(t, points)
	assert.Contains(t, all.bob.get("/board").body, "frozen")
	lacks(t, all.bob.get("/board").body, "<b>"+itoa(int64(points))+"</b>", "the frozen board")
	assert.Contains(t, all.instructor.get("/instructor/board").body, "<b>"+itoa(int64(points))+"</b>")
	assert.Contains(t, all.ann.get("/score").body, "<b>"+itoa(int64(points))+"</b>", "the own score goes on")
	again := openSite(t, &memoryLog{entries: append([]exercise.Entry(nil), s.log.entries...)})
	assert.Equal(t, s.server.room.Frozen(), again.server.room.Frozen(), "also by a server started again")
	require.Equal(t, http.StatusSeeOther, all.instructor.post("/instructor/freeze", url.Values{"do": {"thaw"}}).status)
	assert.Contains(t, all.bob.get("/board").body, "<b>"+itoa(int64(points))+"</b>")
}

func TestTheInstructorHoldsTheClock(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	assert.Contains(t, all.ann.get("/hunt").body, "0 of 0 released")
	clock := func(form url.Values, want int) {
		t.Helper()
		got := all.instructor.post("/instructor/clock", form)
		assert.Equal(t, want, got.status, form.Encode())
	}
	clock(url.Values{"do": {"start"}}, 303)
	s.passing(2 * time.Second)
	assert.Equal(t, virtualStart.Add(2*time.Minute), s.server.room.Virtual())
	clock(url.Values{"do": {"pause"}}, 303)
	s.passing(time.Hour)
	assert.Equal(t, virtualStart.Add(2*time.Minute), s.server.room.Virtual())
	clock(url.Values{"do": {"step"}}, 303)
	assert.Equal(t, virtualStart.Add(6*time.Minute), s.server.room.Virtual(), "to the end of the next step")
	clock(url.Values{"do": {"jump"}, "to": {"2021-06-01 08:20"}}, 303)
	assert.Equal(t, virtualStart.Add(20*time.Minute), s.server.room.Virtual())
	clock(url.Values{"do": {"jump"}, "to": {"2021-06-01 08:10"}}, 422)
	clock(url.Values{"do": {"jump"}, "to": {"yesterday"}}, 422)
	clock(url.Values{"do": {"step"}}, 422)
	for _, pace := range []string{"0", "-1", "NaN", "1e99", "fast"} {
		clock(url.Values{"do": {"pace"}, "pace": {pace}}, 422)
	}
	clock(url.Values{"do": {"pace"}, "pace": {"120"}}, 303)
	clock(url.Values{"do": {"resume"}}, 303)
	s.passing(time.Second)
	assert.Equal(t, virtualStart.Add(22*time.Minute), s.server.room.Virtual())
	clock(url.Values{"do": {"end"}}, 422)
	clock(url.Values{"do": {"nonsense"}}, 422)
	assert.False(t, s.server.room.State().Clock().Ended)
	clock(url.Values{"do": {"end"}, "sure": {"yes"}}, 303)
	assert.True(t, s.server.room.State().Clock().Ended)
}
