// Package compare owns the judgement of one run under many carriers' telemetry:
// who would have seen what, what each fault would have cost, how long
// each actor stayed unseen, what evidence is left, and whom the alerts point
// to. It knows recorded runs, profiles and detectors; it performs nothing and
// knows no lab and no terminal. Start at [Comparer].
package compare
