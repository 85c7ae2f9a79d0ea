package asset

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Kind is a kind of host, such as `exchange` or `billing`.
type Kind struct {
	Name string
	// Extends are the kinds that it was made of: what can be done on one of them can be
	// done on it.
	Extends  []string
	Platform effect.Platform
	Summary  string
	// Hostname is the one an asset of this kind has if the scenario names none.
	Hostname string
	// Accounts are the users by role: "admin" runs interactive commands,
	// "service" is the host's own daemon or web worker.
	Accounts map[string]string
	// Files are what is on the host before the first step.
	Files []File
	// Logs are those that the host keeps besides those of its platform.
	Logs []LogSource
	// Services are the real daemons that a scenario may ask for on this kind.
	Services []string
}

// Is reports whether it is of a kind: it has that name, or was made of that kind.
func (k Kind) Is(name string) bool { return k.Name == name || slices.Contains(k.Extends, name) }

// IsAny returns the first of some kinds that it is of, and whether it is of one.
func (k Kind) IsAny(names []string) (name string, ok bool) {
	if slices.Contains(names, k.Name) {
		return k.Name, true
	}
	i := slices.IndexFunc(names, k.Is)
	if i < 0 {
		return "", false
	}
	return names[i], true
}

// File is one thing on a freshly provisioned asset; a folder where Content is nil
// and Folder is set.
type File struct {
	Path    string      `json:"path"`
	Content []byte      `json:"content,omitempty"`
	Mode    fs.FileMode `json:"mode,omitempty"` // 0 is 0644, for a folder 0755
	Folder  bool        `json:"folder,omitempty"`
	// Days is how long before the run the file was last changed.
	Days int `json:"days,omitempty"`
}

// Host is an asset as a behaviour makes its plan for it.
type Host struct {
	Kind     Kind
	Hostname string
	// Service is the real daemon that the scenario asks for, one of the kind's;
	// empty is none: then stand-ins write what it would have logged.
	Service string
	// Image is the image of the user's own that the host is made of; nil is none.
	Image *Image `json:",omitempty"`
}

// Account returns the user with that role. It panics for a role that the kind has
// not, which is a mistake in a behaviour that its fixture finds.
func (h Host) Account(role string) string {
	user, ok := h.Kind.Accounts[role]
	if !ok {
		panic(fmt.Sprintf("asset %s has no account for role %q", h.Kind.Name, role))
	}
	return user
}

// Content returns the content of a file that the host is provisioned with; it is nil
// for a path at which there is none.
func (h Host) Content(path string) []byte {
	for _, file := range h.Kind.Files {
		if file.Path == path {
			return file.Content
		}
	}
	return nil
}

// The services: real daemons that an asset can have, where the image for them
// was made.
const (
	// Nginx serves the portal's pages, as text, and writes its access log.
	Nginx = effect.WebService
	// PostgreSQL has the call records, and audits who reads them.
	PostgreSQL = effect.DatabaseService
)

// ServiceFolder is where the image of a service has the service's files, each below it
// as on a real host: there the host's own places are the asset's.
const ServiceFolder = "/service"

// PreparedFolder is where the image of a service has what was prepared for it, such as
// a data folder; an asset copies it before it is used.
const PreparedFolder = ServiceFolder + "/prepared"

// ServiceLibraries is where a service's program finds its shared libraries, as the
// loader's variable LD_LIBRARY_PATH has it. On arm64 Debian names the folders otherwise.
func ServiceLibraries() string {
	var all []string
	for _, folder := range []string{"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu"} {
		all = append(all, ServiceFolder+folder)
	}
	return strings.Join(all, ":")
}
