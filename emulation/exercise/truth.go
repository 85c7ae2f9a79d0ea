package exercise

import (
	"slices"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// TrueStep is one step as it was performed.
type TrueStep struct {
	// ID is the step's name in the scenario, Title what its behaviour is about.
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	// Technique is an ATT&CK id of the version that the scenario speaks.
	Technique string `json:"technique"`
	// Asset is the host's name in the scenario, Host what it calls itself.
	Asset string `json:"asset"`
	Host  string `json:"host"`
	// Actor is the scenario's name of who performed it.
	Actor string `json:"actor"`
	// From and To are the virtual times of its first and last event; both that of the
	// step if it left none.
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Events are the ids of its events, as the recording has them, in order.
	Events []string `json:"events"`
	// Rules are those that are expected to fire on it.
	Rules []ExpectedRule `json:"rules,omitempty"`
	// Alerted is true if any rule alerted on it, expected or not.
	Alerted bool `json:"alerted"`
	// Failed says why it cannot be asked for: it was skipped, not proven, or broke.
	Failed string `json:"failed,omitempty"`
}

// ExpectedRule is a rule that the scenario expects something of at a step.
type ExpectedRule struct {
	Rule    string `json:"rule"`
	Title   string `json:"title"`
	Want    string `json:"want"`
	Verdict string `json:"verdict"`
}

// TrueActor is somebody who performed steps.
type TrueActor struct {
	Name string `json:"name"`
	// Group is the ATT&CK id, empty if it has none; Title the group's name, or else the
	// actor's.
	Group string `json:"group,omitempty"`
	Title string `json:"title"`
}

// Origin tells which step or ordinary day an event comes from, given the id by which
// trainees are shown it; known is false if there is no such event.
type Origin func(event string) (step string, known bool)

// Truth is what was performed. It grows while a scenario is performed live; it may be
// used from many goroutines. Trainees never get it.
type Truth struct {
	mu      sync.RWMutex
	steps   []TrueStep
	byID    map[string]int
	ids     map[string][]string // of a technique, in all versions of ATT&CK
	actors  []TrueActor
	origin  Origin
	version int
}

// NewTruth returns a truth without a step. origin tells where the events come from; if
// it is nil, events are called as in the recording, and those of no step are unknown.
func NewTruth(actors []TrueActor, origin Origin) *Truth {
	return &Truth{byID: map[string]int{}, ids: map[string][]string{}, actors: slices.Clone(actors), origin: origin}
}

// Add adds a step, or says more of one that is there.
func (t *Truth) Add(step TrueStep) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.version++
	if t.ids[step.Technique] == nil {
		ids := []string{step.Technique}
		for _, version := range attack.Versions() {
			ids = append(ids, version.Counterparts(step.Technique)...)
		}
		t.ids[step.Technique] = ids
	}
	if i, there := t.byID[step.ID]; there {
		t.steps[i] = step
		return
	}
	t.byID[step.ID] = len(t.steps)
	t.steps = append(t.steps, step)
}

// SetOrigin has events be looked up there from now on.
func (t *Truth) SetOrigin(origin Origin) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.version++
	t.origin = origin
}

// Steps returns what was performed so far, in the order in which it was.
func (t *Truth) Steps() []TrueStep {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Clone(t.steps)
}

// Actors returns the actors of the scenario.
func (t *Truth) Actors() []TrueActor { return slices.Clone(t.actors) }

// Step finds a step by its name.
func (t *Truth) Step(id string) (TrueStep, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	i, ok := t.byID[id]
	if !ok {
		return TrueStep{}, false
	}
	return t.steps[i], true
}

// eventOrigin says where an event comes from. step is empty for one of an ordinary day.
func (t *Truth) eventOrigin(event string) (step string, known bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.origin != nil {
		step, known = t.origin(event)
		if _, is := t.byID[step]; !is {
			step = ""
		}
		return step, known
	}
	for _, s := range t.steps {
		if slices.Contains(s.Events, event) {
			return s.ID, true
		}
	}
	return "", false
}

// leading returns the step that most of the counts are of; of several with as many the one
// that was performed first.
func (t *Truth) leading(counts map[string]int) (step string, events int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	first := 0
	for id, n := range counts {
		if i := t.byID[id]; n > events || n == events && i < first {
			step, events, first = id, n, i
		}
	}
	return step, events
}

// techniques are the ids of a step's technique in all versions of ATT&CK.
func (t *Truth) techniques(step TrueStep) []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ids[step.Technique]
}

// Version is a number that changes whenever the truth does.
func (t *Truth) Version() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.version
}
