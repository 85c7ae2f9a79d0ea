// Package condition reads the condition of a rule. It owns the grammar, the tree
// that it makes of a text, and how a tree is written and altered; it knows
// nothing of the selections or rules that the names stand for. Start at [Parse].
package condition
