// Package attackflow owns the view of a scenario as an Attack Flow 2.0.0 of CTID, a
// bundle of STIX 2.1: an action for each step, joined in the order in which they are
// performed, and for each gap one that nothing leads to. It knows scenarios and plans,
// and judges nothing. Start at [Write].
//
// The format is center-for-threat-informed-defense/attack-flow,
// stix/attack-flow-schema-2.0.0.json.
package attackflow
