package arch

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Knot is the largest set of files of one package of which each needs each
// other, over however many files between: none of them can be understood, or
// moved to a package of its own, without all the rest.
type Knot struct {
	Package string   // import path
	Files   int      // files of the package, tests left out
	Tied    []string // names of the files in the knot, sorted; one name where none are tied
}

// Knots type-checks the packages that the patterns name, as `go list` reads them
// in folder, and finds the largest knot of each, sorted by size, the largest
// first. A file needs another where it uses a constant, variable, type,
// function, method or field of a struct that the other declares. Knots fails
// where the packages cannot be listed, parsed or type-checked.
func Knots(ctx context.Context, folder string, patterns ...string) ([]Knot, error) {
	listed, err := list(ctx, folder, patterns)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, pkg := range listed {
		exports[pkg.ImportPath] = pkg.Export
	}
	var knots []Knot
	for _, pkg := range listed {
		if pkg.DepOnly || len(pkg.GoFiles) == 0 {
			continue
		}
		needs, err := pkg.needs(exports)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", pkg.ImportPath, err)
		}
		tied := slices.MaxFunc(components(needs), func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
		knots = append(knots, Knot{Package: pkg.ImportPath, Files: len(needs), Tied: tied})
	}
	slices.SortStableFunc(knots, func(a, b Knot) int { return cmp.Compare(len(b.Tied), len(a.Tied)) })
	return knots, nil
}

// listedPackage is what is used of a package that `go list -json` describes.
type listedPackage struct {
	Dir        string
	ImportPath string
	Export     string // file with what the package exports, for those who import it
	GoFiles    []string
	DepOnly    bool // listed only because another package imports it
}

func list(ctx context.Context, folder string, patterns []string) ([]listedPackage, error) {
	command := exec.CommandContext(ctx, "go", append([]string{"list", "-export", "-deps", "-json=Dir,ImportPath,Export,GoFiles,DepOnly"}, patterns...)...)
	var stderr bytes.Buffer
	command.Dir, command.Stderr = folder, &stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w: %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	var listed []listedPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listedPackage
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return listed, nil
		} else if err != nil {
			return nil, fmt.Errorf("list packages: %w", err)
		}
		listed = append(listed, pkg)
	}
}

// needs maps each file of the package to the other files that it needs.
func (p listedPackage) needs(exports map[string]string) (map[string]map[string]bool, error) {
	files := token.NewFileSet()
	var parsed []*ast.File
	needs := map[string]map[string]bool{}
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
		needs[name] = map[string]bool{}
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(files, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	checked, err := config.Check(p.ImportPath, files, parsed, info)
	if err != nil {
		return nil, err
	}
	fileOf := func(at token.Pos) string { return filepath.Base(files.Position(at).Filename) }
	for name, used := range info.Uses {
		if used.Pkg() != checked || !sharedByFiles(used) {
			continue
		}
		if from, to := fileOf(name.Pos()), fileOf(used.Pos()); from != to {
			needs[from][to] = true
		}
	}
	return needs, nil
}

// sharedByFiles tells what another file can refer to from what only one function
// sees.
func sharedByFiles(used types.Object) bool {
	switch used := used.(type) {
	case *types.Var:
		return used.IsField() || used.Parent() == used.Pkg().Scope()
	case *types.Func:
		return true
	default:
		return used.Parent() == used.Pkg().Scope()
	}
}

// components finds the strongly connected components of a graph, each sorted,
// with the algorithm of Tarjan (1972).
func components(needs map[string]map[string]bool) [][]string {
	var found [][]string
	var stack []string
	index, low, onStack := map[string]int{}, map[string]int{}, map[string]bool{}
	var visit func(file string)
	visit = func(file string) {
		index[file] = len(index)
		low[file] = index[file]
		stack, onStack[file] = append(stack, file), true
		for next := range needs[file] {
			if _, seen := index[next]; !seen {
				visit(next)
				low[file] = min(low[file], low[next])
			} else if onStack[next] {
				low[file] = min(low[file], index[next])
			}
		}
		if low[file] != index[file] {
			return
		}
		at := slices.Index(stack, file)
		component := slices.Sorted(slices.Values(stack[at:]))
		for _, member := range component {
			onStack[member] = false
		}
		stack = stack[:at]
		found = append(found, component)
	}
	for file := range needs {
		if _, seen := index[file]; !seen {
			visit(file)
		}
	}
	return found
}
