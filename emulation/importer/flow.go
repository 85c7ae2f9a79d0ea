package importer

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// flow is a graph of which some nodes are actions; between them can be conditions,
// operators and assets.
type flow struct {
	actions map[string]*Step
	order   []string            // the actions, as they are written
	next    map[string][]string // by node
	edges   map[[2]string]bool
}

func newFlow() *flow {
	return &flow{actions: map[string]*Step{}, next: map[string][]string{}, edges: map[[2]string]bool{}}
}

// action adds an action. Of two with one id the first counts.
func (f *flow) action(id string, step Step) {
	if f.actions[id] == nil {
		f.actions[id] = &step
		f.order = append(f.order, id)
	}
}

// edge joins two nodes, once.
func (f *flow) edge(from, to string) {
	if edge := [2]string{from, to}; !f.edges[edge] {
		f.edges[edge] = true
		f.next[from] = append(f.next[from], to)
	}
}

// command adds a command to an action.
func (f *flow) command(id, line string) {
	if step := f.actions[id]; step != nil && line != "" {
		step.Commands = append(step.Commands, Command{Text: line})
	}
}

// steps returns the actions so that each comes after those that lead to it, and
// otherwise as they are written. What leads back to itself is in the order in which it is
// written.
func (f *flow) steps() []Step {
	if len(f.order) > scenario.MaxSteps {
		return make([]Step, len(f.order)) // too many to be imported
	}
	before := map[string][]string{} // by action, the actions that lead to it with none between
	for _, id := range f.order {
		for _, to := range f.reached(id) {
			before[to] = append(before[to], id)
		}
	}
	at := map[string]int{}
	var out []Step
	add := func(id string) {
		at[id] = len(out)
		step := *f.actions[id]
		for _, earlier := range before[id] {
			if i, done := at[earlier]; done && i != at[id] {
				step.After = append(step.After, i)
			}
		}
		slices.Sort(step.After)
		out = append(out, step)
	}
	ready := func(id string) bool {
		return !slices.ContainsFunc(before[id], func(earlier string) bool { _, done := at[earlier]; return !done && earlier != id })
	}
	waiting := slices.Clone(f.order)
	for len(waiting) > 0 {
		next := max(0, slices.IndexFunc(waiting, ready))
		add(waiting[next])
		waiting = slices.Delete(waiting, next, next+1)
	}
	return out
}

// mostReached bounds how many nodes are looked at from one action.
const mostReached = 2000

// reached returns the actions that an action leads to, through nodes that are none.
func (f *flow) reached(from string) []string {
	seen := map[string]bool{from: true}
	var actions []string
	queue := slices.Clone(f.next[from])
	for len(queue) > 0 && len(seen) < mostReached {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		if f.actions[id] != nil {
			actions = append(actions, id)
			continue
		}
		queue = append(queue, f.next[id][:min(len(f.next[id]), mostReached)]...)
	}
	return actions
}
