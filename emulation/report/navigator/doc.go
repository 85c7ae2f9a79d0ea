// Package navigator owns the view of a run as layers of the ATT&CK Navigator, format
// 4.5: what was reported of the actors, what of it was performed, what was detected
// and what nothing saw, for one or more versions of ATT&CK. It knows evidence and
// the ATT&CK tables and judges nothing. Start at Write.
//
// The format is that of mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md,
// which has no schema. Several layers in one file are a list.
package navigator
