// Package debrief owns the views of an exercise for those who talk about it afterwards:
// the board, how each score came about, what each team found and when, and step by step
// the truth beside it, as JSON, CSV, Markdown and one HTML page that needs nothing but
// itself. What trainees wrote comes out inert in each.
//
// It knows what package exercise makes of the log and judges nothing. The views have the
// truth: they are for instructors, and for trainees after the end. Start at [Of].
package debrief
