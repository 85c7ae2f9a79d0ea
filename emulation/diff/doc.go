// Package diff owns what is different between two runs of the same scenarios:
// verdicts, alerts, events and their fields, the time until a rule fired, and the
// rules themselves. It knows results and events; no lab, no recording and no
// terminal. Start at [Compare].
package diff
