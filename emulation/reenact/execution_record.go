package reenact

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// RunRecord is an execution as the record of a run: of the plan of the scenario that
// [HCL] writes of its replay, with its steps at the times at which they were performed.
func (e Execution) RunRecord(run, lab string, p *plan.Plan) *runner.RunRecord {
	performed := *p
	performed.Steps = append([]plan.Step(nil), p.Steps...)
	record := &runner.RunRecord{Plan: &performed, Run: run, Lab: lab, Start: e.At[0], Assets: []runner.AssetRecord{e.Asset}}
	numbers := e.numbers()
	for i := range performed.Steps {
		planned := &performed.Steps[i]
		step := e.Records[numbers[planned.ID]]
		planned.At = e.At[numbers[planned.ID]].Sub(e.At[0])
		if step.ID == "" { // the asset broke before
			step = runner.StepRecord{ID: planned.ID, Err: e.Asset.Err}
		}
		step.Asset = e.Asset.Name
		record.Steps = append(record.Steps, step)
	}
	return record
}

// Recorded is the execution of a replay as the record of its run has it.
func Recorded(replay Replay, run *runner.RunRecord) Execution {
	e := Execution{Replay: replay, Records: make([]runner.StepRecord, len(replay.Steps))}
	numbers := e.numbers()
	for _, step := range run.Steps {
		if number, ok := numbers[step.ID]; ok {
			e.Records[number] = step
		}
		if step.Err != nil {
			e.Unreliable = fmt.Sprintf("%s: %v", step.ID, step.Err)
		}
	}
	performed := slices.Clone(replay.Steps)
	for i := range performed {
		if e.Records[i].ID == "" && performed[i].Unsupported == "" {
			performed[i].Unsupported = "it was not performed when the run was recorded"
		}
	}
	e.Steps = performed
	for _, asset := range run.Assets {
		e.Asset = asset
		if asset.Err != nil {
			e.Unreliable = asset.Err.Error()
		}
	}
	return e
}

// numbers are those of the steps, by their names.
func (s Replay) numbers() map[string]int {
	numbers := map[string]int{}
	for i := range s.Steps {
		numbers[ID(i)] = i
	}
	return numbers
}
