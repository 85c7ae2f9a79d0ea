// Package debian fetches Debian packages by the system's own apt-get and picks
// from them the files that a program needs to run: nothing is installed, and no
// package's script is run. It knows no container and no engine. Start at
// [Archive], and for a package's files at [Tree].
package debian
