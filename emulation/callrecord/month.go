package callrecord

import (
	"bufio"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

// Rows is how many records a real database server has, and Seed what they are made of.
const (
	Rows = 100_000
	Seed = 1
)

// Month is a month of a carrier's voice calls. The same seed gives the same bytes.
type Month struct {
	Seed uint64
	Rows int
}

// subscribers are all the mobile numbers that Ofcom keeps for drama, 07700
// 900000 to 900999; https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
const subscribers = 1000

// landlines are the beginnings of its landline numbers for drama; three digits
// follow.
var landlines = [...]string{
	"+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441184960", "+441214960",
	"+441314960", "+441414960", "+441514960", "+441614960", "+442079460", "+441914980", "+442920180",
}

// cells are those of the test network 001-01 (ITU-T E.212).
const cells = 120

// hours is how a day's calls are spread: least at four in the morning, a peak
// before noon and a higher one in the early evening.
var hours = [24]int{6, 3, 2, 1, 1, 3, 10, 28, 52, 68, 76, 80, 72, 66, 64, 66, 72, 84, 92, 88, 70, 48, 28, 13}

// busyDay, of 10, is how many of a weekday's calls the days of a week have.
var busyDay = [7]int{time.Sunday: 6, time.Monday: 10, time.Tuesday: 10, time.Wednesday: 10, time.Thursday: 10, time.Friday: 10, time.Saturday: 7}

// firstDay is when the records begin.
var firstDay = time.Date(2021, 7, 1, 0, 0, 0, 0, time.UTC)

// WatchedNumbers returns the numbers that an actor is interested in.
func WatchedNumbers() []string { return []string{mobile(137), mobile(248)} }

// Write writes the records in the text form that PostgreSQL's COPY reads: id,
// caller, called, IMSI, cell, start and seconds, separated by tabs. It returns
// the error of the writer.
func (c Month) Write(to io.Writer) error {
	out := bufio.NewWriterSize(to, 64<<10)
	random := rand.New(rand.NewPCG(c.Seed, 0x72696e676572))
	habits := newHabits(random)
	line := make([]byte, 0, 128)
	for i := range c.Rows {
		caller := habits.caller()
		line = strconv.AppendInt(line[:0], 202107_0000000+int64(i), 10)
		line = append(append(line, "\t"+mobile(caller)+"\t"...), habits.called(caller)...)
		line = append(line, "\t001010000000"...)
		line = append(line, digits(caller, 3)...)
		at := habits.start()
		line = append(line, "\t001-01-1-"...)
		line = strconv.AppendInt(line, int64(100+habits.cell(caller, at)), 10)
		line = at.AppendFormat(append(line, '\t'), "2006-01-02 15:04:05+00")
		line = strconv.AppendInt(append(line, '\t'), int64(habits.seconds()), 10)
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

func mobile(subscriber int) string { return "+447700900" + digits(subscriber, 3) }

// digits pads a number with noughts.
func digits(n, width int) string {
	text := strconv.Itoa(n)
	for len(text) < width {
		text = "0" + text
	}
	return text
}

// habits are who calls whom, from where and when.
type habits struct {
	random     *rand.Rand
	active     *rand.Zipf
	home, work [subscribers]int
	friends    [subscribers][5]int
}

func newHabits(random *rand.Rand) *habits {
	h := &habits{random: random, active: rand.NewZipf(random, 1.2, 40, subscribers-1)}
	near := rand.NewZipf(random, 1.3, 8, cells-1)
	for i := range subscribers {
		h.home[i], h.work[i] = random.IntN(cells), int(near.Uint64())
		for j := range h.friends[i] {
			h.friends[i][j] = random.IntN(subscribers)
		}
	}
	return h
}

// caller: a few make many calls. Which few has nothing to do with the number.
func (h *habits) caller() int { return int(h.active.Uint64()) * 7 % subscribers }

// called is mostly a friend, sometimes a landline, seldom anyone.
func (h *habits) called(caller int) string {
	switch p := h.random.IntN(100); {
	case p < 70:
		return mobile(h.friends[caller][h.random.IntN(len(h.friends[caller]))])
	case p < 90:
		return landlines[h.random.IntN(len(landlines))] + digits(h.random.IntN(1000), 3)
	}
	return mobile(h.random.IntN(subscribers))
}

// start draws again where the day or the hour is a quiet one.
func (h *habits) start() time.Time {
	for {
		at := firstDay.Add(time.Duration(h.random.IntN(31*24*3600)) * time.Second)
		if h.random.IntN(10) < busyDay[at.Weekday()] && h.random.IntN(100) < hours[at.Hour()] {
			return at
		}
	}
}

// cell is that of the work place on weekdays from nine to five, mostly.
func (h *habits) cell(caller int, at time.Time) int {
	working := at.Weekday() != time.Sunday && at.Weekday() != time.Saturday && at.Hour() >= 9 && at.Hour() < 17
	switch p := h.random.IntN(100); {
	case p < 12:
		return h.random.IntN(cells)
	case working:
		return h.work[caller]
	}
	return h.home[caller]
}

// seconds is 0 for one call in six, which nobody took; the others' length is
// log-normal with a median of 72 seconds, up to three hours.
func (h *habits) seconds() int {
	if h.random.IntN(6) == 0 {
		return 0
	}
	return int(min(math.Exp(math.Log(72)+1.25*h.random.NormFloat64())+1, 3*3600))
}
