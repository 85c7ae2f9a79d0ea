// Package verdict decides what a run showed about each expectation. It owns
// the order of verdicts and the way to one; it knows nothing of containers,
// files or terminals: evidence comes in, verdicts go out. Start at [Judge].
//
// What an expectation comes to, once the run broke nowhere, the step was
// performed and its effect is proven:
//
//	expects    alert           no alert, asked       no alert, asked of no event
//	fires      detected        missed                missed, with the reason
//	silent     false_alarm     silent                not_asked
//	known_gap  detected        blind_spot            not_asked
//	blind      detected        blind_spot            not_asked
//
// A rule is asked of an event if the event is of the log source that the rule
// reads; one that rests on others, as a correlation does, if one of those was.
// An outside detector has a time in which to alert: what comes after it is
// detected_late, unless that is allowed. Where it did not answer its silence is
// errored, and an alert that may be of another step leaves the expectation skipped.
//
// Green are silent, detected and blind_spot. A not_asked is none: the rule could
// not have alerted, whatever it says.
package verdict
