// Package sarif owns the view of a run as SARIF 2.1.0, as code scanning takes it: one
// result a finding, each with one location whose line a reader can change, and
// within the limits that are kept there. It knows evidence and judges nothing.
// Start at Write.
//
// The format is OASIS's; what code scanning reads of it, and how much, is in
// github/docs, sarif-support-for-code-scanning.md and sarif-limits.md.
package sarif
