package scenario

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// imageAttributes are those that an asset has only if it is made of an image of the
// user's own; the last may be left out.
var imageAttributes = []string{"image", "user", "port", "writable"}

var (
	// imagePattern is the form of an image's name: a repository with a tag or a digest.
	imagePattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[a-z0-9][a-zA-Z0-9._:/-]{0,254}(@sha256:[0-9a-f]{64})?$`)
	})
	userPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9_][a-z0-9_-]{0,31}$`) })
)

// maxWritable is how many folders of an image can be written to: each is a file system in
// memory.
const maxWritable = 16

// decodeImage decodes what an asset is made of, where its kind is that of images; nil is
// that it is another kind, or that something was reported.
func (d *decoder) decodeImage(block *hcl.Block, c content, kind asset.Kind) *asset.Image {
	if !kind.Is(asset.ImageKind) {
		for _, name := range imageAttributes {
			if attr := c.Attributes[name]; attr != nil {
				d.Errorf(diagnostic.At(attr.NameRange), "Not an image", "An asset of kind %q cannot have %q: it must be of the kind %q, or of one that extends it.", kind.Name, name, asset.ImageKind)
			}
		}
		return nil
	}
	before := d.ErrorCount()
	for _, name := range imageAttributes[:3] {
		if c.Attributes[name] == nil {
			d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "An asset of kind %q must have %q.", kind.Name, name)
		}
	}
	if len(kind.Files) > 0 {
		d.Errorf(diagnostic.AtBlock(block), "Files on an image", "The kind %q must have no files or folders, as the image has its own.", kind.Name)
	}
	if attr := c.Attributes["protected"]; attr != nil {
		d.Errorf(diagnostic.At(attr.NameRange), "Not of an image", "An asset made of an image cannot have \"protected\": all but its \"writable\" folders is read-only.")
	}
	var out asset.Image
	out.Ref, _ = value[string](c, "image")
	out.User, _ = value[string](c, "user")
	port, _ := value[int](c, "port")
	out.Port = port
	out.Writable, _ = value[[]string](c, "writable")
	if attr := c.Attributes["image"]; attr != nil && out.Ref != "" && !imagePattern().MatchString(out.Ref) {
		d.Errorf(diagnostic.AtValue(attr), "Invalid image", "%q is not an image's name: expected a repository with a tag, such as registry.example/app:1.", out.Ref)
	}
	if attr := c.Attributes["user"]; attr != nil && out.User != "" {
		switch {
		case out.User == "root" || strings.Trim(out.User, "0") == "":
			d.Errorf(diagnostic.AtValue(attr), "Invalid user", "The daemon of an asset cannot run as root: name another user that the image has.")
		case !userPattern().MatchString(out.User):
			d.Errorf(diagnostic.AtValue(attr), "Invalid user", "%q is not a user: expected a name such as www-data, or a number.", out.User)
		}
	}
	if attr := c.Attributes["port"]; attr != nil && (port < 1 || port > 65535) {
		d.Errorf(diagnostic.AtValue(attr), "Invalid port", "A port must be from 1 to 65535, not %d.", port)
	}
	d.checkWritable(c, out.Writable)
	if d.ErrorCount() != before {
		return nil
	}
	slices.Sort(out.Writable)
	return &out
}

// notWritable are folders that an asset cannot have in memory, nor any below them; /etc and
// /usr cannot be as a whole.
var notWritable = []string{"/asset", "/ringer", "/ringer-copies", "/bin", "/dev", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr/bin", "/usr/lib", "/usr/sbin"}

func (d *decoder) checkWritable(c content, folders []string) {
	attr := c.Attributes["writable"]
	if len(folders) > maxWritable {
		d.Errorf(diagnostic.AtValue(attr), "Too many folders", "At most %d folders can be writable.", maxWritable)
	}
	for i, folder := range folders {
		below := func(of string) bool { return folder == of || strings.HasPrefix(folder, of+"/") }
		switch {
		case !strings.HasPrefix(folder, "/") || path.Clean(folder) != folder || folder == "/" || strings.ContainsFunc(folder, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`",:=\`, r) }):
			d.Errorf(diagnostic.AtValue(attr), "Invalid folder", "%q must be an absolute path of printable ASCII below /, without a slash at its end, such as /var/log/nginx.", folder)
		case folder == "/etc" || folder == "/usr" || slices.ContainsFunc(notWritable, below):
			d.Errorf(diagnostic.AtValue(attr), "Invalid folder", "%q cannot be writable: programs, devices or files of the engine's are there.", folder)
		case slices.ContainsFunc(append(slices.Delete(slices.Clone(folders), i, i+1), "/run", "/tmp"), below):
			d.Errorf(diagnostic.AtValue(attr), "Invalid folder", "%q lies in another folder that is writable.", folder)
		}
	}
}
