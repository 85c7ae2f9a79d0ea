// Package room owns an exercise while it runs: it appends what people do to the log,
// folds it, keeps the clock, has rules judged that were handed in, and tells open pages
// that something changed. It knows no page, cookie or role: who may do what was
// checked before. Start at [Room].
package room
