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

// head are the fields of an event's header, which recordings hold apart.
var head = []string{"EventID", "Channel", "Provider_Name", "Computer", "Level"}

// Compare holds every recorded event beside the one of the same kind that its
// step left, in shape native. An event without a counterpart counts with all
// its fields as missing.
func Compare(performances []reenact.Performance) Report {
	c := comparison{categories: map[string]*category{}}
	for _, p := range performances {
		for i, step := range p.Steps {
			c.pair(p, i, step)
		}
	}
	out := Report{Recordings: len(performances), Categories: []Category{}}
	for _, name := range slices.Sorted(maps.Keys(c.categories)) {
		one := c.categories[name].report(name)
		out.Overall.add(one.Figure)
		out.Categories = append(out.Categories, one)
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

func (c *comparison) pair(p reenact.Performance, i int, step reenact.Step) {
	into := c.of(step.Recorded)
	into.Events++
	into.Fields += len(step.Recorded.Data)
	made, ok := p.Counterpart(i)
	if !ok {
		d := into.differ(Missing, "(all)", p.Dir)
		d.Recorded = cmp.Or(d.Recorded, strings.Join(slices.Sorted(maps.Keys(step.Recorded.Data)), ", "))
		d.Why = cmp.Or(d.Why, step.Why, "no event came of it")
		return
	}
	into.Made++
	into.fields(p.Dir, step.Recorded, made)
}

func (c *category) fields(recording string, recorded reenact.Recorded, made event.Event) {
	for field, want := range recorded.Data {
		value, there := made.Fields[field]
		if !there {
			d := c.differ(Missing, field, recording)
			d.Recorded = cmp.Or(d.Recorded, want)
			continue
		}
		c.Present++
		is := reenact.Text(value)
		if formOf(field, want) != formOf(field, is) {
			c.OtherForm++
			d := c.differ(OtherForm, field, recording)
			d.Recorded, d.Ours = cmp.Or(d.Recorded, want), cmp.Or(d.Ours, is)
		}
		if made.Provenance == event.Declared || made.FieldProvenance[field] == event.Declared {
			c.Declared++
			d := c.differ(Declared, field, recording)
			d.Recorded, d.Ours = cmp.Or(d.Recorded, want), cmp.Or(d.Ours, is)
		}
	}
	for field, value := range made.Fields {
		if _, known := recorded.Data[field]; known || slices.Contains(head, field) {
			continue
		}
		c.TooMany++
		d := c.differ(TooMany, field, recording)
		d.Ours = cmp.Or(d.Ours, reenact.Text(value))
	}
}

func (c *comparison) of(r reenact.Recorded) *category {
	name := r.CategoryName()
	if name == "" {
		name = fmt.Sprintf("%s %d", r.Channel, r.ID)
	}
	if c.categories[name] == nil {
		c.categories[name] = &category{differences: map[Kind]map[string]*Difference{}}
	}
	return c.categories[name]
}

func (c *category) differ(kind Kind, field, recording string) *Difference {
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
