package hunt

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/internal/index"
)

// TestPartsStayFew adds events by ones, by hundreds, and mixed, and counts how often one
// was indexed.
func TestPartsStayFew(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 1))
	for name, next := range map[string]func() int{
		"one by one": func() int { return 1 }, "by tens": func() int { return 17 }, "by hundreds": func() int { return 300 },
		"mixed": func() int { return 1 + chance.IntN(4)*chance.IntN(150) },
	} {
		s := New(Options{})
		for range 700 {
			s.Add(make([]Record, next()))
		}
		now := s.current.Load()
		assert.LessOrEqual(t, len(now.parts), 4*manyParts, name)
		n := 0
		for _, p := range now.parts {
			assert.Equal(t, n, p.first, name)
			assert.LessOrEqual(t, p.Len(), index.MaxEvents)
			n += p.Len()
		}
		assert.Equal(t, s.Len(), n)
	}
	s := New(Options{})
	s.Add(make([]Record, index.MaxEvents+7))
	assert.Len(t, s.current.Load().parts, 2)
}

func timeOf(second int64) time.Time { return time.Unix(second, 0) }

func TestALateEventIsReleasedWithThoseBeforeIt(t *testing.T) {
	t.Parallel()
	s := New(Options{})
	at := func(second int64) Record { return Record{Event: event.Event{Time: timeOf(second)}} }
	for i := range int64(40) {
		late := int64(0)
		if i == 35 {
			late = 30
		}
		s.Add([]Record{at(10 + i - late)})
	}
	assert.Equal(t, 0, s.Released(timeOf(9)))
	assert.Equal(t, 6, s.Released(timeOf(15)))
	assert.Equal(t, 36, s.Released(timeOf(44)), "the late one comes with that before it")
	assert.Equal(t, 37, s.Released(timeOf(46)))
	assert.Equal(t, 40, s.Released(timeOf(1000)))
}
