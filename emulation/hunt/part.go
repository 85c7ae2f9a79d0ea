package hunt

import (
	"cmp"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/internal/index"
)

// part is some events that follow one another: what they say in an index, and what is
// known beside it in columns.
type part struct {
	*index.Segment
	first            int     // the number of its first event
	times            []int64 // in nanoseconds since 1970
	newest           []int64 // the newest time up to each event
	sorted           bool    // by time
	hosts            []uint16
	sources          []uint16
	ofHost, ofSource map[uint16]*roaring.Bitmap

	origins  []uint32
	numbers  []int32 // of the event's id, see eventName
	repeated []int32

	processes, parents []uint64
	byProcess          []uint16 // events by host and process
	byParent           []uint16 // by host and parent, those that have one
}

func newPart(first int, records []Record, t *tables) *part {
	p := &part{first: first, sorted: true}
	events := make([]map[string]any, len(records))
	for i, r := range records {
		at := r.Event.Time.UnixNano()
		if i > 0 && at < p.times[i-1] {
			p.sorted = false
		}
		origin, number := t.origin(r)
		p.times = append(p.times, at)
		p.hosts, p.sources = append(p.hosts, t.host(r.Host)), append(p.sources, t.source(r.Event.Sources))
		p.origins, p.numbers, p.repeated = append(p.origins, origin), append(p.numbers, number), append(p.repeated, int32(r.Origin.Repeated))
		p.processes, p.parents = append(p.processes, r.Event.Lineage.Process), append(p.parents, r.Parent)
		events[i] = r.Event.Fields
	}
	p.Segment = index.Build(events)
	p.ofHost, p.ofSource = byNumber(p.hosts), byNumber(p.sources)
	p.keepNewest(0)
	p.byProcess = p.order(p.processes)
	p.byParent = p.order(p.parents)
	return p
}

// byNumber are the events by what a column has.
func byNumber(column []uint16) map[uint16]*roaring.Bitmap {
	out := map[uint16]*roaring.Bitmap{}
	for event, number := range column {
		if out[number] == nil {
			out[number] = roaring.New()
		}
		out[number].Add(uint32(event))
	}
	for _, events := range out {
		events.RunOptimize()
	}
	return out
}

// keepNewest sets the newest times, none of which is before that one.
func (p *part) keepNewest(before int64) {
	if p.sorted && (len(p.times) == 0 || p.times[0] >= before) {
		p.newest = p.times
		return
	}
	p.newest = slices.Clone(p.times)
	for i := range p.newest {
		before = max(before, p.newest[i])
		p.newest[i] = before
	}
}

func (p *part) newestTime() int64 { return p.newest[len(p.newest)-1] }

// order sorts those events that have a process in the column by host and process.
func (p *part) order(column []uint64) []uint16 {
	var order []uint16
	for i, process := range column {
		if process != 0 {
			order = append(order, uint16(i))
		}
	}
	slices.SortFunc(order, func(a, b uint16) int {
		return cmp.Or(cmp.Compare(p.hosts[a], p.hosts[b]), cmp.Compare(column[a], column[b]), cmp.Compare(a, b))
	})
	return order
}

// eventsOf are the events before that one which have the process in the column, by the
// order of that.
func (p *part) eventsOf(host uint16, process uint64, column []uint64, order []uint16, before int) []uint16 {
	compare := func(event uint16, _ struct{}) int {
		return cmp.Or(cmp.Compare(p.hosts[event], host), cmp.Compare(column[event], process))
	}
	from, _ := slices.BinarySearchFunc(order, struct{}{}, compare)
	to := from
	for to < len(order) && compare(order[to], struct{}{}) == 0 && int(order[to]) < before {
		to++
	}
	return order[from:to]
}

// event is an event without what only the truth has.
func (p *part) event(at int, n names) event.Event {
	return event.Event{Time: time.Unix(0, p.times[at]).UTC(), Sources: n.sources[p.sources[at]], Fields: p.Fields(at)}
}

// records are the events as they were added, but for what is not kept of them.
func (p *part) records(n names) []Record {
	out := make([]Record, p.Len())
	for i := range out {
		origin := p.origin(i, n)
		out[i] = Record{Event: p.event(i, n), Host: n.hosts[p.hosts[i]], Origin: origin, Parent: p.parents[i]}
		out[i].Event.Lineage.Process = p.processes[i]
	}
	return out
}

func (p *part) origin(at int, n names) Origin {
	origin := n.origins[p.origins[at]]
	origin.Event = eventName(origin.Event, p.numbers[at])
	origin.Repeated = int(p.repeated[at])
	return origin
}

func (p *part) bytes() int {
	n := len(p.times)
	if !p.sorted {
		n *= 2
	}
	size := 0
	for _, events := range p.ofHost {
		size += int(events.GetSizeInBytes())
	}
	for _, events := range p.ofSource {
		size += int(events.GetSizeInBytes())
	}
	return size + p.Bytes() + 8*n + 2*(len(p.hosts)+len(p.sources)+len(p.byProcess)+len(p.byParent)) +
		4*(len(p.origins)+len(p.numbers)+len(p.repeated)) + 8*(len(p.processes)+len(p.parents))
}
