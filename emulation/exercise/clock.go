package exercise

import "time"

// Clock is virtual time as a function of wall time. It is a fold over entries; the zero
// value has not been started. Virtual time never goes back.
type Clock struct {
	// Pace is how many virtual seconds pass in a second while the clock runs.
	Pace float64
	// Running, Started and Ended say how the clock stands.
	Running, Started, Ended bool

	wall    time.Time // since when it stands so
	virtual time.Time // what it showed then
	ran     time.Duration
	last    time.Time // the wall time of the last entry
}

// NewClock returns the clock of an exercise before its start.
func NewClock(pace float64) Clock { return Clock{Pace: pace} }

// Apply returns the clock as an entry leaves it. Entries that are not of the clock
// change nothing, and nor does what makes no sense: to resume what runs, to go back.
func (c Clock) Apply(e Entry) Clock {
	if e.Kind == Restart {
		return c.restarted(e.At)
	}
	if e.At.After(c.last) {
		c.last = e.At
	}
	if c.Ended || !c.Started && e.Kind != Start && e.Kind != SetPace {
		return c
	}
	switch e.Kind {
	case Start:
		if !c.Started {
			c.Started, c.Running, c.wall, c.virtual = true, true, e.At, e.To
		}
	case SetPace:
		if ValidPace(e.Pace) {
			c = c.settle(e.At)
			c.Pace = e.Pace
		}
	case Pause:
		c = c.settle(e.At)
		c.Running = false
	case Resume:
		c = c.settle(e.At)
		c.Running = true
	case Step:
		c = c.settle(e.At)
		c.Running = false
		c.forward(e.To)
	case Jump:
		c = c.settle(e.At)
		c.forward(e.To)
	case End:
		c = c.settle(e.At)
		c.Running, c.Ended = false, true
	}
	return c
}

// settle has the clock stand as it does, counted from that wall time on.
func (c Clock) settle(at time.Time) Clock {
	c.virtual, c.ran = c.Virtual(at), c.Ran(at)
	if at.After(c.wall) {
		c.wall = at
	}
	return c
}

// restarted goes on at that wall time from where the last entry left the clock.
func (c Clock) restarted(at time.Time) Clock {
	if c.Started {
		c = c.settle(c.last)
		c.wall = at
	}
	c.last = at
	return c
}

func (c *Clock) forward(to time.Time) {
	if to.After(c.virtual) {
		c.virtual = to
	}
}

// Virtual returns the virtual time at a wall time; zero before the start. Of a wall time
// before the last entry of the clock it is the time that the entry left.
func (c Clock) Virtual(now time.Time) time.Time {
	return c.virtual.Add(bounded(float64(c.since(now)) * c.Pace))
}

// longest is how far virtual time goes on at once: a duration cannot have much more.
const longest = 200 * 365 * 24 * time.Hour

func bounded(nanoseconds float64) time.Duration {
	return time.Duration(min(nanoseconds, float64(longest)))
}

// Ran returns how long the clock ran on the wall, pauses and the server's absence aside.
func (c Clock) Ran(now time.Time) time.Duration { return c.ran + c.since(now) }

func (c Clock) since(now time.Time) time.Duration {
	if !c.Running {
		return 0
	}
	return max(0, now.Sub(c.wall))
}

// Wall returns when the clock will show a virtual time, if nothing changes it; ok is
// false if it never will.
func (c Clock) Wall(virtual time.Time) (wall time.Time, ok bool) {
	if !c.Running || !ValidPace(c.Pace) {
		return time.Time{}, false
	}
	return c.wall.Add(bounded(float64(max(0, virtual.Sub(c.virtual))) / c.Pace)), true
}
