// Package scenario owns the language: HCL files in, checked Scenario values and
// every problem of all files out. It knows the vocabulary of behaviours and assets
// and the ATT&CK tables. It knows no rules (whether a rule exists is checked when
// the plan is built), no lab and no terminal.
//
// Reading goes on after every error. A part with an error is not Valid, and what
// depends on it is not checked against it, so that one mistake is one diagnostic.
// Of a file that is not HCL only that is reported, as the parser can only guess the
// rest.
//
// scenario.go and conditions.go are the model, decode_*.go read HCL into it: each block
// by the schema that stands beside ([Language]). From the same schema package manual
// writes the manual of the language, scenarios/LANGUAGE.md. Start at [Load].
package scenario
