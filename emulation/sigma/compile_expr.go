package sigma

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
)

type exprOp uint8

const (
	exprLeaf exprOp = iota
	exprAnd
	exprOr
	exprNot
)

type labelKind uint8

const (
	noLabel labelKind = iota
	selectionLabel
	itemLabel
	filterLabel
	patternLabel
)

// expr is a condition with its selections put in: what is evaluated, compiled
// and explained. Selections are shared between the places that name them.
type expr struct {
	op        exprOp
	children  []*expr
	predicate *predicate
	label     labelKind
	text      string // of the label: the selection's name, or field and modifiers
}

func joinExpr(op exprOp, children []*expr) *expr {
	if len(children) == 1 {
		return children[0]
	}
	return &expr{op: op, children: children}
}

func labelled(e *expr, kind labelKind, text string) *expr {
	if e.label != noLabel {
		return &expr{op: exprAnd, children: []*expr{e}, label: kind, text: text}
	}
	c := *e
	c.label, c.text = kind, text
	return &c
}

// exprBuilder turns a detection into an expression for given placeholders.
type exprBuilder struct {
	placeholders       map[string][]string
	missingPlaceholder string              // a placeholder without values: the rule cannot be used
	rename             func(string) string // of field names, for other taxonomies
	built              map[*selection]*expr
}

func newExprBuilder(placeholders map[string][]string) *exprBuilder {
	return &exprBuilder{placeholders: placeholders, built: map[*selection]*expr{}}
}

// detection joins the conditions by or. [Rules: Condition]
func (b *exprBuilder) detection(d *detection) *expr {
	var children []*expr
	for _, tree := range d.trees {
		if e := b.cond(d, tree); e != nil {
			children = append(children, e)
		}
	}
	if len(children) == 0 {
		return nil
	}
	return joinExpr(exprOr, children)
}

// cond is nil for a term that matches no selection and is dropped.
func (b *exprBuilder) cond(d *detection, c *condition.Tree) *expr {
	switch c.Op {
	case condition.Name:
		if sel := d.selectionNamed(c.Name); sel != nil {
			return b.selection(sel)
		}
		return nil
	case condition.Not:
		if child := b.cond(d, c.Children[0]); child != nil {
			return &expr{op: exprNot, children: []*expr{child}}
		}
		return nil
	}
	var children []*expr
	switch c.Op {
	case condition.Any, condition.All:
		for _, sel := range d.matchingSelections(c.Name) {
			children = append(children, b.selection(sel))
		}
	default:
		for _, k := range c.Children {
			if e := b.cond(d, k); e != nil {
				children = append(children, e)
			}
		}
	}
	if len(children) == 0 {
		return nil
	}
	op := exprOr
	if c.Op == condition.And || c.Op == condition.All {
		op = exprAnd
	}
	e := joinExpr(op, children)
	if len(children) > 1 && (c.Op == condition.Any || c.Op == condition.All) {
		e.label, e.text = patternLabel, map[condition.Op]string{condition.Any: "1 of ", condition.All: "all of "}[c.Op]+c.Name
	}
	return e
}

func (b *exprBuilder) selection(s *selection) *expr {
	if e, ok := b.built[s]; ok {
		return e
	}
	maps := make([]*expr, len(s.maps))
	for i, items := range s.maps {
		children := make([]*expr, len(items))
		for j, it := range items {
			children[j] = b.item(it)
		}
		maps[i] = joinExpr(exprAnd, children)
	}
	e := labelled(joinExpr(exprOr, maps), selectionLabel, s.name)
	b.built[s] = e
	return e
}

func (b *exprBuilder) item(it *item) *expr {
	values := it.values
	if it.expand {
		values = b.expanded(it)
	}
	children := make([]*expr, 0, len(values))
	for i := range values {
		children = append(children, b.value(it, &values[i]))
	}
	op := exprOr
	if it.all {
		op = exprAnd
	}
	e := joinExpr(op, children)
	if it.neq {
		e = &expr{op: exprNot, children: []*expr{e}}
	}
	return labelled(e, itemLabel, it.String())
}

func (b *exprBuilder) expanded(it *item) []rulevalue.Value {
	values := make([]rulevalue.Value, 0, len(it.raw))
	for _, n := range it.raw {
		v, err := rulevalue.Modify(n, it.mods, b.placeholders)
		if err != nil {
			v.MissingPlaceholder = err.Detail
		}
		if v.MissingPlaceholder != "" {
			b.missingPlaceholder = v.MissingPlaceholder
		}
		values = append(values, v)
	}
	return values
}

// value is the leaf of a value, or an or over what it stands for.
func (b *exprBuilder) value(it *item, v *rulevalue.Value) *expr {
	field := b.field(it.field)
	switch v.Kind {
	case rulevalue.Text, rulevalue.Number, rulevalue.Bool:
		children := make([]*expr, 0, len(v.Alts))
		for _, alt := range v.Alts {
			if field == "" && !v.Anchored {
				alt = alt.OpenStart().OpenEnd()
			}
			children = append(children, &expr{predicate: textPredicate(field, alt, v.Cased)})
		}
		return joinExpr(exprOr, children)
	default:
		q := otherPredicate(field, v)
		if q.op == opFieldRef {
			q.other = b.field(q.other)
		}
		return &expr{predicate: q}
	}
}

func (b *exprBuilder) field(name string) string {
	if b.rename == nil || name == "" {
		return name
	}
	return b.rename(name)
}

// signature is the same for expressions that ask for the same, however their
// parts are named and ordered.
func (e *expr) signature() string {
	if e.op == exprLeaf {
		return e.predicate.key
	}
	parts := make([]string, len(e.children))
	for i, k := range e.children {
		parts[i] = k.signature()
	}
	if e.op != exprNot && len(parts) == 1 {
		return parts[0]
	}
	slices.Sort(parts)
	return fmt.Sprintf("%d(%s)", e.op, strings.Join(slices.Compact(parts), "\x02"))
}
