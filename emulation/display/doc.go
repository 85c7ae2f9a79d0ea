// Package display owns what becomes of text on its way to a person: whatever would
// command a terminal, or make it show something else than is there, is written as an
// escape, and only what ringer itself colours is coloured. Titles, names, values of
// events and lines of files come from anybody. It knows nothing of what is written.
// Start at [NewWriter], which all that a person reads goes through; [Paint] is how
// something gets a colour on the way.
package display
