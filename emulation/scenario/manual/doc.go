// Package manual owns the manual of the language: scenarios/LANGUAGE.md, which a test
// writes with -update, and the pages of `ringer show`. What a block and its attributes
// mean is declared where they are decoded (package schema), what a function returns
// beside the function; only what is about several blocks is written here, in topics/.
// Every example is read and planned by a test. It knows the language; no terminal.
// Start at [Pages] and [Markdown].
package manual
