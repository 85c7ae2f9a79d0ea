package scenario

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

const maxTries = 100

func (d *decoder) decodeObjective(block *hcl.Block, of exercise.Definition) (exercise.Objective, []reference) {
	c := d.decodeBlock(block, objectiveBlock)
	d.checkTexts(c, "title", "question")
	out := exercise.Objective{
		Name: block.Labels[0], Title: oneLine(valueOr(c, "title", block.Labels[0])), Question: valueOr(c, "question", ""),
		Points: d.within(c, "points", 1, 1, maxPoints), Evidence: d.within(c, "evidence", 1, 1, exercise.MaxEvents),
		Within: valueOr(c, "within", exercise.DefaultWithin), Wrong: d.within(c, "wrong", of.Wrong, -maxPoints, 0),
	}
	if out.Within < 0 || out.Within > maxMinutes*time.Minute {
		d.Errorf(diagnostic.AtValue(c.Attributes["within"]), "Invalid time", `"within" must be from 0s to %dd.`, maxMinutes/60/24)
	}
	target, references := d.decodeTarget(block, c, of)
	out.Find = target
	tries := exercise.DefaultTries
	if len(target.Detect) > 0 {
		tries = exercise.DefaultRuleTries
	}
	out.Tries = d.within(c, "tries", tries, 1, maxTries)
	d.checkMisplaced(c, target)
	out.Partial = d.decodePartial(c, target)
	sum := 0
	for _, inner := range c.Blocks {
		d.declareInner("hint", inner, Identifier{Text: of.Name}, Identifier{Text: out.Name})
		hint := d.decodeHint(inner, out)
		out.Hints = append(out.Hints, hint)
		sum += hint.Cost
	}
	d.checkMost(c, "hint", maxHints)
	if sum > out.Points && len(out.Hints) > 1 {
		d.Warnf(diagnostic.AtBlock(block), "Hints cost more than the objective", "All hints together cost %d points, and a whole answer is worth %d: a team that takes all of them loses points by it.", sum, out.Points)
	}
	return out, references
}

func (d *decoder) decodeHint(block *hcl.Block, of exercise.Objective) exercise.Hint {
	c := d.decodeBlock(block, hintBlock)
	d.checkTexts(c, "text")
	out := exercise.Hint{Name: block.Labels[0], Cost: d.within(c, "cost", 0, 0, maxPoints), Text: valueOr(c, "text", "")}
	if out.Cost > of.Points {
		d.Errorf(diagnostic.AtValue(c.Attributes["cost"]), "Hint is too expensive", "The hint costs %d points, and a whole answer is worth %d (%s). Lower \"cost\".", out.Cost, of.Points, of.Name)
	}
	if text, ok := value[string](c, "text"); ok && strings.TrimSpace(text) == "" {
		d.Errorf(diagnostic.AtValue(c.Attributes["text"]), "Empty text", `"text" must say something: the team pays for it.`)
	}
	return out
}

// decodeTarget reads what an objective asks for.
func (d *decoder) decodeTarget(block *hcl.Block, c content, of exercise.Definition) (exercise.Target, []reference) {
	var out exercise.Target
	var given []string
	var references []reference
	for _, name := range []string{"find", "detect", "see"} {
		attr := c.Attributes[name]
		if attr == nil {
			continue
		}
		given = append(given, name)
		found, _ := value[[]reference](c, name)
		for _, ref := range found {
			ref.attribute = name
			references = append(references, ref)
		}
		if name != "find" && of.Mode != exercise.Build {
			d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "%q can only be used with mode = build, in which trainees write rules and choose telemetry.", name)
		}
	}
	switch {
	case len(given) == 0:
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `This objective must have one of "find", "detect" and "see", such as find = step.NAME.`)
	case len(given) > 1:
		d.Errorf(diagnostic.AtName(c.Attributes[given[1]]), "Contradicting attributes", "This objective has %q as well. Keep one of them, and write another objective for the other.", given[0])
	}
	steps := []string{}
	for _, ref := range references {
		switch {
		case ref.attribute != given[0]: // it was reported
		case ref.root == "step" && slices.Contains(steps, ref.Text):
			d.Errorf(diagnostic.At(ref.Range), "Duplicate reference", "The step %q is named twice. Remove one of them.", ref.Text)
		case ref.root == "step":
			steps = append(steps, ref.Text)
		case len(references) > 1:
			d.Errorf(diagnostic.At(ref.Range), "Wrong type", "An objective asks for one actor, and for nothing besides. Write an objective for each.")
		default:
			out.Actor = ref.Text
		}
	}
	if len(given) > 0 && len(steps) > 0 {
		switch given[0] {
		case "find":
			out.Steps = steps
		case "detect":
			out.Detect = steps
		case "see":
			out.See = steps
		}
	}
	return out, references
}

// checkMisplaced reports attributes that mean nothing for what an objective asks for.
func (d *decoder) checkMisplaced(c content, target exercise.Target) {
	what := map[string]bool{"a step to find": len(target.Steps) > 0, "an actor": target.Actor != "", "a rule": len(target.Detect) > 0, "telemetry": len(target.See) > 0}
	for _, rule := range []struct {
		attribute string
		only      []string
	}{
		{"evidence", []string{"a step to find"}}, {"within", []string{"a step to find"}},
		{"partial", []string{"a step to find", "a rule"}}, {"wrong", []string{"an actor", "a rule"}},
	} {
		attr := c.Attributes[rule.attribute]
		known := what["a step to find"] || what["an actor"] || what["a rule"] || what["telemetry"]
		if attr != nil && known && !slices.ContainsFunc(rule.only, func(w string) bool { return what[w] }) {
			d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "%q can only be used in an objective that asks for %s. Remove it.", rule.attribute, strings.Join(rule.only, " or "))
		}
	}
}

// decodePartial reads the shares of the parts of an answer.
func (d *decoder) decodePartial(c content, target exercise.Target) exercise.Shares {
	given, ok := value[map[string]float64](c, "partial")
	parts := []string{"technique", "host", "time", "evidence"}
	if len(target.Detect) > 0 {
		parts = []string{"detection", "silence"}
	}
	if !ok || len(target.Steps)+len(target.Detect) == 0 {
		return exercise.DefaultShares(target)
	}
	attr, sum := c.Attributes["partial"], 0.0
	for _, choice := range objectivePartial() {
		share, has := given[choice]
		sum += share
		if has && !slices.Contains(parts, choice) {
			d.Errorf(diagnostic.AtValue(attr), "Unknown name", "%q has no part in this answer. Expected: %s.", choice, strings.Join(parts, ", "))
			return exercise.DefaultShares(target)
		}
	}
	if math.Abs(sum-1) > 1e-6 {
		d.Errorf(diagnostic.AtValue(attr), "Shares do not add up", "The shares must add up to 1, and add up to %.3g.", sum)
	}
	return exercise.Shares{
		Technique: given["technique"], Host: given["host"], Time: given["time"], Evidence: given["evidence"],
		Detection: given["detection"], Silence: given["silence"],
	}
}

func objectivePartial() []string {
	partial, _ := objectiveBlock.Attribute("partial")
	return partial.Words()
}
