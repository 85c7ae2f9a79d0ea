package sigma

import (
	"os"
	"path"
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

// moreThanTold are the recordings that hold more events that fit than their
// match_count says. Each was read by hand: the events do fit the rule.
var moreThanTold = map[string]int{
	"file_event_win_anydesk_artefact":              3, // user.conf.new twice, user.conf~RF….TMP
	"file_event_win_cred_dump_tools_dropped_files": 3, // procdump, procdump64, procdump64a
	"registry_set_disable_administrative_share":    2, // AutoShareServer and AutoShareWks
}

func TestSigmaHQRecordingsAreMetToTheCount(t *testing.T) {
	t.Parallel()
	needSigmaHQ(t)
	data := os.DirFS(filepath.Join(sigmaHQ, "regression_data"))
	sets, problems := LoadDataSets(data)
	require.Empty(t, problems)
	require.NotEmpty(t, sets)
	met := len(sets)
	for _, ds := range sets {
		for _, d := range theCorpus().set.Regress(data, ds) {
			if d.Failed() {
				met--
			}
			assert.Equal(t, moreThanTold[path.Base(d.Dir)], d.Got, d.String())
		}
	}
	assert.Equal(t, len(sets), met)
	t.Logf("%d of %d data sets met", met, len(sets))
}
