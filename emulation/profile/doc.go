// Package profile owns what a carrier's detectors are given of what happened:
// which log sources are had, how badly, for how long, where they are kept, and
// what the people who run them may do wrong. A profile is a function over the
// events of one run: nothing is performed again, and the same events give the
// same copies. It knows events; no plan, no rule language, no HCL. Start at
// Profile and Receive.
package profile
