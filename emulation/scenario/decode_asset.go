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
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var assetBlock = &schema.Block{
	Name: "asset",
	Labels: []schema.Label{
		{Name: "kind", Doc: "what stands on the host, which decides its platform, accounts, folders and logs: one of `ringer list assets`"},
		{Name: "name", Doc: "the name by which steps and baselines refer to it: `on = asset.NAME`"},
	},
	Doc: "Asks for a host. For each asset one container is started; all of a scenario's run at the same time.",
	Example: `
asset "exchange" "mail" {
  hostname = "MAIL01"
}

asset "billing" "records" {
  service   = "postgresql"
  protected = ["/var/spool/cron"]
}

asset "image" "app" {
  image    = "registry.example/app:1"
  user     = "www-data"
  port     = 8080
  writable = ["/var/www/app", "/var/log/nginx"]
}
`,
	Attributes: []schema.Attribute{
		{Name: "hostname", Type: schema.String, Default: "the kind's, see `ringer show KIND`", Doc: "The host's name in its events, without a domain: letters, digits and dashes."},
		{Name: "service", Type: schema.String, Doc: "A real daemon that runs on it: one of those that `ringer show KIND` lists. " +
			"Its image must have been built by `ringer images`; otherwise the expectations on this asset are skipped."},
		{Name: "protected", Type: schema.Strings, Doc: "Folders that are made unwritable before the first step, to show what prevention " +
			"would have stopped: for a step that has to write there the verdict is \"no effect\". Paths are absolute, in the style of the platform."},
		{Name: "image", Type: schema.String, Doc: "Of the kind `image` or one that extends it, which must have it: the image of your own, by the name that the engine has it under. It is never pulled. " +
			"Its own entrypoint is started as `user`, under the sensor, and its steps can be requests from other hosts only. `ringer run --allow` must allow the user, the port and each folder."},
		{Name: "user", Type: schema.String, Doc: "Of the kind `image`: who its daemon runs as, by a name in the image's `/etc/passwd` or by a number. It cannot be root."},
		{Name: "port", Type: schema.Whole, Doc: "Of the kind `image`: where its daemon answers on the loopback."},
		{Name: "writable", Type: schema.Strings, Doc: "Of the kind `image`: the folders that its daemon writes to, each with what the image has there; `/run` and `/tmp` always are. All else is read-only."},
	},
}

// hostnamePattern matches one label of RFC 1123: a hostname without a domain.
var hostnamePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
})

func (d *decoder) decodeAsset(block *hcl.Block) Asset {
	out := Asset{Name: label(block, 1), Range: block.DefRange}
	kind, ok := d.namedKind(block)
	out.Kind, out.Hostname = kind, kind.Hostname
	c := d.decodeBlock(block, assetBlock)
	d.decodeHostname(c, &out)
	out.Protected = d.decodeProtected(c, kind.Platform)
	if ok {
		out.Service = d.decodeService(c, kind)
		out.Image = d.decodeImage(block, c, kind)
	}
	return out
}

// decodeService decodes the name of a real daemon, which must be one that the kind
// can run.
func (d *decoder) decodeService(c content, kind asset.Kind) string {
	name, ok := value[string](c, "service")
	if ok && !slices.Contains(kind.Services, name) {
		d.Errorf(diagnostic.AtValue(c.Attributes["service"]), "Unknown service", "An asset of kind %q cannot run the service %q. %s", kind.Name, name, diagnostic.Suggest(name, kind.Services))
		return ""
	}
	return name
}

func (d *decoder) decodeHostname(c content, out *Asset) {
	name, ok := value[string](c, "hostname")
	if !ok {
		return
	}
	if !hostnamePattern().MatchString(name) {
		d.Errorf(diagnostic.AtValue(c.Attributes["hostname"]), "Invalid hostname", "%q is not a valid hostname: it must have at most 63 letters, digits and dashes, such as MAIL01.", name)
		return
	}
	out.Hostname = name
}

// decodeProtected decodes the folders that are made unwritable.
func (d *decoder) decodeProtected(c content, platform effect.Platform) []string {
	folders, ok := value[[]string](c, "protected")
	if !ok || platform == "" {
		return nil
	}
	for _, folder := range folders {
		if problem := invalidFolder(platform, folder); problem != "" {
			d.Errorf(diagnostic.AtValue(c.Attributes["protected"]), "Invalid folder", "%q %s.", folder, problem)
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
