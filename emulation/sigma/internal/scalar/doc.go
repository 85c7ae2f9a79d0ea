// Package scalar reads numbers and times as rules and events write them. It owns
// the decimal form that numbers are compared in, and the parts of a timestamp
// that the time modifiers ask for. It knows nothing of rules, events or YAML:
// texts come in, numbers go out. Start at [Canonical], [Float] and [TimePart].
package scalar
