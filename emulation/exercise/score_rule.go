package exercise

import (
	"slices"
)

// rule scores a rule by its verdict, once there is one.
func (c *scorer) rule(e Entry) {
	digest := RuleDigest(e.Rule.Text)
	verdict, ok := c.state.rules[digest]
	switch {
	case !ok || verdict.number > c.through:
		c.add(e, Line{Kind: LineToBeJudged, What: whatOf(e), Why: whyWaits})
		return
	case len(verdict.Problems) > 0:
		c.add(e, Line{Kind: LineNothing, What: whatOf(e), Why: whyNotARule(verdict.Problems[0])})
		return
	case verdict.Alarms > 0 && !c.alarmed[digest]:
		if c.alarmed == nil {
			c.alarmed = map[string]bool{}
		}
		c.alarmed[digest] = true
		if cost := c.alarmCost(verdict.RuleVerdict); cost < 0 {
			c.charge(e, "", Line{Kind: LineAlarms, Points: cost, What: whatOf(e), Why: whyAlarms(verdict.Alarms, cost)})
		}
	}
	asked := false
	for _, o := range c.state.definition.Objectives {
		detected, variants := verdict.count(o.Find.Detect)
		if detected == 0 {
			continue // a rule that is about something else takes no try
		}
		asked = true
		points, why := formula(o.Points, []part{
			{variantsWord(detected, variants), o.Partial.Detection, float64(detected) / float64(variants)},
			{silenceWord(verdict.Alarms), o.Partial.Silence, yes(verdict.Alarms == 0)},
		})
		c.answer(e, o, Line{Kind: LineRule, Points: points, What: whatOf(e), Why: why})
	}
	if !asked {
		c.add(e, Line{Kind: LineRule, What: whatOf(e), Why: whyDetectsNothing})
	}
}

// alarmCost is what a rule costs that alarms on ordinary days: the most that any of the
// objectives which it answers charges, or, if it answers none, what a false accusation
// costs.
func (c *scorer) alarmCost(verdict RuleVerdict) int {
	cost, answers := 0, false
	for _, o := range c.state.definition.Objectives {
		if detected, _ := verdict.count(o.Find.Detect); detected > 0 {
			cost, answers = min(cost, o.Wrong), true
		}
	}
	if !answers {
		return c.state.definition.Wrong
	}
	return cost
}

// count counts the variants of those steps, and those of them that were detected.
func (v RuleVerdict) count(steps []string) (detected, variants int) {
	for _, step := range v.Steps {
		if slices.Contains(steps, step.Step) {
			detected += step.Detected
			variants += step.Variants
		}
	}
	return detected, variants
}

// purchases scores what a team bought. Each set of purchases within the budget is one
// answer, in place of the one before; the best counts.
func (c *scorer) purchases(e Entry) {
	bought := distinct(e.Purchases)
	cost, unknown := c.state.definition.cost(bought)
	if unknown != "" || cost > c.state.definition.Budget {
		c.add(e, Line{Kind: LineNothing, What: whatOf(e), Why: whyTooDear(cost, c.state.definition.Budget, unknown)})
		return
	}
	c.out.Purchases, c.out.Spent = bought, cost
	verdict, ok := c.state.bought[PurchaseDigest(bought)]
	if !ok || verdict.number > c.through {
		c.add(e, Line{Kind: LineToBeJudged, What: whatOf(e), Why: whyWaits})
		return
	}
	for _, o := range c.state.definition.Objectives {
		if len(o.Find.See) == 0 {
			continue
		}
		detected, expected := 0, 0
		for _, step := range verdict.Steps {
			if slices.Contains(o.Find.See, step.Step) {
				detected += step.Detected
				expected += step.Expected
			}
		}
		points, why := formula(o.Points, []part{{sightWord(detected, expected), 1, float64(detected) / float64(max(1, expected))}})
		c.answer(e, o, Line{Kind: LineTelemetry, Points: points, What: whatOf(e), Why: why})
	}
}

// cost is what purchases cost; unknown is the name of one that is not for sale.
func (d *Definition) cost(purchases []string) (cost int, unknown string) {
	for _, name := range purchases {
		i := slices.IndexFunc(d.Purchases, func(p Purchase) bool { return p.Name == name })
		if i < 0 {
			return cost, name
		}
		cost += d.Purchases[i].Cost
	}
	return cost, ""
}
