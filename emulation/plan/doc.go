// Package plan owns the resolved run: every reference followed, every argument
// checked, steps in the order of virtual time, every rule found. Building one
// starts nothing. It knows scenarios, behaviours, assets and ATT&CK; of rules
// only what a [Catalog] tells, of telemetry only what [Channels] tells. It knows no
// lab and no detector's inside. A plan is built from a [scenario.Scenario] and
// performed by package runner. Start at [Plan] and [Build].
package plan
