package regression

import (
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// sigmaHQ is where SigmaHQ's repository lies on machines that have it.
var sigmaHQ = filepath.Join("..", "..", "..", "..", "shared", "sigmahq")

// moreThanTold are the recordings that hold more events that fit than their
// match_count says. Each was read by hand: the events do fit the rule.
var moreThanTold = map[string]int{
	"file_event_win_anydesk_artefact":              3, // user.conf.new twice, user.conf~RF….TMP
	"file_event_win_cred_dump_tools_dropped_files": 3, // procdump, procdump64, procdump64a
	"registry_set_disable_administrative_share":    2, // AutoShareServer and AutoShareWks
}

func TestSigmaHQRecordingsAreMetToTheCount(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(sigmaHQ); err != nil {
		t.Skipf("SigmaHQ's rules are not at %s: %v", sigmaHQ, err)
	}
	parsed, _ := sigma.LoadPaths(filepath.Join(sigmaHQ, "rules"), filepath.Join(sigmaHQ, "rules-emerging-threats"),
		filepath.Join(sigmaHQ, "rules-threat-hunting"))
	rules, _ := sigma.Compile(parsed)
	data := os.DirFS(filepath.Join(sigmaHQ, "regression_data"))
	sets, problems := Load(data)
	require.Empty(t, problems)
	require.NotEmpty(t, sets)
	met := len(sets)
	for _, ds := range sets {
		for _, d := range Run(rules, data, ds) {
			if d.Failed() {
				met--
			}
			assert.Equal(t, moreThanTold[path.Base(d.Dir)], d.Got, d.String())
		}
	}
	assert.Equal(t, len(sets), met)
	t.Logf("%d of %d data sets met", met, len(sets))
}
