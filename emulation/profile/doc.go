// Package profile owns which telemetry a carrier's detectors get of what happened:
// which log sources exist, with what loss and delay, for how long they are kept and
// where ([Profile]), and what the people who run the detectors may do wrong ([Fault]).
// A profile is a function over the events of one run: nothing is performed again, and
// the same events give the same deliveries. It knows events; no plan, no rule
// language, no HCL. Start at [Profile.Deliver].
package profile
