package sigma

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
)

type corpus struct {
	rules    []*Rule
	problems []Problem
	set      *Set
}

// readCorpus reads the rules once, whatever tests ask for them.
var (
	readCorpus sync.Once
	theCorpus  corpus
)

// sigmaHQ are SigmaHQ's rules; it skips the test where they are not at hand.
func sigmaHQ(t testing.TB) corpus {
	t.Helper()
	folder := sigmahqtest.Folder(t)
	readCorpus.Do(func() {
		rules, problems := LoadPaths(sigmahqtest.RuleFolders(folder)...)
		set, more := Compile(rules)
		theCorpus = corpus{rules, append(problems, more...), set}
	})
	return theCorpus
}

func TestSigmaHQLoadsWithoutErrors(t *testing.T) {
	t.Parallel()
	c := sigmaHQ(t)
	require.GreaterOrEqual(t, len(c.rules), 3241)
	for _, p := range c.problems {
		assert.NotEqual(t, Error, p.Severity, p.String())
	}
}
