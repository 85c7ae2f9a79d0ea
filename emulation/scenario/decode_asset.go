package scenario

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// hostnamePattern matches one label of RFC 1123: a hostname without a domain.
var hostnamePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
})

func (d *decoder) decodeAsset(block *hcl.Block) Asset {
	out := Asset{Name: label(block, 1), Range: block.DefRange}
	kind, names, ok := d.vocabulary.kind(block.Labels[0])
	if !ok {
		d.Errorf(diagnostic.AtLabel(block, 0), "Unknown asset kind", "There is no asset kind %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], names))
	}
	out.Kind, out.Hostname = kind, kind.Hostname
	content := d.decodeBlock(block, []string{"hostname", "protected", "service"})
	if attr := content.Attributes["hostname"]; attr != nil {
		d.decodeHostname(attr, &out)
	}
	if attr := content.Attributes["protected"]; attr != nil {
		out.Protected = d.decodeProtected(attr, kind.Platform)
	}
	if attr := content.Attributes["service"]; attr != nil && ok {
		out.Service = d.decodeService(attr, kind)
	}
	return out
}

// decodeService decodes the name of a real daemon, which must be one that the kind
// can run.
func (d *decoder) decodeService(attr *hcl.Attribute, kind asset.Kind) string {
	name, ok := d.stringValue(attr)
	if ok && !slices.Contains(kind.Services, name) {
		d.Errorf(diagnostic.AtValue(attr), "Unknown service", "An asset of kind %q cannot run the service %q. %s", kind.Name, name, diagnostic.Suggest(name, kind.Services))
		return ""
	}
	return name
}

func (d *decoder) decodeHostname(attr *hcl.Attribute, out *Asset) {
	name, ok := d.stringValue(attr)
	if !ok {
		return
	}
	if !hostnamePattern().MatchString(name) {
		d.Errorf(diagnostic.AtValue(attr), "Invalid hostname", "%q is not a valid hostname: it must have at most 63 letters, digits and dashes, such as MAIL01.", name)
		return
	}
	out.Hostname = name
}

// decodeProtected decodes the folders that are made unwritable.
func (d *decoder) decodeProtected(attr *hcl.Attribute, platform effect.Platform) []string {
	folders, ok := d.stringsValue(attr)
	if !ok || platform == "" {
		return nil
	}
	for _, folder := range folders {
		if problem := invalidFolder(platform, folder); problem != "" {
			d.Errorf(diagnostic.AtValue(attr), "Invalid folder", "%q %s.", folder, problem)
		}
	}
	return folders
}

// drive matches the beginning of an absolute path on Windows.
var drive = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]:\\`) })

func invalidFolder(platform effect.Platform, folder string) string {
	separator := "/"
	switch {
	case platform == effect.Windows && !drive().MatchString(folder):
		return `is not an absolute Windows path: expected a folder such as C:\inetpub`
	case platform == effect.Linux && !strings.HasPrefix(folder, "/"):
		return "is not an absolute Linux path: expected a folder such as /var/log"
	case platform == effect.Windows:
		separator = `\`
	}
	for name := range strings.SplitSeq(folder, separator) {
		if name == ".." || len(name) > 255 || strings.ContainsRune(name, 0) {
			return "is not a valid path: it must not contain .., a NUL byte, or a name longer than 255 bytes"
		}
	}
	return ""
}
