// Package material makes, of what was performed, all that an exercise is run with: the
// events that trainees search, among ordinary days, the truth, and the judges of what
// teams build. The same seed gives the same, so that a session can be gone on with and
// its scores computed again. It knows no log, team or page. Start at [New].
package material
