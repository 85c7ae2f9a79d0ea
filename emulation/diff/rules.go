package diff

// RuleChange is a rule that is not the same in both runs.
type RuleChange struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	File  string `json:"file"`
	// Change is "changed", "added" or "removed".
	Change string `json:"change"`
}

func rules(before, after []Rule) []RuleChange {
	changes := []RuleChange{}
	was := map[string]Rule{}
	for _, rule := range before {
		was[rule.ID] = rule
	}
	for _, rule := range after {
		old, ok := was[rule.ID]
		delete(was, rule.ID)
		switch {
		case !ok:
			changes = append(changes, RuleChange{rule.ID, rule.Title, rule.File, "added"})
		case old.Digest != rule.Digest:
			changes = append(changes, RuleChange{rule.ID, rule.Title, rule.File, "changed"})
		}
	}
	for _, rule := range before {
		if _, left := was[rule.ID]; left {
			changes = append(changes, RuleChange{rule.ID, rule.Title, rule.File, "removed"})
		}
	}
	return changes
}
