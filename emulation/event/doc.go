// Package event owns the two records of what happened: the [Observation], as the
// sensor saw it in the kernel's terms, and the [Event], as a log source would
// write it, in Sigma's field taxonomy. Both carry their lineage; an event also
// says whether it was observed, translated, stated or declared ([Provenance]). The
// package knows no sensor, platform or detector. Start at [Event].
package event
