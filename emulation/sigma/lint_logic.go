package sigma

import (
	"math"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
)

// satisfiability warns of conditions and selections that can never hold, and of
// conditions that always do.
func (l *linter) satisfiability(d *detection, e *expr) {
	if e == nil || len(d.conditions) == 0 {
		return
	}
	at := d.conditions[0]
	switch {
	case !satisfiable(e, true):
		l.warnf(at, "Rules: Condition", "Condition can never match", "its parts contradict each other")
		return
	case !satisfiable(e, false):
		l.warnf(at, "Rules: Condition", "Condition always matches", "the rule would fire on every event")
		return
	}
	b := newExprBuilder(nil)
	for _, s := range d.selections {
		for i, items := range s.maps {
			if len(items) == 1 && !items[0].all {
				continue // nothing to contradict
			}
			part := *s
			part.maps = s.maps[i : i+1]
			if !satisfiable(b.selection(&part), true) {
				l.warnf(items[0].at, "Rules: Maps", "Selection can never match", "these lines of %q contradict each other", s.name)
			}
		}
	}
}

// correlationBounds warns of correlations whose figure can never be as asked for.
func (l *linter) correlationBounds(c *correlation) {
	low, high := math.Inf(-1), math.Inf(1)
	if !c.kind.readsField() || c.kind == valueCount {
		low = 1 // a group without events is never judged
	}
	if c.kind.temporal() {
		high = float64(len(c.rules))
	}
	for _, b := range c.bounds {
		switch b.op {
		case rulevalue.Greater:
			low = math.Max(low, math.Nextafter(b.number, math.Inf(1)))
		case rulevalue.GreaterEqual:
			low = math.Max(low, b.number)
		case rulevalue.Less:
			high = math.Min(high, math.Nextafter(b.number, math.Inf(-1)))
		case rulevalue.LessEqual:
			high = math.Min(high, b.number)
		case rulevalue.Equal:
			low, high = math.Max(low, b.number), math.Min(high, b.number)
		}
	}
	if low > high {
		l.warnf(c.at, "Correlation: Condition", "Condition can never match", "no value satisfies %s", c.conditionText())
	}
}
