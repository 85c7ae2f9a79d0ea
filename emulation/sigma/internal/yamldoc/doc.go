// Package yamldoc reads the YAML documents of a rule file into nodes that keep
// their place. It owns the limits of size and nesting, aliases, merge keys and
// the types of scalars; it knows nothing of what a rule must contain. Start at
// [Documents].
package yamldoc
