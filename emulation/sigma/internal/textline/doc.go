// Package textline fits texts of rules and events into lines that a person
// reads. It owns how a text is cut, broken and quoted; it knows nothing of what
// the text is about. Start at [Shorten].
package textline
