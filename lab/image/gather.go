package image

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/debian"
)

// Gathered is a recipe with its packages at hand.
type Gathered struct {
	Recipe
	packages []debian.Package
	tree     debian.Tree
}

// isUnneeded are packages that nothing kept comes from: a compiler for queries,
// and an interpreter for the scripts that would set a real host up.
func isUnneeded(p debian.Package) bool {
	return strings.HasPrefix(p.Name, "libllvm") || strings.HasPrefix(p.Name, "libz3") || strings.Contains(p.Name, "perl")
}

// Resolve asks which packages the recipe is made of today. The error is
// [debian.ErrUnavailable] where that cannot be known here.
func (r Recipe) Resolve(ctx context.Context, from debian.Archive) ([]debian.Package, error) {
	all, err := from.Resolve(ctx, r.Packages...)
	if err != nil {
		return nil, fmt.Errorf("resolve packages of %s: %w", r.Service, err)
	}
	return slices.DeleteFunc(all, func(p debian.Package) bool {
		return isUnneeded(p) || !strings.HasPrefix(p.Name, "lib") && !slices.Contains(r.Packages, p.Name)
	}), nil
}

// Gather fetches packages and reads what may be kept of them. The error is
// [debian.ErrUnavailable] where they cannot be had, or that one cannot be read.
func (r Recipe) Gather(ctx context.Context, from debian.Archive, packages []debian.Package) (Gathered, error) {
	paths, err := from.Fetch(ctx, packages)
	if err != nil {
		return Gathered{}, fmt.Errorf("fetch packages of %s: %w", r.Service, err)
	}
	listed := append(slices.Clone(r.Keep), r.Tools...)
	tree, err := debian.Read(ctx, paths, func(name string) bool {
		return debian.IsLibrary(name) || debian.IsListed(name, listed) || strings.HasPrefix(name, "lib64/") || name == "bin/dash"
	})
	return Gathered{Recipe: r, packages: packages, tree: tree}, err
}

// BuildImage is the image in which Prepare is run: it has the tools as well, and
// a folder to work in. The error is that no package has a file which the recipe
// lists.
func (g Gathered) BuildImage(version string) (Image, error) {
	files, err := g.files(append(slices.Clone(g.Keep), g.Tools...))
	if err != nil {
		return Image{}, err
	}
	files = append(files,
		entry{name: strings.TrimPrefix(effect.Root, "/") + "/", mode: 0o755},
		entry{name: strings.TrimPrefix(path.Dir(WorkFolder), "/") + "/", mode: 0o700, owner: confinement.User},
		entry{name: "etc/passwd", mode: 0o644, content: fmt.Appendf(nil, "ringer:x:%d:%d::/:/\n", confinement.User, confinement.Group)},
	)
	return build(ServiceRepository+g.Service+BuildSuffix, files, g.about(version, nil))
}

// Finish is the service's image, of which an asset's is made by adding the binary;
// prepared is a tar stream of what Prepare left, below a folder named as [WorkFolder]
// is, or nil. The error is that no package has a file which the recipe lists, or that
// prepared cannot be read.
func (g Gathered) Finish(version string, prepared io.Reader) (Image, error) {
	files, err := g.files(g.Keep)
	if err != nil {
		return Image{}, err
	}
	files = append(mountPoints(), moved(files)...)
	if prepared != nil {
		left, err := readPrepared(prepared)
		if err != nil {
			return Image{}, fmt.Errorf("read prepared files of %s: %w", g.Service, err)
		}
		files = append(files, left...)
	}
	finished, err := build(ServiceRepository+g.Service, files, g.about(version, entrypoint()))
	finished.Ref = g.Ref()
	return finished, err
}

func (g Gathered) about(version string, entrypoint []string) description {
	return description{Architecture: runtime.GOARCH, Config: settings{
		User: user, Entrypoint: entrypoint,
		Labels: map[string]string{Label: version, LabelPackages: PackageList(g.packages)},
	}}
}

// PackageList writes packages with their versions, in a line.
func PackageList(packages []debian.Package) string {
	var all []string
	for _, pkg := range packages {
		all = append(all, pkg.String())
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// moved gives files their places below asset.ServiceFolder. The loader alone keeps its own
// as well: the kernel looks for it there.
func moved(files []entry) []entry {
	var all []entry
	for _, file := range files {
		name := file.name
		file.name = strings.TrimPrefix(asset.ServiceFolder, "/") + "/" + name
		if strings.HasPrefix(file.link, "/") {
			file.link = asset.ServiceFolder + file.link
		}
		all = append(all, file)
		if isLoader(name) {
			all = append(all, entry{name: name, mode: 0o755, link: "/" + file.name})
		}
	}
	return all
}

// isLoader reports whether a file is the program loader, by the name that programs give.
func isLoader(name string) bool {
	return path.Dir(name) == "lib64" && strings.HasPrefix(path.Base(name), "ld-linux")
}

// files are the chosen ones as entries.
func (g Gathered) files(listed []string) ([]entry, error) {
	chosen, err := g.tree.Select(listed)
	if err != nil {
		return nil, fmt.Errorf("install %s: %w", g.Service, err)
	}
	var all []entry
	for _, name := range sortedKeys(chosen) {
		file := chosen[name]
		all = append(all, entry{name: name, mode: int64(file.Mode & fs.FileMode(0o755)), content: file.Content, link: file.Link})
	}
	return all, nil
}

// readPrepared makes all of it readable: an asset copies it before it uses it.
func readPrepared(archive io.Reader) ([]entry, error) {
	var all []entry
	for in := tar.NewReader(archive); ; {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		_, below, _ := strings.Cut(strings.TrimSuffix(head.Name, "/"), "/")
		file := entry{name: strings.TrimPrefix(path.Join(asset.PreparedFolder, below), "/"), mode: 0o644}
		switch head.Typeflag {
		case tar.TypeDir:
			file.name, file.mode = file.name+"/", 0o755
		case tar.TypeReg:
			if file.content, err = io.ReadAll(in); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("%s must be a file or a folder", head.Name)
		}
		all = append(all, file)
	}
}
