// Package daemon runs an asset's real service inside its container: nginx, or
// PostgreSQL with pgaudit. It starts the program that the image brings, on the
// asset's own files and on the loopback only, asks it what acts ask for, and
// reads what it writes to its log. It knows no Docker and no wire. Start at
// [Start], and for what acts ask at [ConnectService].
package daemon
