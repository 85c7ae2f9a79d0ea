// Package sigma reads Sigma rules and decides which of them match an event. It
// owns the rules and their diagnostics, the matching of single events,
// correlations over many, filters, lint, mutants, and the explanation why a rule
// fired or did not. It knows nothing of ringer's runs, labs or reports: events
// come in as [logevent.Event], alerts and explanations go out.
//
// The specification is version 2.1.0; where it is silent, pySigma decides. The
// comments name the section that asks for a thing, as [Rules: Condition].
//
// Start at [LoadPaths] or [LoadCached], and [Compile]. [Set.Match] matches single
// events; a [Session] takes a stream of them and correlates in event time. [Lint]
// warns of rules that are valid and yet not what was meant. [Set.Explain] says why
// a rule matches an event or what it would take, [Set.NearMiss] and
// [Set.ExplainNearest] how near a rule came. [Set.FieldDependencies] and
// [Set.UncertainEvents] say on which fields an answer rests. [Mutants] are the
// rule with one part altered, for mutation testing.
//
// Files are named by stage: parse_ makes rules of text, compile_ expressions of
// rules, match_ a program of expressions, and correlate_ alerts of matches;
// explain_, uncertain_, lint_ and mutant_ look at expressions. MATCHING.md has the
// algorithm from end to end, its worst case, and where each constant comes from.
// Events and their decoding are in package logevent, SigmaHQ's regression data in
// package regression, the values of placeholders in package placeholder, and the rules
// of Wazuh 5 in package wazuh.
package sigma
