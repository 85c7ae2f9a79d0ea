// Package attack owns the pinned MITRE ATT&CK tables: techniques, revoked and
// deprecated ones included ([Technique]), and groups ([Group]). Pinning makes a
// scenario mean the same next year; what changed since is found by its `attack`
// attribute. The package knows nothing of scenarios or behaviours. Start at
// [FindTechnique].
//
// The tables are MITRE's: see tables/NOTICE.txt, which [Notice] returns.
package attack
