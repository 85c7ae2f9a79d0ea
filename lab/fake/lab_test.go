package fake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
)

var (
	day  = time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	host = asset.Kind{Name: "test", Platform: effect.Windows, Files: []asset.File{
		{Path: `C:\inetpub\wwwroot\index.html`, Content: []byte("hello"), Days: 3},
	}}
	page = effect.Write{Path: `C:\inetpub\wwwroot\new.aspx`, Content: []byte(artifact.Marker)}
	drop = effect.StepPlan{
		Processes: []effect.Process{{
			Image: `C:\Windows\System32\w3wp.exe`, Args: []string{"w3wp.exe"}, User: "SYSTEM", Acts: []effect.Act{page},
		}},
		Checks: []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	}
)

func open(t *testing.T, protected ...string) runner.AssetSession {
	t.Helper()
	lab := fake.Lab{Now: func() time.Time { return day }}
	stage, err := lab.Open(t.Context(), runner.Asset{Name: "web", Place: asset.Host{Kind: host}, Protected: protected})
	require.NoError(t, err)
	return stage
}

func TestPerformYieldsWhatASensorWouldSee(t *testing.T) {
	t.Parallel()
	stage := open(t)
	outcome, err := stage.Perform(t.Context(), "drop", drop)
	require.NoError(t, err)
	require.Len(t, outcome.Proofs, 1)
	assert.True(t, outcome.Proofs[0].Proven())
	assert.True(t, outcome.Declared, "nothing really happened")
	var kinds []event.Kind
	for i, o := range outcome.Observations {
		assert.Equal(t, uint64(i+1), o.Seq)
		kinds = append(kinds, o.Kind)
	}
	assert.Equal(t, []event.Kind{event.Fork, event.Exec, event.Create, event.Exit}, kinds)
	assert.Equal(t, "/asset/c/inetpub/wwwroot/new.aspx", outcome.Observations[2].Path)

	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone)
}

func TestWhatAsksARealServiceIsSkipped(t *testing.T) {
	t.Parallel()
	outcome, err := open(t).Perform(t.Context(), "ask", effect.StepPlan{Processes: []effect.Process{{Acts: []effect.Act{effect.Export{}}}}})
	require.NoError(t, err)
	assert.Equal(t, runner.Outcome{Skipped: "the step needs a real postgresql, which the fake lab does not have"}, outcome)
}

func TestAProtectedFolderPreventsTheEffect(t *testing.T) {
	t.Parallel()
	outcome, err := open(t, `C:\inetpub\wwwroot`).Perform(t.Context(), "drop", drop)
	require.NoError(t, err)
	assert.False(t, outcome.Proofs[0].Proven())
	assert.Equal(t, []string{`write C:\inetpub\wwwroot\new.aspx: permission denied`}, outcome.StandInErrors)
}

func TestAClosedAssetIsOfNoUse(t *testing.T) {
	t.Parallel()
	stage := open(t)
	require.NoError(t, stage.Close())
	require.NoError(t, stage.Close())
	_, err := stage.Perform(t.Context(), "drop", drop)
	assert.ErrorContains(t, err, "asset is closed")
}
