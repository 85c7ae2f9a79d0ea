package hunt

import (
	"math"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// names are what many events share, by number. It only grows, so that who reads an older
// one may go on.
type names struct {
	hosts   []string
	sources [][]event.LogSource
	origins []Origin // with the beginning of the event's id
}

// tables are the names, and the numbers that they have. They are of who adds.
type tables struct {
	names    names
	byHost   map[string]uint16
	bySource map[string]uint16
	byOrigin map[Origin]uint32
	key      []byte
}

func newTables() tables {
	return tables{byHost: map[string]uint16{}, bySource: map[string]uint16{}, byOrigin: map[Origin]uint32{}}
}

func (t *tables) host(name string) uint16 {
	number, ok := t.byHost[name]
	if !ok {
		number = nextNumber(len(t.names.hosts))
		t.byHost[name] = number
		t.names.hosts = append(t.names.hosts, name)
	}
	return number
}

func (t *tables) source(sources []event.LogSource) uint16 {
	t.key = t.key[:0]
	for _, s := range sources {
		for _, text := range [...]string{s.Category, s.Product, s.Service} {
			t.key = append(append(t.key, text...), 0)
		}
	}
	number, ok := t.bySource[string(t.key)]
	if !ok {
		number = nextNumber(len(t.names.sources))
		t.bySource[string(t.key)] = number
		t.names.sources = append(t.names.sources, sources)
	}
	return number
}

// nextNumber is the number of what comes after n others. No exercise has so many hosts
// or log sources; what is past all numbers shares the last.
func nextNumber(n int) uint16 { return uint16(min(n, math.MaxUint16)) }

// origin returns the number of a record's origin, and that within its event's id.
func (t *tables) origin(r Record) (uint32, int32) {
	o := r.Origin
	if o.Asset == "" {
		o.Asset = r.Event.Lineage.Asset
	}
	if o.Step == "" {
		o.Step = r.Event.Lineage.Step
	}
	name, number := splitEventName(r.originEvent())
	o.Event, o.Repeated = name, 0
	at, ok := t.byOrigin[o]
	if !ok {
		at = uint32(len(t.names.origins))
		t.byOrigin[o] = at
		t.names.origins = append(t.names.origins, o)
	}
	return at, number
}

// splitEventName parts an id such as desk-12 into desk- and 12; what is not such an id
// has the number -1.
func splitEventName(id string) (string, int32) {
	at := strings.LastIndexByte(id, '-') + 1
	number, err := strconv.ParseInt(id[at:], 10, 32)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != id[at:] {
		return id, -1
	}
	return id[:at], int32(number)
}

func eventName(name string, number int32) string {
	if number < 0 {
		return name
	}
	return name + strconv.Itoa(int(number))
}
