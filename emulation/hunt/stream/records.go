package stream

import (
	"maps"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Maker makes records of the events of one run's steps and ordinary days. These must be
// given in the order in which they were performed on their asset; it is safe for
// concurrent use.
type Maker struct {
	scenario string
	hosts    map[string]string // by asset

	mutex   sync.Mutex
	parents map[processKey]uint64
	peers   map[string]map[string]string // by asset: addresses by the loopback ones that stand for them
}

// processKey names a process of a run.
type processKey struct {
	asset string
	key   uint64
}

// NewMaker makes records of what is performed of a plan.
func NewMaker(p *plan.Plan) *Maker {
	m := &Maker{scenario: p.Name, hosts: map[string]string{}, parents: map[processKey]uint64{}, peers: map[string]map[string]string{}}
	for _, asset := range p.Assets {
		m.hosts[asset.Name] = asset.Place.Hostname
	}
	return m
}

// Records are those of the events of a step, or of an ordinary day.
func (m *Maker) Records(step runner.StepRecord, ordinary bool) []hunt.Record {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, o := range step.Outcome.Observations {
		if o.Parent != 0 {
			m.parents[processKey{step.Asset, o.Process}] = o.Parent
		}
		for _, peer := range effect.DecodePeers(o.Env[event.EnvPeers]) {
			if m.peers[step.Asset] == nil {
				m.peers[step.Asset] = map[string]string{}
			}
			m.peers[step.Asset][peer.Loopback] = peer.Address
		}
	}
	out := make([]hunt.Record, 0, len(step.Events))
	for _, e := range step.Events {
		e.Fields = withPeers(e.Fields, m.peers[step.Asset])
		out = append(out, hunt.Record{
			Event: e, Host: m.hosts[step.Asset], Parent: m.parents[processKey{step.Asset, e.Lineage.Process}],
			Origin: hunt.Origin{Scenario: m.scenario, Asset: step.Asset, Step: step.ID, Event: e.ID, Ordinary: ordinary},
		})
	}
	return out
}

// withPeers is the fields with the addresses of the hosts that loopback addresses stand
// for: a command line has what the program was really given.
func withPeers(fields map[string]any, peers map[string]string) map[string]any {
	out, changed := fields, false
	for name, value := range fields {
		text, ok := value.(string)
		if !ok {
			continue
		}
		for loopback, address := range peers {
			if !strings.Contains(text, loopback) {
				continue
			}
			if !changed {
				out, changed = maps.Clone(fields), true
			}
			text = strings.ReplaceAll(text, loopback, address)
			out[name] = text
		}
	}
	return out
}
