// Package sigma reads Sigma rules and decides which of them fit an event. It
// owns the whole of it: the rule files with their mistakes, the matching of
// single events, correlations over many, filters, and the explanation why a
// rule fired or did not. It knows nothing of ringer's runs, labs or reports:
// events come in as fields, alerts and explanations go out.
//
// The specification is version 2.1.0; where it is silent, pySigma decides. The
// comments name the section that asks for a thing, as [Rules: Condition].
//
// Start at LoadPaths, or LoadCached, and Compile; a Set matches events one by one, a Session
// takes a stream of them and correlates in event time. Lint tells of rules that
// are valid and yet not what was meant, Explain why a rule fits an event or
// what it would take, Depends on which fields its answer rests. How matching is kept fast begins at program.
package sigma
