// Package sigmahqtest tells tests where the rules, recordings and tables lie that they
// are held against and that are no part of this project: SigmaHQ's are under a licence of
// their own, and too many to keep a copy. A test that needs them is skipped where they
// are not there, and says what they are and where they come from.
//
// It reads no rule itself. Start at [Folder].
package sigmahqtest
