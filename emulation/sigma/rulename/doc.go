// Package rulename owns the ways in which people call a rule: by its id or the
// beginning of it, its name, its title, or its file. A scenario takes the exact ones
// alone ([Index.Named]), a command line all ([Index.Find]). It knows rules and nothing of
// what is asked for them. Start at [Index].
package rulename
