package arch_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/arch"
)

func TestAKnotIsOfFilesThatNeedEachOther(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":       "module example.org/tied\n\ngo 1.26\n",
		"one.go":       "package tied\n\ntype A struct{ n int }\n\nfunc (a A) To() B { return B{} }\n",
		"two.go":       "package tied\n\ntype B struct{}\n\nfunc (b B) On(c C) int { return c.n() }\n",
		"three.go":     "package tied\n\ntype C struct{ A }\n\nfunc (c C) n() int { return c.A.n }\n\nfunc (c C) back() int { return c.To().On(c) }\n",
		"user.go":      "package tied\n\nvar _ = A{}.To\n\nfunc local() { n := 1; _ = n }\n",
		"base.go":      "package tied\n\nconst base = 1\n",
		"tied_test.go": "package tied\n\nvar _ = base\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	knots, err := arch.Knots(t.Context(), folder, "./...")
	require.NoError(t, err)
	assert.Equal(t, []arch.Knot{{Package: "example.org/tied", Files: 5, Tied: []string{"one.go", "three.go", "two.go"}}}, knots,
		"one needs two by a result, two needs three by a parameter, three needs one by a field; user only needs")
}

// What a package has at most: beyond it nobody reads one file without many others.
func TestKnotsStaySmall(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("lists and type-checks the packages; not with -short")
	}
	most := map[string]int{"emulation/sigma": 15, "cmd/ringer/internal/cli": 10, "emulation/scenario": 12}
	var patterns []string
	for name := range most {
		patterns = append(patterns, module+"/"+name)
	}
	knots, err := arch.Knots(t.Context(), root(t), patterns...)
	require.NoError(t, err)
	require.Len(t, knots, len(most))
	for _, knot := range knots {
		assert.LessOrEqual(t, len(knot.Tied), most[strings.TrimPrefix(knot.Package, module+"/")], "%s: %v need each other", knot.Package, knot.Tied)
	}
}

func TestAPackageThatDoesNotBuildHasNoKnots(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.org/broken\n\ngo 1.26\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.go"), []byte("package broken\n\nvar a = missing\n"), 0o600))
	_, err := arch.Knots(t.Context(), folder, "./...")
	assert.ErrorContains(t, err, "undefined: missing")
}
