package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// knots and testReport are the programs behind `make knots` and `make test`.
const (
	knots      = "cmd/ringer/internal/arch/knots/main.go"
	testReport = "cmd/ringer/internal/arch/testreport/main.go"
	typeCheck  = "cmd/ringer/internal/arch/typecheck/main.go"
	// outsider is a detector for tests, which is no part of ringer.
	outsider = "lab/witness/detector/detect/main.go"
)

// edges are what only some places may use, and where. What is not named here is
// free.
var edges = []struct {
	name  string // package.Name, or an import path
	where []string
	why   string
}{
	{"fmt.Print", []string{}, "results go through the streams handed down"},
	{"fmt.Println", []string{}, "results go through the streams handed down"},
	{"fmt.Printf", []string{}, "results go through the streams handed down"},
	{"os.Stdout", []string{"cmd/ringer/main.go", "cmd/inside/main.go", knots, testReport, outsider}, "cmd hands the streams down"},
	{"os.Stderr", []string{"cmd/ringer/main.go", "cmd/ringer/watchdog.go", "cmd/inside/main.go", knots, testReport, typeCheck, outsider}, "cmd hands the streams down"},
	{"os.Stdin", []string{"cmd/ringer/main.go", "cmd/ringer/watchdog.go", "cmd/inside/main.go", testReport}, "cmd hands the streams down"},
	{"os.Exit", []string{"cmd/ringer/main.go", "cmd/ringer/internal/supervise", "cmd/inside/main.go", knots, testReport, typeCheck, outsider}, "only main ends the process"},
	{"os.Getenv", []string{"cmd/ringer/main.go", "cmd/ringer/watchdog.go", "lab/agent", "lab/standin", "lab/sensor", "emulation/sigma/sigmahqtest"}, "the environment is handed down"},
	{"context.Background", []string{"cmd/ringer/main.go", "cmd/ringer/watchdog.go", "cmd/inside/main.go", knots, outsider}, "contexts are made in main"},
	{"time.Now", []string{"cmd/ringer/main.go", "cmd/ringer/internal/supervise", "lab/agent", "lab/daemon", "lab/sensor", "lab/docker", "lab/labtest"}, "time comes from the clock passed in"},
	{"log", []string{}, "zerolog only, passed in"},
	{"os/exec", []string{"cmd/ringer/internal/arch", "lab/agent", "lab/daemon", "lab/debian", "lab/sensor", "lab/standin", "lab/docker", "lab/witness", "emulation/detect", "cmd/ringer/git.go"}, "only the lab starts programs, and git"},
	{"syscall", []string{"cmd/ringer/internal/supervise", "emulation/userfile", "lab"}, "only the lab makes system calls"},
	{"golang.org/x/sys/unix", []string{"cmd/ringer/internal/supervise", "lab"}, "only the lab makes system calls"},
	{"os.Open", slices.Concat(readsOwn, []string{"cmd/ringer/internal/arch"}), opensSafely},
	{"os.ReadFile", slices.Concat(readsOwn, []string{"lab/docker/owner.go", "emulation/report/internal/reporttest"}), opensSafely},
	{"os.OpenFile", slices.Concat(readsOwn, []string{"cmd/ringer/internal/cli/files.go", "cmd/ringer/internal/cli/events.go", "cmd/ringer/internal/cli/ci.go", "lab/debian", "emulation/ship"}), opensSafely},
	{"os.OpenRoot", []string{"emulation/userfile", "emulation/effect"}, opensSafely},
	{"os.DirFS", readsOwn, opensSafely},
	{"zip.OpenReader", nil, opensSafely},
	{"fs.ReadFile", []string{"cmd/ringer/internal/cli/shipped.go", "cmd/ringer/internal/cli/show_rule.go", "emulation/report/internal/reporttest"}, "userfile.ReadFS holds to a limit; what is embedded has none"},
}

// readsOwn are places that read no file of the user's: they read in an asset, or are
// what opens files safely. What else is named above only writes, or reads /proc.
var readsOwn = []string{"emulation/userfile", "emulation/effect", "lab/agent", "lab/daemon", "lab/standin", "lab/sensor", "lab/witness"}

const opensSafely = "userfile opens the user's files: a pipe makes nobody wait, a device is not read, a link does not lead out"

func TestOnlyTheEdgesTouchTheWorld(t *testing.T) {
	t.Parallel()
	seen := 0
	walk(t, func(path string, file *ast.File) {
		seen++
		used := uses(file)
		for _, edge := range edges {
			if used[edge.name] && !within(path, edge.where) {
				assert.Fail(t, path+" uses "+edge.name, edge.why)
			}
		}
	})
	assert.Greater(t, seen, 50, "the walk must have found the project")
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	walk(t, func(path string, file *ast.File) {
		folder := filepath.Dir(path)
		said[folder] = said[folder] || (filepath.Base(path) == "doc.go" && file.Doc != nil) || file.Name.Name == "main"
	})
	for folder, ok := range said {
		assert.True(t, ok, "%s has no doc.go with a package comment", folder)
	}
}

// walk visits all Go files but tests.
func walk(t *testing.T, visit func(path string, file *ast.File)) {
	t.Helper()
	top := root(t)
	for _, folder := range []string{"cmd", "emulation", "lab", "scenarios"} {
		err := filepath.WalkDir(filepath.Join(top, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			relative, err := filepath.Rel(top, path)
			visit(relative, file)
			return err
		})
		require.NoError(t, err)
	}
}

// uses lists imports by path and uses of their names as package.Name.
func uses(file *ast.File) map[string]bool {
	used := map[string]bool{}
	for _, spec := range file.Imports {
		used[strings.Trim(spec.Path.Value, `"`)] = true
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			if base, ok := selector.X.(*ast.Ident); ok && base.Obj == nil {
				used[base.Name+"."+selector.Sel.Name] = true
			}
		}
		return true
	})
	return used
}

func within(path string, places []string) bool {
	for _, place := range places {
		if path == place || strings.HasPrefix(path, place+"/") {
			return true
		}
	}
	return false
}
