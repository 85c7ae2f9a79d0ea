package sigma

import (
	"hash/maphash"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// router knows the program for each list of log sources that events come with.
// Lists that select the same rules share a program.
type router struct {
	rules    []*compiledRule
	seed     maphash.Seed
	known    atomic.Pointer[map[uint64]*route] // replaced, never changed
	building sync.Mutex
	programs map[string]*program // by the rules they hold
	allRules func() *program
}

type route struct {
	sources []logevent.LogSource
	program *program
	next    *route // of the same hash
}

// What a hostile stream of ever new log sources can make a set remember.
const (
	maxRoutes   = 4096
	maxPrograms = 128
)

func newRouter(rules []*compiledRule) *router {
	r := &router{rules: rules, seed: maphash.MakeSeed(), programs: map[string]*program{}}
	r.known.Store(&map[uint64]*route{})
	r.allRules = sync.OnceValue(func() *program { return newProgram(rules) })
	return r
}

// programFor returns the program for the log sources of an event. If routed is false
// it holds rules of other log sources too.
func (r *router) programFor(sources []logevent.LogSource) (p *program, routed bool) {
	if sources == nil {
		return r.allRules(), true
	}
	hash := r.hash(sources)
	known := *r.known.Load()
	if p := known[hash].lookup(sources); p != nil {
		return p, true
	}
	if len(known) >= maxRoutes {
		return r.allRules(), false
	}
	return r.addRoute(hash, sources)
}

func (n *route) lookup(sources []logevent.LogSource) *program {
	for ; n != nil; n = n.next {
		if slices.Equal(n.sources, sources) {
			return n.program
		}
	}
	return nil
}

func (r *router) hash(sources []logevent.LogSource) uint64 {
	h := uint64(len(sources))
	for i := range sources {
		for _, part := range [...]string{sources[i].Category, sources[i].Product, sources[i].Service} {
			if part != "" {
				h ^= maphash.String(r.seed, part)
			}
			h = (h ^ h>>29) * 0x9E3779B97F4A7C15
		}
	}
	return h
}

func (r *router) addRoute(hash uint64, sources []logevent.LogSource) (p *program, routed bool) {
	r.building.Lock()
	defer r.building.Unlock()
	known := *r.known.Load()
	if p := known[hash].lookup(sources); p != nil {
		return p, true
	}
	key := make([]byte, (len(r.rules)+7)/8)
	var rules []*compiledRule
	for i, rule := range r.rules {
		if rule.rule.LogSource.AppliesTo(sources) {
			key[i/8] |= 1 << (i % 8)
			rules = append(rules, rule)
		}
	}
	p = r.programs[string(key)]
	if p == nil {
		if len(r.programs) >= maxPrograms {
			return r.allRules(), false
		}
		p = newProgram(rules)
		r.programs[string(key)] = p
	}
	more := maps.Clone(known)
	more[hash] = &route{sources: slices.Clone(sources), program: p, next: known[hash]}
	r.known.Store(&more)
	return p, true
}
