// Package attire owns the view of a run as ATTiRe 1.1, the log of an attack tool that
// VECTR reads: a procedure for each step that was performed, with the programs that
// it started. It says what was done, not what was seen. It knows evidence and judges
// nothing. Start at Write.
//
// ATTiRe has no schema: the fields are those that redcanaryco/invoke-atomicredteam
// writes, Public/Attire-ExecutionLogger.psm1.
package attire
