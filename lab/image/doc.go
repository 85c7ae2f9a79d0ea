// Package image owns the container's file system: our own binary and an empty
// mount point, written as the archive that an engine loads. The same binary
// always gives the same image, so nothing is built, pulled or guessed at. It
// knows archives and ELF, and no engine. Start at Of.
package image
