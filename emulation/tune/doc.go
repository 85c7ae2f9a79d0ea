// Package tune owns the filters that keep a rule from alarming on ordinary days: it finds
// values of the alarms that no attack shares, adds them to the rule's text as a filter,
// and proves by judging recorded runs again that no alarm is left and no detection is
// lost. It writes no file; a proposal is a patch. It knows recorded runs and the rule
// engine, and no lab and no terminal. Start at [Propose].
package tune
