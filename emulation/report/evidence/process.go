package evidence

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Process is one process of a step, with what it left and what it started.
type Process struct {
	PID int
	// Image is the program, CommandLine its arguments as they were passed, User the
	// account that it stands for; each empty if it is not known.
	Image, CommandLine, User string
	// Resident is of a process that stands for one which had been running before:
	// its start leaves no event.
	Resident bool
	// ExitCode is nil if the process did not end in the step.
	ExitCode *int
	// Events are those of the step that it left.
	Events   []event.Event
	Children []*Process
}

// processKey names a process of a run: its key is unique on an asset.
type processKey struct {
	asset string
	key   uint64
}

// forest knows the programs of all processes of a run: one that acts in a step may
// have been started in an earlier one.
type forest struct {
	trees map[string]effect.Tree // by asset
	// started is the last exec of each process, parents who started it.
	started map[processKey]event.Observation
	parents map[processKey]uint64
}

func newForest(record *runner.RunRecord) forest {
	f := forest{trees: map[string]effect.Tree{}, started: map[processKey]event.Observation{}, parents: map[processKey]uint64{}}
	for _, asset := range record.Plan.Assets {
		f.trees[asset.Name] = asset.Place.Tree(nil)
	}
	for _, steps := range [][]runner.StepRecord{record.Baselines, record.Steps} {
		for _, step := range steps {
			for _, o := range step.Outcome.Observations {
				key := processKey{step.Asset, o.Process}
				if o.Parent != 0 {
					f.parents[key] = o.Parent
				}
				if o.Kind == event.Exec {
					f.started[key] = o
				}
			}
		}
	}
	return f
}

// processes are the roots of the trees of those processes that acted in a step, in
// the order in which they first did.
func (f forest) processes(step runner.StepRecord) []*Process {
	acted := map[uint64]*Process{}
	var order []uint64
	process := func(key uint64) *Process {
		if acted[key] == nil {
			acted[key] = f.process(step.Asset, key)
			order = append(order, key)
		}
		return acted[key]
	}
	for _, o := range step.Outcome.Observations {
		p := process(o.Process)
		p.PID = cmp.Or(p.PID, o.PID)
		if o.Kind == event.Exit {
			code := o.Code
			p.ExitCode = &code
		}
	}
	for _, e := range step.Events {
		p := process(e.Lineage.Process)
		p.Events = append(p.Events, e)
	}
	var roots []*Process
	for _, key := range order {
		if parent := acted[f.parents[processKey{step.Asset, key}]]; parent != nil {
			acted[key].User = cmp.Or(acted[key].User, parent.User)
			parent.Children = append(parent.Children, acted[key])
			continue
		}
		roots = append(roots, acted[key])
	}
	return roots
}

func (f forest) process(asset string, key uint64) *Process {
	exec, known := f.started[processKey{asset, key}]
	if !known {
		return &Process{}
	}
	image, inTree := f.trees[asset].PlatformPath(exec.Path)
	if !inTree {
		image = exec.Path
	}
	return &Process{
		PID: exec.PID, Image: image, CommandLine: strings.Join(exec.Argv, " "), User: exec.Env[event.EnvUser],
		Resident: exec.Env[event.EnvResident] != "",
	}
}

// Name says which process it is, in one line.
func (p *Process) Name() string {
	switch {
	case p.CommandLine != "":
		return p.CommandLine
	case p.Image != "":
		return p.Image
	case p.PID != 0:
		return fmt.Sprintf("process %d", p.PID)
	}
	return "a process of the host"
}
