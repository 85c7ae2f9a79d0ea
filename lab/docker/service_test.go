package docker

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/callrecord"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/scenarios"
)

// served opens an asset with its real service, and sees to it that it is closed
// and as it was. It gives the processor time that opening took: what a clock on the wall
// says depends on what else the machine does.
func served(t *testing.T, kind, service string) (runner.AssetSession, time.Duration) {
	t.Helper()
	lab := newLab(t)
	if _, err := lab.image(t.Context(), service); errors.Is(err, errNoServiceImage) {
		t.Skipf("needs the image of %s: run `make images`", service)
	}
	found, ok := scenarios.Library().Kind(kind)
	require.True(t, ok)
	stage, err := runner.Verified(lab).Open(t.Context(), runner.Asset{
		Name: kind, Run: testRun, Place: asset.Host{Kind: found, Hostname: found.Hostname, Service: service},
	})
	require.NoError(t, err)
	took := processorTime(t, lab)
	t.Cleanup(func() {
		ctx, cancel := cleanupContext(t.Context())()
		defer cancel()
		undone, err := stage.Undo(ctx)
		assert.NoError(t, err)
		assert.Equal(t, runner.UndoResult{}, undone)
		assert.NoError(t, stage.Close())
	})
	return stage, took
}

// processorTime is that of the one container of a lab.
func processorTime(t *testing.T, lab *Lab) time.Duration {
	t.Helper()
	all, err := lab.engine.containers(t.Context(), labelLease+"="+lab.lease)
	require.NoError(t, err)
	require.Len(t, all.ours, 1)
	stats, err := lab.engine.ContainerStats(t.Context(), all.ours[0].id, client.ContainerStatsOptions{})
	require.NoError(t, err)
	defer stats.Body.Close()
	var about container.StatsResponse
	require.NoError(t, json.NewDecoder(stats.Body).Decode(&about))
	require.Positive(t, about.CPUStats.CPUUsage.TotalUsage)
	return time.Duration(about.CPUStats.CPUUsage.TotalUsage) // nanoseconds
}

func performs(t *testing.T, stage runner.AssetSession, plan effect.StepPlan) (runner.Outcome, []string) {
	t.Helper()
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.Empty(t, outcome.Skipped)
	require.NoError(t, outcome.CheckComplete())
	assert.Empty(t, outcome.StandInErrors)
	assert.True(t, outcome.Canary)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%+v", proof)
	}
	var lines []string
	for _, o := range outcome.Observations {
		if o.Kind == event.Line {
			lines = append(lines, string(o.Content))
		}
	}
	return outcome, lines
}

func TestARealDatabaseHoldsTheRecordsAndAuditsTheirExport(t *testing.T) {
	stage, took := served(t, "billing", asset.PostgreSQL)
	t.Logf("open, with %d records, after %s of processor time", callrecord.Rows, took)
	assert.Less(t, took, 5*time.Second)

	const dump = "/var/tmp/v.dmp"
	columns := effect.Columns("cdr_voice")
	outcome, lines := performs(t, stage, effect.StepPlan{
		Processes: []effect.Process{{Image: "/usr/lib/postgresql/15/bin/pg_dump", Args: []string{"pg_dump"}, User: "postgres", Acts: []effect.Act{
			effect.Export{Program: "pg_dump", Role: "billing", Table: "cdr_voice", Columns: columns, Into: dump},
		}}},
		Checks: []effect.Check{effect.Exported{Path: dump, Least: callrecord.Rows}},
	})
	t.Logf("export took %s", outcome.Took)
	t.Log(strings.Join(lines, "\n"))
	require.NotEmpty(t, lines)
	assert.Contains(t, lines[len(lines)-1], "AUDIT: SESSION")
}

func TestARealWebServerLogsWhatIsAsked(t *testing.T) {
	stage, took := served(t, "web", asset.Nginx)
	t.Logf("open after %s of processor time", took)
	const page = "/var/www/selfcare/uploads/x.php"
	ask := func(method, path string) effect.Act {
		return effect.Request{Method: method, Path: path, From: "198.51.100.23", Agent: "Mozilla/5.0"}
	}
	_, lines := performs(t, stage, effect.StepPlan{
		Processes: []effect.Process{
			{Image: "/usr/sbin/php-fpm8.2", Args: []string{"php-fpm:"}, Acts: []effect.Act{effect.Write{Path: page, Content: []byte(artifact.Marker)}}},
			{Image: "/usr/bin/browser", Args: []string{"browser"}, Remote: true, Acts: []effect.Act{
				ask("GET", "/uploads/x.php?c=id"), ask("POST", "/selfcare/upload.php?type=avatar"), ask("GET", "/nothing.php"),
			}},
		},
		Checks: []effect.Check{effect.ContentIs{Path: page, Content: []byte(artifact.Marker)}},
	})
	t.Log(strings.Join(lines, "\n"))
	require.Len(t, lines, 3)
	assert.Regexp(t, `^198\.51\.100\.23 - - \[.*\] "GET /uploads/x\.php\?c=id HTTP/1\.1" 200 \d+ "-" "Mozilla/5\.0"$`, lines[0])
	assert.Contains(t, lines[1], `"POST /selfcare/upload.php?type=avatar HTTP/1.1" 200 `)
	assert.Contains(t, lines[2], `"GET /nothing.php HTTP/1.1" 404 `)
}

// A service that is not there is no fault of the step: it is left out, and the
// asset goes on.
func TestAStepThatAsksForWhatIsNotThereIsSkipped(t *testing.T) {
	t.Parallel()
	asks := effect.StepPlan{Processes: []effect.Process{{Acts: []effect.Act{effect.Request{}}}}}
	for _, c := range []struct {
		name, lacks, want string
	}{
		{"its image was not made", asset.Nginx, "the step needs a real nginx; run `ringer images` to build its image"},
		{"the scenario gave it none", "", "the step needs a real nginx, which this asset does not have"},
		{"it has another", asset.PostgreSQL, "the step needs a real nginx, which this asset does not have"},
	} {
		outcome, err := (&session{missingService: c.lacks}).Perform(t.Context(), "step", asks)
		require.NoError(t, err, c.name)
		assert.Equal(t, runner.Outcome{Skipped: c.want}, outcome, c.name)
	}
}

func TestWhatABuilderTellsLastMayBeAnError(t *testing.T) {
	t.Parallel()
	require.NoError(t, buildError(strings.NewReader("{\"stream\":\"Step 1/2\"}\n\nnoise\n")))
	require.EqualError(t, buildError(strings.NewReader("{\"stream\":\"Step 1/2\"}\n{\"error\":\"no space left\"}\n")), "no space left")
}
