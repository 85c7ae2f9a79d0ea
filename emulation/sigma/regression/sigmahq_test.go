package regression

import (
	"os"
	"path"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
)

// moreThanTold are the recordings that hold more events that fit than their
// match_count says. Each was read by hand: the events do fit the rule.
var moreThanTold = map[string]int{
	"file_event_win_anydesk_artefact":              3, // user.conf.new twice, user.conf~RF….TMP
	"file_event_win_cred_dump_tools_dropped_files": 3, // procdump, procdump64, procdump64a
	"registry_set_disable_administrative_share":    2, // AutoShareServer and AutoShareWks
}

func TestSigmaHQRecordingsAreMetToTheCount(t *testing.T) {
	t.Parallel()
	folder := sigmahqtest.Folder(t)
	parsed, _ := sigma.LoadPaths(sigmahqtest.RuleFolders(folder)...)
	rules, _ := sigma.Compile(parsed)
	data := os.DirFS(sigmahqtest.Recordings(folder))
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
