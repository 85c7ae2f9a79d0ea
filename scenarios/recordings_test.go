package scenarios_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/regression"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
)

// SigmaHQ's recordings were made on real systems, each of the behaviour of one of its
// rules.
func TestOwnRulesAreSilentOnRecordingsOfOtherBehaviours(t *testing.T) {
	t.Parallel()
	folder := os.DirFS(sigmahqtest.Recordings(sigmahqtest.Folder(t)))
	sets, problems := regression.Load(folder)
	require.Empty(t, problems)
	rules, problems := sigma.Compile(ownRules(t))
	require.Empty(t, problems)
	read, matched := 0, 0
	for _, set := range sets {
		for _, test := range set.Tests {
			if filepath.Ext(test.File) != ".json" {
				continue
			}
			read++
			for _, name := range matching(t, rules, folder, test.File) {
				matched++
				assert.Fail(t, "a rule of ours fires on what others did", "%s: %s", set.Dir, name)
			}
		}
	}
	t.Logf("%d recordings of %d data sets, %d rules: %d matches", read, len(sets), len(rules.Rules()), matched)
	assert.NotZero(t, read)
}

// matching names our rules that match an event of a recording, one that only
// counts for a correlation too.
func matching(t *testing.T, rules *sigma.Set, folder fs.FS, file string) []string {
	t.Helper()
	text, err := fs.ReadFile(folder, file)
	require.NoError(t, err)
	events, skipped := reader.All(text)
	require.Empty(t, skipped, file)
	var names []string
	session := rules.NewSession()
	take := func(alerts []sigma.Alert) {
		for _, alert := range alerts {
			names = append(names, nameOf(alert.Rule.ID))
		}
	}
	for _, e := range events {
		take(session.Feed(e))
	}
	take(session.Close())
	slices.Sort(names)
	return slices.Compact(names)
}
