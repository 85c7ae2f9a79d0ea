package sigma

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sigmaHQ is the folder with SigmaHQ's rules and recordings, which are used in
// place and never copied.
var sigmaHQ = filepath.Join("..", "..", "..", "shared", "sigmahq")

func needSigmaHQ(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(sigmaHQ); err != nil {
		t.Skipf("SigmaHQ's rules are not at %s: %v", sigmaHQ, err)
	}
}

type corpus struct {
	rules    []*Rule
	problems []Problem
	set      *Set
}

var theCorpus = sync.OnceValue(func() corpus {
	var c corpus
	c.rules, c.problems = LoadPaths(filepath.Join(sigmaHQ, "rules"), filepath.Join(sigmaHQ, "rules-emerging-threats"),
		filepath.Join(sigmaHQ, "rules-threat-hunting"))
	set, more := Compile(c.rules)
	c.set, c.problems = set, append(c.problems, more...)
	return c
})

func TestSigmaHQLoadsWithoutErrors(t *testing.T) {
	t.Parallel()
	needSigmaHQ(t)
	c := theCorpus()
	require.GreaterOrEqual(t, len(c.rules), 3241)
	for _, p := range c.problems {
		assert.NotEqual(t, Error, p.Severity, p.String())
	}
}
