package asset

import "github.com/ringer-lab/ringer/emulation/effect"

// The services: real daemons that an asset can have, where the image for them
// was made.
const (
	// Nginx serves the portal's pages, as text, and writes its access log.
	Nginx = effect.WebService
	// PostgreSQL holds the call records, and audits who reads them.
	PostgreSQL = effect.DatabaseService
)

// PreparedFolder is where the image of a service has what was prepared for it, such as
// a data folder; an asset copies it before it is used.
const PreparedFolder = "/usr/share/ringer/prepared"
