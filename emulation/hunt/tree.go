package hunt

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// The bounds of a tree of processes.
const (
	maxAncestors = 32
	maxProcesses = 300
	maxGrown     = 16 // generations below the process asked about
)

// Tree is the processes around an event of the first so many, on its host: the acting
// process, those above it, and those below, as far as events have been released. ok is
// false if there is no such event.
func (s *Store) Tree(id string, released int) (tree ProcessTree, ok bool) {
	number, ok := s.ids.number(id)
	if !ok {
		return ProcessTree{}, false
	}
	now := s.current.Load()
	p, at, ok := now.find(number, released)
	if !ok {
		return ProcessTree{}, false
	}
	t := treeMaker{Store: s, now: now, released: released, host: p.hosts[at]}
	t.tree = ProcessTree{Host: now.names.hosts[t.host], Processes: []Process{}}
	if asked := p.processes[at]; asked != 0 {
		t.make(asked)
	}
	return t.tree, true
}

type treeMaker struct {
	*Store
	now      *snapshot
	released int
	host     uint16
	tree     ProcessTree
	asked    uint64
	seen     map[uint64]bool
}

func (t *treeMaker) make(asked uint64) {
	t.asked, t.seen = asked, map[uint64]bool{asked: true}
	var above []uint64
	for process := t.parentOf(asked); process != 0 && !t.seen[process]; process = t.parentOf(process) {
		if len(above) == maxAncestors {
			t.tree.Cut = true
			break
		}
		t.seen[process] = true
		above = append(above, process)
	}
	slices.Reverse(above)
	for depth, process := range above {
		t.tree.Processes = append(t.tree.Processes, t.process(process, depth))
	}
	t.below(asked, len(above), 0)
}

// below adds a process and those that descend from it.
func (t *treeMaker) below(process uint64, depth, grown int) {
	t.tree.Processes = append(t.tree.Processes, t.process(process, depth))
	for _, child := range t.childrenOf(process) {
		if t.seen[child] {
			continue
		}
		if grown == maxGrown || len(t.tree.Processes) >= maxProcesses {
			t.tree.Cut = true
			return
		}
		t.seen[child] = true
		t.below(child, depth+1, grown+1)
	}
}

// each calls do with the released events of the host that have the process in the
// column, the oldest first, until it returns false.
func (t *treeMaker) each(process uint64, column func(*part) ([]uint64, []uint16), do func(p *part, event int) bool) {
	for _, p := range t.now.parts {
		if p.first >= t.released {
			return
		}
		processes, order := column(p)
		for _, event := range p.eventsOf(t.host, process, processes, order, t.released-p.first) {
			if !do(p, int(event)) {
				return
			}
		}
	}
}

func byActing(p *part) ([]uint64, []uint16) { return p.processes, p.byProcess }
func byParent(p *part) ([]uint64, []uint16) { return p.parents, p.byParent }

func (t *treeMaker) parentOf(process uint64) (parent uint64) {
	t.each(process, byActing, func(p *part, event int) bool {
		parent = p.parents[event]
		return parent == 0
	})
	return parent
}

// childrenOf are the processes that have that parent, in the order of their first
// events.
func (t *treeMaker) childrenOf(process uint64) (children []uint64) {
	known := map[uint64]bool{}
	t.each(process, byParent, func(p *part, event int) bool {
		if child := p.processes[event]; child != 0 && !known[child] {
			known[child] = true
			children = append(children, child)
		}
		return len(children) <= maxProcesses
	})
	return children
}

// process describes a process by the event of its creation, or else by its first.
func (t *treeMaker) process(process uint64, depth int) Process {
	out := Process{Depth: depth, Asked: process == t.asked}
	const none, some, call, creation = 0, 1, 2, 3
	best := none
	var of *part
	var at int
	t.each(process, byActing, func(p *part, event int) bool {
		out.Events++
		rank := some
		if best < creation {
			for _, source := range t.now.names.sources[p.sources[event]] {
				if source.Category == "process_creation" {
					rank = creation
				}
			}
			if rank == some && best < call && source(p, event) == "execve" {
				rank = call
			}
		}
		if rank > best {
			best, of, at = rank, p, event
		}
		return true
	})
	if best == none {
		return out
	}
	fields := of.Fields(at)
	out.Image, out.CommandLine = textOf(fields, "Image", "exe"), textOf(fields, "CommandLine", "proctitle")
	if guid := textOf(fields, "ProcessGuid"); guid != "" {
		out.Query = query.Pivot("ProcessGuid", guid)
	}
	if best > some {
		view := t.view(t.now, of, at)
		out.Started = &view
	}
	return out
}

// source is the call that an event of the audit daemon is of.
func source(p *part, event int) string { return textOf(p.Fields(event), "SYSCALL") }
