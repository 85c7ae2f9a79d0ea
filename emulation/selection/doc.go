// Package selection chooses which steps of plans are performed. It owns the [Filter], what
// a chosen step needs besides, and what a plan without the others cannot judge. It knows
// plans and the places that acts change; it performs and judges nothing, and knows no
// command line. Start at [Filter.Choose].
package selection
