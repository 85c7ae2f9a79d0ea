// Package attack owns the pinned MITRE ATT&CK tables of each [Version] that is spoken:
// tactics ([Tactic]), techniques, revoked and deprecated ones included ([Technique]),
// and groups ([Group]); and what stands in one version for an id or a tag of another
// ([Version.Counterparts], [Version.Tags]). Pinning makes a scenario mean the same next
// year; which version it speaks its `attack` attribute says. The package knows nothing
// of scenarios or behaviours. Start at [Version.Technique].
//
// The tables are MITRE's: see tables/NOTICE.txt, which [Notice] returns.
package attack
