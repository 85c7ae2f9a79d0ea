// Package scenarios owns the shipped library: scenario files, the behaviours, hosts and
// ordinary days that they name (folder library), the Sigma rules they stand on, and
// further scenarios (folder sigmahq) that need SigmaHQ's rules. It holds files and no
// code that acts. Start at FS and Library.
package scenarios
