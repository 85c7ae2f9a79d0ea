// Package scenarios owns the shipped library: scenario files, the Sigma rules
// they stand on, and further scenarios (folder sigmahq) that need SigmaHQ's
// rules. It holds files and no code that acts. Start at FS.
package scenarios
