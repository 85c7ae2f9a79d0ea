// Package literalscan finds which of many literals stand in a text, each where it
// has to: anywhere, at an end, or as the whole. It owns the tables that make this
// quick for thousands of literals, and the state of what was found in one event. It
// knows predicates and rules by number only. Start at [Scanner]; MATCHING.md of
// the sigma package explains the algorithm and its constants.
package literalscan
