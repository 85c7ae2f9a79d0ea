package labtest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Mutant is ringer with one fault in what performs or sees a step. Whatever it
// leaves out, its agent claims that every check is proven and nothing was refused.
type Mutant struct {
	Name string
	// Plan alters what is performed, Outcome what is reported of it; nil is neither.
	Plan    func(effect.StepPlan) effect.StepPlan
	Outcome func(*runner.Outcome)
}

// Mutants are all that a runner must distinguish from a sound lab.
func Mutants() []Mutant {
	all := []Mutant{
		{Name: "a stand-in that does nothing", Plan: eachProcess(func(p effect.Process) effect.Process {
			p.Acts = slices.DeleteFunc(slices.Clone(p.Acts), func(act effect.Act) bool { return !isStart(act) })
			return p
		})},
		{Name: "a child that is not started", Plan: eachProcess(func(p effect.Process) effect.Process {
			p.Acts = slices.DeleteFunc(slices.Clone(p.Acts), isStart)
			return p
		})},
		{Name: "an act that is skipped", Plan: lastActSkipped},
		{Name: "a process that nobody asked for", Plan: withExtraProcess},
		{Name: "arguments that are altered", Plan: eachProcess(func(p effect.Process) effect.Process {
			p.Args = append(slices.Clone(p.Args), "-mutant")
			return p
		})},
		{Name: "every twentieth observation lost", Outcome: Dropping(everyTwentieth())},
		{Name: "a proof that is made up", Outcome: func(o *runner.Outcome) {
			for i := range o.Proofs {
				o.Proofs[i].Check = "trust me"
			}
		}},
		{Name: "one proof fewer", Outcome: func(o *runner.Outcome) { o.Proofs = o.Proofs[:max(0, len(o.Proofs)-1)] }},
		{Name: "one proof more", Outcome: func(o *runner.Outcome) {
			o.Proofs = append(o.Proofs, effect.Proof{Check: "trust me", Before: "it is not there"})
		}},
	}
	for _, kind := range event.Kinds() {
		all = append(all, Mutant{Name: fmt.Sprintf("no observation of kind %s", kind), Outcome: Dropping(func(o event.Observation) bool { return o.Kind == kind })})
	}
	return all
}

// Dropping leaves out observations before they are numbered, so that no gap shows.
func Dropping(lost func(event.Observation) bool) func(*runner.Outcome) {
	return func(o *runner.Outcome) {
		kept := slices.DeleteFunc(slices.Clone(o.Observations), lost)
		for i := range kept {
			kept[i].Seq = o.Observations[0].Seq + uint64(i)
		}
		o.Observations, o.Seen = kept, uint64(len(kept))
	}
}

func everyTwentieth() func(event.Observation) bool {
	return func(o event.Observation) bool { return o.Seq%20 == 0 }
}

func isStart(act effect.Act) bool {
	switch act.(type) {
	case effect.Run, effect.Access:
		return true
	}
	return false
}

// eachProcess alters all processes of a plan, parents first.
func eachProcess(alter func(effect.Process) effect.Process) func(effect.StepPlan) effect.StepPlan {
	var walk func(effect.Process) effect.Process
	walk = func(p effect.Process) effect.Process {
		if p.Remote {
			return p
		}
		p = alter(p)
		p.Acts = slices.Clone(p.Acts)
		for i, act := range p.Acts {
			switch started := act.(type) {
			case effect.Run:
				p.Acts[i] = effect.Run{Process: walk(started.Process)}
			case effect.Access:
				p.Acts[i] = effect.Access{Target: walk(started.Target)}
			}
		}
		return p
	}
	return func(plan effect.StepPlan) effect.StepPlan {
		plan.Processes = slices.Clone(plan.Processes)
		for i, root := range plan.Processes {
			plan.Processes[i] = walk(root)
		}
		return plan
	}
}

// lastActSkipped leaves out the last act of each process that is no start.
var lastActSkipped = eachProcess(func(p effect.Process) effect.Process {
	for i, act := range slices.Backward(p.Acts) {
		if !isStart(act) {
			p.Acts = slices.Delete(slices.Clone(p.Acts), i, i+1)
			break
		}
	}
	return p
})

// withExtraProcess has the last root process start itself once more.
func withExtraProcess(plan effect.StepPlan) effect.StepPlan {
	plan.Processes = slices.Clone(plan.Processes)
	for i, root := range slices.Backward(plan.Processes) {
		if root.Remote {
			continue
		}
		stranger := root
		stranger.Acts = nil
		root.Acts = append(slices.Clone(root.Acts), effect.Run{Process: stranger})
		plan.Processes[i] = root
		break
	}
	return plan
}

// Altered is a lab with a mutant's fault, and what that did.
type Altered struct {
	runner.Lab
	mutant Mutant

	mutex sync.Mutex
	steps map[string]map[string]bool
}

// Wrap gives a lab that fault.
func (m Mutant) Wrap(lab runner.Lab) *Altered {
	return &Altered{Lab: lab, mutant: m, steps: map[string]map[string]bool{}}
}

// Steps lists the steps on an asset that the fault changed.
func (a *Altered) Steps(asset string) map[string]bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.steps[asset]
}

// Open opens an asset that has the fault. Its error is the lab's.
func (a *Altered) Open(ctx context.Context, asset runner.Asset) (runner.AssetSession, error) {
	stage, err := a.Lab.Open(ctx, asset)
	if err != nil {
		return nil, err
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	changed := map[string]bool{}
	a.steps[asset.Name] = changed
	return alteredStage{AssetSession: stage, mutant: a.mutant, changed: changed}, nil
}

type alteredStage struct {
	runner.AssetSession
	mutant  Mutant
	changed map[string]bool
}

// Perform performs the altered plan, and claims that all is well.
func (s alteredStage) Perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	performed := plan
	if s.mutant.Plan != nil {
		performed = s.mutant.Plan(plan)
	}
	outcome, err := s.AssetSession.Perform(ctx, step, performed)
	if err != nil || outcome.Skipped != "" {
		return outcome, err
	}
	if s.mutant.Plan != nil {
		for i := range outcome.Proofs {
			outcome.Proofs[i].Before, outcome.Proofs[i].After = "it is not there", ""
		}
		outcome.StandInErrors = nil
		s.changed[step] = !reflect.DeepEqual(plan, performed)
		return outcome, nil
	}
	claimed := outcome
	claimed.Proofs = slices.Clone(outcome.Proofs)
	s.mutant.Outcome(&claimed)
	s.changed[step] = !reflect.DeepEqual(claimed, outcome)
	return claimed, nil
}
