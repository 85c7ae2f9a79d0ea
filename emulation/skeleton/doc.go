// Package skeleton owns the files that a person begins with who writes a behaviour or a
// scenario: HCL with a comment beside each attribute, which is valid and can be performed
// as it stands. What blocks there are, what their attributes mean and which values they
// can have comes from the language (package behaviour) and its manual: nothing of it is
// told a second time here. It knows no terminal, no lab and no detector. Start at
// [Behaviour.Text] and [Scenario.Text].
package skeleton
