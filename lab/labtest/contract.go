package labtest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// host is an asset of a platform, and the plan that drops one file on it.
type host struct {
	kind    asset.Kind
	program string // that writes
	page    effect.Write
	folder  string // of the file
	// Where program and file are in the container.
	realProgram, realFile string
}

var hosts = []host{
	{
		kind: asset.Kind{Name: "contract_windows", Platform: effect.Windows, Files: []asset.File{
			{Path: `C:\inetpub\wwwroot\index.html`, Content: []byte("hello"), Days: 3},
		}},
		program:     `C:\Windows\System32\inetsrv\w3wp.exe`,
		page:        effect.Write{Path: `C:\inetpub\wwwroot\new.aspx`, Content: []byte(artifact.Marker)},
		folder:      `C:\inetpub\wwwroot`,
		realProgram: "/asset/c/Windows/System32/inetsrv/w3wp.exe",
		realFile:    "/asset/c/inetpub/wwwroot/new.aspx",
	},
	{
		kind: asset.Kind{Name: "contract_linux", Platform: effect.Linux, Files: []asset.File{
			{Path: "/var/www/html/index.html", Content: []byte("hello"), Days: 3},
		}},
		program:     "/usr/sbin/nginx",
		page:        effect.Write{Path: "/var/www/html/new.php", Content: []byte(artifact.Marker)},
		folder:      "/var/www/html",
		realProgram: "/usr/sbin/nginx",
		realFile:    "/var/www/html/new.php",
	},
}

// plan drops the file, and proves that it is there.
func (h host) plan() effect.StepPlan {
	return effect.StepPlan{
		Processes: []effect.Process{{Image: h.program, Args: []string{h.program, "-ap", "Mail Pool"}, User: "web", Acts: []effect.Act{h.page}}},
		Checks:    []effect.Check{effect.ContentIs{Path: h.page.Path, Content: h.page.Content}},
	}
}

// open opens the asset and sees to it that it is closed.
func (h host) open(t *testing.T, lab runner.Lab, protected ...string) runner.AssetSession {
	t.Helper()
	stage, err := runner.Verified(lab).Open(t.Context(), h.asset(protected...))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stage.Close()) })
	return stage
}

func (h host) asset(protected ...string) runner.Asset {
	return runner.Asset{Name: "web", Run: "00000000-0000-4000-8000-000000000000", Place: asset.Host{Kind: h.kind, Hostname: "WEB01"}, Protected: protected}
}

// Contract runs what every lab must do as subtests of t.
func Contract(t *testing.T, lab runner.Lab) {
	t.Run("a lab has a name", func(t *testing.T) { assert.NotEmpty(t, lab.Name()) })
	for _, h := range hosts {
		t.Run(string(h.kind.Platform), func(t *testing.T) {
			t.Parallel()
			h.contract(t, lab)
		})
	}
}

func (h host) contract(t *testing.T, lab runner.Lab) {
	t.Run("what a process does is proven, seen, and taken back", func(t *testing.T) {
		stage := h.open(t, lab)
		for _, attempt := range stage.IsolationChecks() {
			assert.True(t, attempt.Refused, "%s: %s", attempt.Attempt, attempt.Response)
		}
		first := h.performAndCheck(t, stage, "first", 0)
		undone, err := stage.UndoNewest(t.Context())
		require.NoError(t, err)
		assert.Equal(t, runner.UndoResult{}, undone, "what is left of the step")
		first = h.performAndCheck(t, stage, "again", first[len(first)-1].Seq)
		undone, err = stage.Undo(t.Context())
		require.NoError(t, err)
		assert.Equal(t, runner.UndoResult{}, undone, "what is left")

		last := first[len(first)-1].Seq
		h.performAndCheck(t, stage, "second", last)
		require.NoError(t, stage.Close())
		require.NoError(t, stage.Close(), "closing twice is fine")
		_, err = stage.Perform(t.Context(), "late", h.plan())
		require.Error(t, err, "a closed asset is of no use")
		_, err = stage.Undo(t.Context())
		require.Error(t, err, "a closed asset is of no use")
		_, err = stage.UndoNewest(t.Context())
		require.Error(t, err, "a closed asset is of no use")
	})

	t.Run("a protected folder prevents the effect, and the process says so", func(t *testing.T) {
		outcome, err := h.open(t, lab, h.folder).Perform(t.Context(), "prevented", h.plan())
		require.NoError(t, err, "an effect that did not come about is no error")
		require.Len(t, outcome.Proofs, 1)
		assert.False(t, outcome.Proofs[0].Proven())
		assert.NotEmpty(t, outcome.Proofs[0].After, "what was found instead")
		assert.Equal(t, []string{"write " + h.page.Path + ": permission denied"}, outcome.StandInErrors)
		for _, o := range outcome.Observations {
			assert.NotEqual(t, h.realFile, o.Path, "only what succeeded is seen")
		}
	})

	t.Run("after cancellation nothing is performed, and closing works", func(t *testing.T) {
		stage := h.open(t, lab)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := stage.Perform(ctx, "cancelled", h.plan())
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, stage.Close())

		_, err = lab.Open(ctx, h.asset())
		require.ErrorIs(t, err, context.Canceled)
	})
}

// performAndCheck performs the plan as one step and holds the outcome against what
// the kernel must have seen. Sequence numbers go on after last.
func (h host) performAndCheck(t *testing.T, stage runner.AssetSession, step string, last uint64) []event.Observation {
	t.Helper()
	outcome, err := stage.Perform(t.Context(), step, h.plan())
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	require.Len(t, outcome.Proofs, 1)
	assert.True(t, outcome.Proofs[0].Proven(), "%+v", outcome.Proofs[0])
	assert.Empty(t, outcome.StandInErrors)
	assert.True(t, outcome.Canary)
	assert.Zero(t, outcome.Dropped)
	assert.Len(t, outcome.Observations, int(outcome.Seen))

	require.NotEmpty(t, outcome.Observations)
	execs, creates := map[string]event.Observation{}, map[string]event.Observation{}
	for _, o := range outcome.Observations {
		assert.Greater(t, o.Seq, last, "in order")
		last = o.Seq
		switch o.Kind {
		case event.Exec:
			execs[o.Path] = o
		case event.Create:
			creates[o.Path] = o
		}
	}
	started, made := execs[h.realProgram], creates[h.realFile]
	assert.Equal(t, []string{h.program, "-ap", "Mail Pool"}, started.Argv, "the program's start, as typed")
	assert.Equal(t, "web", started.Env[event.EnvUser], "the account it stands for")
	assert.Equal(t, []string{step, step}, []string{started.Step, made.Step}, "the step that caused it")
	assert.Equal(t, started.Process, made.Process, "the process that wrote")
	assert.NotZero(t, made.Process)
	return outcome.Observations
}
