// Package image owns the container's file system: our own binary and empty
// mount points, written as the archive that an engine loads. The same binary
// always gives the same image, so nothing is built, pulled or guessed at.
// Below the binary there can be a real service's files, chosen from Debian
// packages by a Recipe. The package knows archives and ELF, and no engine.
// Start at [FromBinary], and for services at [Recipe].
package image
