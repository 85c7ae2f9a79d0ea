// Package mdtext owns how words that may come from anyone are written in Markdown, so that
// they are read as they are. It knows no view. Start at [Text].
package mdtext
