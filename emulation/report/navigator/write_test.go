package navigator_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/report/navigator"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run, versions ...attack.Version) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, navigator.Write(&out, run, versions...))
	return out.Bytes()
}

func overlap(t *testing.T) evidence.Run {
	return reporttest.Overlap(t, fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true})
}

type layer struct {
	Name, Domain, Description string
	Versions                  struct{ Attack, Navigator, Layer string }
	Techniques                []technique
	Gradient                  struct {
		Colors             []string
		MinValue, MaxValue int
	}
	LegendItems []struct{ Label, Color string }
	Metadata    []struct{ Name, Value string }
	Layout      struct{ Layout, ExpandedSubtechniques string }
	Sorting     int
}

type technique struct {
	TechniqueID, Tactic, Color, Comment string
	Score                               *int
	Metadata                            []struct{ Name, Value string }
	Links                               []struct{ Label, URL string }
}

func layersOf(t *testing.T, document []byte) []layer {
	t.Helper()
	var layers []layer
	require.NoError(t, json.Unmarshal(document, &layers))
	return layers
}

func TestLayersOfARunInWhichEveryVerdictOccurs(t *testing.T) {
	t.Parallel()
	reporttest.Golden(t, *update, "sample.golden", written(t, reporttest.Sample(t), attack.Versions()...))
}

// The rules are those of the format's specification, each asked of each layer.
func TestEveryLayerIsAsTheFormatSays(t *testing.T) {
	t.Parallel()
	const colour = `^#[0-9a-f]{6}$`
	for name, run := range map[string]evidence.Run{"sample": reporttest.Sample(t), "overlap": overlap(t)} {
		document := written(t, run, attack.Versions()...)
		layers := layersOf(t, document)
		require.Len(t, layers, 8, name)
		names := map[string]bool{}
		for _, layer := range layers {
			assert.NotEmpty(t, layer.Name)
			assert.False(t, names[layer.Name], "a name occurs twice")
			names[layer.Name] = true
			assert.Equal(t, "enterprise-attack", layer.Domain)
			assert.Equal(t, "4.5", layer.Versions.Layer)
			assert.Equal(t, "4.9.0", layer.Versions.Navigator)
			assert.Contains(t, []string{"18", "19"}, layer.Versions.Attack)
			assert.Contains(t, []string{"side", "flat", "mini"}, layer.Layout.Layout)
			assert.Contains(t, []string{"none", "all", "annotated"}, layer.Layout.ExpandedSubtechniques)
			assert.Contains(t, []int{0, 1, 2, 3}, layer.Sorting)
			assert.GreaterOrEqual(t, len(layer.Gradient.Colors), 2)
			assert.Greater(t, layer.Gradient.MaxValue, layer.Gradient.MinValue)
			for _, c := range layer.Gradient.Colors {
				assert.Regexp(t, colour, c)
			}
			for _, item := range layer.LegendItems {
				assert.NotEmpty(t, item.Label)
				assert.Regexp(t, colour, item.Color)
			}
			for _, said := range layer.Metadata {
				assert.NotEmpty(t, said.Name)
				assert.NotEmpty(t, said.Value)
			}
			checkTechniques(t, layer)
		}
	}
}

func checkTechniques(t *testing.T, layer layer) {
	t.Helper()
	seen := map[string]bool{}
	for _, technique := range layer.Techniques {
		assert.Regexp(t, `^T\d{4}(\.\d{3})?$`, technique.TechniqueID)
		key := technique.TechniqueID + technique.Tactic
		assert.False(t, seen[key], "%s occurs twice in %s", key, layer.Name)
		seen[key] = true
		assert.True(t, technique.Score != nil || technique.Color != "", "%s has no colour", technique.TechniqueID)
		assert.NotEmpty(t, technique.Comment)
		for _, said := range technique.Metadata {
			assert.NotEmpty(t, said.Name)
			assert.NotEmpty(t, said.Value)
		}
		for _, link := range technique.Links {
			address, err := url.Parse(link.URL)
			require.NoError(t, err)
			assert.Equal(t, "https", address.Scheme)
			assert.NotEmpty(t, link.Label)
		}
		version, ok := attack.FindVersion(layer.Versions.Attack)
		require.True(t, ok)
		known, ok := version.Technique(technique.TechniqueID)
		require.True(t, ok, technique.TechniqueID)
		assert.Contains(t, known.Tactics, technique.Tactic)
		assert.Empty(t, known.RevokedBy)
	}
}

func TestTheLayersSayWhatWasReportedPerformedDetectedAndNotSeen(t *testing.T) {
	t.Parallel()
	ids, comments := map[string]map[string]bool{}, map[string]string{}
	for _, layer := range layersOf(t, written(t, reporttest.Sample(t), attack.Versions()...)) {
		ids[layer.Name] = map[string]bool{}
		for _, technique := range layer.Techniques {
			ids[layer.Name][technique.TechniqueID] = true
			comments[layer.Name+" "+technique.TechniqueID] = technique.Comment
		}
	}
	assert.True(t, ids["reported (ATT&CK v18)"]["T1003.001"])
	assert.Equal(t, map[string]bool{"T1505.003": true, "T1562.002": true, "T1547.001": true, "T1046": true}, ids["performed (ATT&CK v18)"])
	assert.Equal(t, "gap mail-backdoor/scan (Scans the network): no behaviour stands for T1046 (Network Service Discovery)", comments["performed (ATT&CK v18) T1046"])
	assert.Regexp(t, `^effect not proven at mail-backdoor/broken_step; gap mail-backdoor/other_key \(`, comments["performed (ATT&CK v18) T1547.001"])
	assert.Equal(t, map[string]bool{"T1505.003": true}, ids["detected (ATT&CK v18)"])
	assert.Equal(t, map[string]bool{"T1562.002": true}, ids["blind (ATT&CK v18)"])
	assert.Equal(t, map[string]bool{"T1685.001": true}, ids["blind (ATT&CK v19)"], "replaced by v19")
}

func TestWithoutAVersionLayersAreForTheOneThatTheRunSpeaks(t *testing.T) {
	t.Parallel()
	for _, layer := range layersOf(t, written(t, reporttest.Sample(t))) {
		assert.Equal(t, "18", layer.Versions.Attack)
	}
}

func TestAWriterThatBreaksIsReported(t *testing.T) {
	t.Parallel()
	pipe, writer := io.Pipe()
	require.NoError(t, pipe.Close())
	assert.ErrorIs(t, navigator.Write(writer, reporttest.Sample(t)), io.ErrClosedPipe)
}
