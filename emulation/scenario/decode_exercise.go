package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// The limits keep a page of an exercise readable, and a team's log small.
const (
	maxObjectives = 100
	maxHints      = 10
	maxMinutes    = 14 * 24 * 60
	maxPoints     = 1_000_000
	defaultWrong  = -5
)

func (d *decoder) decodeExercise(block *hcl.Block, of *Scenario) *Exercise {
	before := d.ErrorCount()
	out := &Exercise{Name: d.declareName("exercise", block, 0), Range: block.DefRange, File: block.DefRange.Filename}
	c := d.decodeBlock(block, exerciseBlock)
	out.Definition = exercise.Definition{
		Name: out.Name.Text, Title: oneLine(valueOr(c, "title", out.Name.Text)), Mode: exercise.Mode(valueOr(c, "mode", string(exercise.Hunt))),
		Pace: d.pace(c), Minutes: d.within(c, "minutes", exercise.DefaultMinutes, 1, maxMinutes), Wrong: d.within(c, "wrong", defaultWrong, -maxPoints, 0),
		Intro: valueOr(c, "intro", ""), Budget: d.within(c, "budget", 0, 0, maxPoints),
	}
	d.checkTexts(c, "title", "intro")
	out.Of = d.exerciseScenario(block, c, of)
	out.Definition.Scenario = out.Of.Text
	for _, inner := range c.Blocks.OfType("objective") {
		d.declareInner("objective", inner, out.Name)
		objective, references := d.decodeObjective(inner, out.Definition)
		out.Objectives, out.references = append(out.Objectives, objective), append(out.references, references...)
	}
	for _, inner := range c.Blocks.OfType("purchase") {
		d.declareInner("purchase", inner, out.Name)
		out.Purchases = append(out.Purchases, d.decodePurchase(inner, out.Definition))
	}
	d.checkMost(c, "objective", maxObjectives)
	d.checkMost(c, "purchase", exercise.MaxBought)
	d.checkPurchases(block, c, out)
	d.checkAskedTwice(c, out)
	out.Valid = d.ErrorCount() == before
	return out
}

// exerciseScenario is the scenario that an exercise names, or else that of its files.
func (d *decoder) exerciseScenario(block *hcl.Block, c content, of *Scenario) Identifier {
	named, given := value[Identifier](c, "scenario")
	switch {
	case given:
		return named
	case c.Attributes["scenario"] != nil && !d.isNull(c.Attributes["scenario"]):
		return Identifier{} // what is wrong was reported
	case of.Name.Text == "":
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `This exercise must have "scenario", such as scenario.NAME: there is no scenario block in its file.`)
		return Identifier{}
	}
	return Identifier{Text: of.Name.Text, Range: block.DefRange}
}

// pace reads how much faster virtual time passes, such as "240x".
func (d *decoder) pace(c content) float64 {
	text, ok := value[string](c, "pace")
	if !ok {
		return exercise.DefaultPace
	}
	number, times := strings.CutSuffix(text, "x")
	pace, err := strconv.ParseFloat(number, 64)
	if !times || err != nil || !exercise.ValidPace(pace) {
		d.Errorf(diagnostic.AtValue(c.Attributes["pace"]), "Invalid pace", `%q is not a pace: expected a number from %v to %v and an x, such as "240x" for four hours a minute.`,
			text, exercise.MinPace, exercise.MaxPace)
		return exercise.DefaultPace
	}
	return pace
}

// within is a whole number that must be within bounds; otherwise if there is none, or it
// is not.
func (d *decoder) within(c content, name string, otherwise, least, most int) int {
	n, ok := value[int](c, name)
	if !ok {
		return otherwise
	}
	if n >= least && n <= most {
		return n
	}
	hint := ""
	if most == 0 && n <= -least {
		hint = fmt.Sprintf(" It is what a wrong answer costs: write %s = -%d.", name, n)
	}
	d.Errorf(diagnostic.AtValue(c.Attributes[name]), "Invalid number", "%q is %d; expected a number from %d to %d.%s", name, n, least, most, hint)
	return otherwise
}

// checkTexts reports texts that no page could show.
func (d *decoder) checkTexts(c content, names ...string) {
	for _, name := range names {
		text, ok := value[string](c, name)
		if !ok {
			continue
		}
		if err := exercise.CheckText(fmt.Sprintf("%q", name), text, exercise.MaxNote, true); err != nil {
			d.Errorf(diagnostic.AtValue(c.Attributes[name]), "Invalid text", "%s.", err)
		}
	}
}

// declareInner declares the name of a block in an exercise, in which it must be unique.
func (d *decoder) declareInner(noun string, block *hcl.Block, in ...Identifier) {
	for _, outer := range in {
		noun = outer.Text + "." + noun
	}
	d.declareName(noun, block, 0)
}

func (d *decoder) checkMost(c content, name string, most int) {
	if all := c.Blocks.OfType(name); len(all) > most {
		d.Errorf(diagnostic.AtBlock(all[most]), "Too many blocks", "There are %d blocks of type %s; at most %d are allowed here.", len(all), name, most)
	}
}

func (d *decoder) decodePurchase(block *hcl.Block, of exercise.Definition) exercise.Purchase {
	c := d.decodeBlock(block, purchaseBlock)
	d.checkTexts(c, "title")
	out := exercise.Purchase{Name: block.Labels[0], Title: oneLine(valueOr(c, "title", block.Labels[0])), Cost: d.within(c, "cost", 0, 0, maxPoints)}
	if out.Cost > of.Budget {
		d.Errorf(diagnostic.AtValue(c.Attributes["cost"]), "Too expensive", "This costs %d, and the budget of the exercise is %d: nobody could buy it. Raise \"budget\" or lower \"cost\".", out.Cost, of.Budget)
	}
	for _, inner := range c.Blocks {
		out.Sources = append(out.Sources, d.decodeSource(inner))
	}
	return out
}

// checkPurchases reports telemetry that nobody asks for, and questions about telemetry
// where none can be bought.
func (d *decoder) checkPurchases(block *hcl.Block, c content, e *Exercise) {
	see := slices.ContainsFunc(e.Objectives, func(o exercise.Objective) bool { return len(o.Find.See) > 0 })
	if see && len(e.Purchases) == 0 {
		d.Errorf(diagnostic.AtBlock(block), "Missing block", `An objective asks what the bought telemetry shows ("see"), and nothing can be bought. Add a block of type purchase.`)
	}
	if first := c.Blocks.OfType("purchase"); !see && len(first) > 0 {
		d.Errorf(diagnostic.AtBlock(first[0]), "Misplaced block", `Telemetry can be bought, and no objective asks what it shows. Add an objective with "see", or remove the block.`)
	}
}

// checkAskedTwice reports actors that two objectives ask for: a finding answers one of
// them.
func (d *decoder) checkAskedTwice(c content, e *Exercise) {
	first := map[string]int{}
	for i, o := range e.Objectives {
		before, asked := first[o.Find.Actor]
		switch {
		case o.Find.Actor == "":
		case asked:
			d.Errorf(diagnostic.AtBlock(c.Blocks.OfType("objective")[i]), "Duplicate objective", "The objective %q asks for the actor %q as well. Ask for each actor once.", e.Objectives[before].Name, o.Find.Actor)
		default:
			first[o.Find.Actor] = i
		}
	}
}
