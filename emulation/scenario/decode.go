package scenario

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// language is what a file may contain.
var language = &schema.Block{Blocks: []*schema.Block{
	scenarioBlock, actorBlock, assetBlock, stepBlock, gapBlock, baselineBlock, profileBlock, faultBlock, gateBlock, exerciseBlock, shipBlock, detectorBlock, variableBlock, localsBlock,
}}

// Language returns the blocks that a file may contain, with all that may be inside them.
func Language() []*schema.Block { return language.Blocks }

// early are the blocks that are decoded first, as expressions in the others refer to
// them.
var early = &schema.Block{Blocks: []*schema.Block{variableBlock, localsBlock}}

// decodeFiles decodes a scenario from the files that it is written in.
func (d *decoder) decodeFiles(files []*hcl.File) *Scenario {
	rest, own := d.decodeEarlyBlocks(files)
	d.decodeOwnBlocks(own)
	blocks := d.expand(rest)
	d.declareNames(blocks)
	d.checkLimits(blocks)

	out := &Scenario{Attack: attack.Current}
	for _, block := range blocks["scenario"] {
		d.decodeHeader(block, out)
	}
	for _, block := range blocks["actor"] {
		out.Actors = append(out.Actors, d.decodeActor(block))
	}
	for _, block := range blocks["asset"] {
		out.Assets = append(out.Assets, d.decodeAsset(block))
	}
	for _, block := range blocks["step"] {
		out.Steps = append(out.Steps, d.decodeStep(block, out))
	}
	for _, block := range blocks["gap"] {
		out.Gaps = append(out.Gaps, d.decodeGap(block))
	}
	for _, block := range blocks["baseline"] {
		out.Baselines = append(out.Baselines, d.decodeBaseline(block, out))
	}
	out.Conditions = d.decodeConditions(blocks)
	for _, block := range blocks["gate"] {
		out.Gates = append(out.Gates, d.decodeGate(block))
	}
	for _, block := range blocks["ship"] {
		out.Ships = append(out.Ships, d.decodeShip(block))
	}
	for _, block := range blocks["exercise"] {
		out.Exercises = append(out.Exercises, d.decodeExercise(block, out))
	}
	for _, block := range blocks["detector"] {
		out.Detectors = append(out.Detectors, d.decodeDetector(block))
	}
	out.Valid = d.ErrorCount() == 0
	return out
}

// decodeEarlyBlocks decodes variables and locals. It returns what remains of each file,
// and the blocks of a library, which are read as they are written.
func (d *decoder) decodeEarlyBlocks(files []*hcl.File) (rest []hcl.Body, own hcl.Blocks) {
	var variables, locals []*hcl.Block
	for _, file := range files {
		blocks, remain, problems := file.Body.PartialContent(libraryBlocks())
		d.Report(problems...)
		own = append(own, blocks.Blocks...)
		content, remain, problems := remain.PartialContent(early.Body())
		d.Report(problems...)
		rest = append(rest, remain)
		for _, block := range content.Blocks {
			if block.Type == "variable" {
				variables = append(variables, block)
			} else {
				locals = append(locals, block)
			}
		}
	}
	d.decodeVariables(variables)
	d.decodeLocals(locals)
	return rest, own
}

// expand expands dynamic blocks and returns all blocks by type.
func (d *decoder) expand(bodies []hcl.Body) map[string][]*hcl.Block {
	byType := map[string][]*hcl.Block{}
	for _, body := range bodies {
		content := d.decodeBody(dynblock.Expand(body, d.scope.ctx), language.Body())
		for _, block := range content.Blocks {
			if block.Type == "variable" || block.Type == "locals" {
				d.Errorf(diagnostic.AtBlock(block), "Unsupported dynamic block",
					"A %s block cannot be dynamic: it is evaluated before any for_each.", block.Type)
				continue
			}
			byType[block.Type] = append(byType[block.Type], block)
		}
	}
	return byType
}

// declareNames declares the names of all blocks before any is decoded, so that a
// reference can be to a later block.
func (d *decoder) declareNames(blocks map[string][]*hcl.Block) {
	names := map[string][]string{}
	for _, block := range blocks["actor"] {
		names["actor"] = append(names["actor"], d.declareName("actor", block, 0).Text)
	}
	for _, block := range blocks["asset"] {
		names["asset"] = append(names["asset"], d.declareName("asset", block, 1).Text)
	}
	for _, block := range blocks["step"] {
		names["step"] = append(names["step"], d.declareName("step", block, 1).Text)
	}
	for _, block := range blocks["baseline"] {
		// Baselines and steps share one set of names, as an event's lineage has one
		// id for either.
		d.declareName("step", block, 1)
	}
	d.scope.setReferences("actor", names["actor"])
	d.scope.setReferences("asset", names["asset"])
	d.scope.setReferences("step", names["step"])
}

// decodeConditions reads the blocks profile and fault.
func (d *decoder) decodeConditions(blocks map[string][]*hcl.Block) Conditions {
	before := d.ErrorCount()
	var out Conditions
	for _, block := range blocks["profile"] {
		out.Profiles = append(out.Profiles, d.decodeProfile(block))
	}
	for _, block := range blocks["fault"] {
		out.Faults = append(out.Faults, d.decodeFault(block))
	}
	out.Valid = d.ErrorCount() == before
	return out
}

// checkLimits reports more assets or steps than are allowed.
func (d *decoder) checkLimits(blocks map[string][]*hcl.Block) {
	for _, limit := range []struct {
		kind string
		most int
		why  string
	}{
		{"asset", MaxAssets, "Each asset is a container, and all of them run at the same time."},
		{"step", MaxSteps, "Split it into several scenarios."},
		{"gap", MaxSteps, "Split it into several scenarios."},
	} {
		if all := blocks[limit.kind]; len(all) > limit.most {
			d.Errorf(diagnostic.AtBlock(all[limit.most]), "Too many blocks", "There are %d blocks of type %s; at most %d are allowed. %s",
				len(all), limit.kind, limit.most, limit.why)
		}
	}
}
