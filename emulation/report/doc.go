// Package report owns the views of a result: terminal, JSON with its schema,
// JUnit, and the plan of a dry run. A view is a function from a result to a
// writer; nothing here starts, judges or decides anything, and the same result
// gives the same bytes. Start at [Terminal].
//
// The packages below it are the views that need more than a result: html, markdown,
// sarif, navigator and attire are functions from what evidence collects.
package report
