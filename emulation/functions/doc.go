// Package functions has the functions that expressions can call, in scenarios and in
// libraries: those that Terraform users know and that need nothing from outside. What a
// call costs is in package bounded. Start at [All].
package functions
