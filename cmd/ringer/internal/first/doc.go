// Package first runs a stand-in before most of the binary is initialised, and ends
// it. A run starts stand-ins by the thousand; each is this binary, of which it
// needs a small part, and to initialise the rest takes longer than all it does.
//
// Of the packages whose imports are ready, Go initialises them in the order of
// their paths (https://go.dev/ref/spec#Program_initialization). This one and all
// it imports need nothing but packages of the standard library that are ready
// early, so that it comes before nearly all that is not ours. A single import of
// a late one (net/netip, path/filepath, archive/tar, golang.org/x/sys/unix) below
// it undoes that: by then, everything with an earlier path that can be ready is.
// A test lists what comes before.
//
// A stand-in that asks the asset's real service needs more, and is left to main.
// The package exports nothing; start at init.
package first
