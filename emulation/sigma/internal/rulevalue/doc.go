// Package rulevalue makes of a value in a rule, and of the modifiers of its line,
// what a field is compared with. It owns the modifiers: which values each takes,
// in which order they may stand, and what they do. It knows nothing of fields,
// selections or events. Start at [Modify].
package rulevalue
