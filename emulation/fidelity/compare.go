package fidelity

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/reenact"
)

// headerFields are the fields of an event's header, which recordings keep separately.
var headerFields = []string{"EventID", "Channel", "Provider_Name", "Computer", "Level"}

// Compare compares every recorded event with the one of the same kind that its
// step left, in shape native. An event without a counterpart counts with all
// its fields as missing.
func Compare(executions []reenact.Execution) Report {
	c := comparison{categories: map[string]*category{}}
	for _, p := range executions {
		for i, step := range p.Steps {
			c.compareStep(p, i, step)
		}
	}
	out := Report{Recordings: len(executions), Categories: []Category{}}
	for _, name := range slices.Sorted(maps.Keys(c.categories)) {
		category := c.categories[name].report(name)
		out.Overall.add(category.Figure)
		out.Categories = append(out.Categories, category)
	}
	return out
}

type comparison struct {
	categories map[string]*category
}

type category struct {
	Figure
	differences map[Kind]map[string]*Difference
}

func (c *comparison) compareStep(p reenact.Execution, i int, step reenact.Step) {
	into := c.categoryOf(step.Recorded)
	into.Events++
	into.Fields += len(step.Recorded.Data)
	made, ok := p.Counterpart(i)
	if !ok {
		d := into.difference(Missing, "(all)", p.Dir)
		d.Recorded = cmp.Or(d.Recorded, strings.Join(slices.Sorted(maps.Keys(step.Recorded.Data)), ", "))
		d.Why = cmp.Or(d.Why, step.Unsupported, "the step left no event of this kind")
		return
	}
	into.Made++
	into.compareFields(p.Dir, step.Recorded, made)
}

func (c *category) compareFields(recording string, recorded reenact.RecordedEvent, made event.Event) {
	for field, want := range recorded.Data {
		value, there := made.Fields[field]
		if !there {
			d := c.difference(Missing, field, recording)
			d.Recorded = cmp.Or(d.Recorded, want)
			continue
		}
		c.Present++
		is := reenact.Text(value)
		if formOf(field, want) != formOf(field, is) {
			c.OtherForm++
			d := c.difference(OtherForm, field, recording)
			d.Recorded, d.Ours = cmp.Or(d.Recorded, want), cmp.Or(d.Ours, is)
		}
		if made.Provenance == event.Declared || made.FieldProvenance[field] == event.Declared {
			c.Declared++
			d := c.difference(Declared, field, recording)
			d.Recorded, d.Ours = cmp.Or(d.Recorded, want), cmp.Or(d.Ours, is)
		}
	}
	for field, value := range made.Fields {
		if _, known := recorded.Data[field]; known || slices.Contains(headerFields, field) {
			continue
		}
		c.TooMany++
		d := c.difference(TooMany, field, recording)
		d.Ours = cmp.Or(d.Ours, reenact.Text(value))
	}
}

func (c *comparison) categoryOf(r reenact.RecordedEvent) *category {
	name := r.CategoryName()
	if name == "" {
		name = fmt.Sprintf("%s %d", r.Channel, r.ID)
	}
	if c.categories[name] == nil {
		c.categories[name] = &category{differences: map[Kind]map[string]*Difference{}}
	}
	return c.categories[name]
}

func (c *category) difference(kind Kind, field, recording string) *Difference {
	if c.differences[kind] == nil {
		c.differences[kind] = map[string]*Difference{}
	}
	d := c.differences[kind][field]
	if d == nil {
		d = &Difference{Kind: kind, Field: field, Recording: recording}
		c.differences[kind][field] = d
	}
	d.Events++
	return d
}

func (c *category) report(name string) Category {
	out := Category{Name: name, Figure: c.Figure, Differences: []Difference{}}
	for _, kind := range kinds {
		for _, field := range slices.Sorted(maps.Keys(c.differences[kind])) {
			out.Differences = append(out.Differences, *c.differences[kind][field])
		}
	}
	return out
}
