package scenarios

import "embed"

// FS holds *.hcl, the library that runs alone; rules/*.yml, its rules; and
// sigmahq/*.hcl, scenarios that expect something of SigmaHQ's rules; and course/*.hcl,
// exercises on scenarios of the library.
//
//go:embed *.hcl rules/*.yml sigmahq/*.hcl course/*.hcl
var FS embed.FS

// Recordings holds recordings/*.ringer, sealed recordings of runs of the library in
// containers, for machines that have none. `make recordings` makes them anew.
//
//go:embed recordings/*.ringer
var Recordings embed.FS
