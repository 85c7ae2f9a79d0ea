package stream

import (
	"math/rand/v2"
	"time"
)

// Every group has an hour of its own at which it comes each day, and comes some minutes
// earlier or later. Most hours are those in which people work; the first and last are in
// whole hours.
const (
	workBegins, workEnds = 6, 20
	atWork               = 0.75
	dailyJitter          = 40 * time.Minute
)

// beginDay begins the ordinary events of the next day.
func (s *Stream) beginDay() {
	day := s.day
	s.day = day.Add(24 * time.Hour)
	number := uint64(day.Unix() / (24 * 60 * 60))
	for _, g := range s.groups {
		for pass := range s.options.PerDay {
			begin := s.home(g, pass) + s.jitter(g, pass, number)
			last := g.records[len(g.records)-1].Event.Time.Sub(g.records[0].Event.Time)
			begin = max(0, min(begin, 24*time.Hour-last-time.Second))
			// Fields have times in milliseconds: they move as the event does.
			shift := day.Add(begin).Sub(g.records[0].Event.Time).Truncate(time.Millisecond)
			u := &underway{
				records: g.records, shift: shift, repeated: g.repeated,
				numbers: s.machine(&g.records[0].Record).renumber(),
			}
			g.repeated++
			s.begin(u)
		}
	}
}

// home is the time of day at which a group comes in that pass.
func (s *Stream) home(g *group, pass int) time.Duration {
	random := rand.New(rand.NewPCG(s.options.Seed^g.name, uint64(pass)))
	if random.Float64() > atWork {
		return time.Duration(random.Int64N(int64(24 * time.Hour)))
	}
	// The sum of two is more often in the middle of the day.
	hours := workBegins + (workEnds-workBegins)*(random.Float64()+random.Float64())/2
	return time.Duration(hours * float64(time.Hour))
}

func (s *Stream) jitter(g *group, pass int, day uint64) time.Duration {
	random := rand.New(rand.NewPCG(s.options.Seed^g.name^uint64(pass)<<48, day+1))
	return time.Duration(random.Int64N(int64(2*dailyJitter))) - dailyJitter
}
