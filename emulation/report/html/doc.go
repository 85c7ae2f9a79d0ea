// Package html owns the view of a run as one page for those who were not there: what
// was asked and the answer, the timeline, the techniques, and of each step its
// processes, events, alerts and what came near to one. The page needs nothing but
// itself, is read in full without its script, which only filters and folds, and with
// a keyboard, a screen reader, on paper and on a telephone.
//
// It knows evidence and judges nothing. Start at Write; page.go is what the templates
// are given.
package html
