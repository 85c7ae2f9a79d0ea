package report_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/attire"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/html"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	markdownview "github.com/ringer-lab/ringer/emulation/report/markdown"
	"github.com/ringer-lab/ringer/emulation/report/navigator"
	"github.com/ringer-lab/ringer/emulation/report/sarif"
	"github.com/ringer-lab/ringer/emulation/result"
)

// speaking is the sample in a version of ATT&CK, once with each, and as a run of two
// scenarios that speak different ones. Its rules have tags of both.
func speaking(t *testing.T, versions ...attack.Version) evidence.Run {
	t.Helper()
	of := reporttest.Sample(t)
	sample, judged := of.Scenarios[0], of.Result.Scenarios[0]
	of.Scenarios, of.Result.Scenarios = nil, nil
	for _, version := range versions {
		judged.Attack, sample.Judged.Attack = version, version
		judged.Steps = stepsIn(version, judged.Steps)
		sample.Judged.Steps = judged.Steps
		sample.Steps = slices.Clone(sample.Steps)
		sample.Telemetry = &compare.Scenario{Techniques: []compare.Technique{{ID: idIn(version, "T1562.002"), Name: "Windows logging"}}}
		for i := range sample.Steps {
			sample.Steps[i].Judged.Technique = idIn(version, sample.Steps[i].Judged.Technique)
		}
		of.Scenarios, of.Result.Scenarios = append(of.Scenarios, sample), append(of.Result.Scenarios, judged)
	}
	for id, rule := range of.Rules {
		rule.Tags = append(slices.Clone(rule.Tags), "attack.t1685.005", "attack.t1562.002", "attack.t1687", "attack.defense-evasion")
		of.Rules[id] = rule
	}
	return of
}

func stepsIn(version attack.Version, steps []result.Step) []result.Step {
	steps = slices.Clone(steps)
	for i := range steps {
		steps[i].Technique = idIn(version, steps[i].Technique)
		steps[i].UnexpectedAlerts = slices.Clone(steps[i].UnexpectedAlerts)
		for j := range steps[i].UnexpectedAlerts {
			steps[i].UnexpectedAlerts[j].Tags = version.Tags([]string{"attack.t1685.005"})
		}
	}
	return steps
}

func idIn(version attack.Version, id string) string {
	counterpart, _ := version.Counterpart(id)
	return counterpart
}

// Whatever is written names its version, and has no technique and no tactic that this
// version has not.
func TestEveryTechniqueExistsInTheVersionThatIsNamed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		speak    []attack.Version
		together attack.Version
	}{
		{"v18", []attack.Version{attack.V18}, attack.V18},
		{"v19", []attack.Version{attack.V19}, attack.V19},
		{"both", []attack.Version{attack.V18, attack.V19}, attack.V19},
	} {
		of := speaking(t, test.speak...)
		written := func(name string, write func(*bytes.Buffer) error) string {
			var out bytes.Buffer
			require.NoError(t, write(&out), name)
			return out.String()
		}
		for _, one := range []struct {
			name, named string
			write       func(*bytes.Buffer) error
		}{
			{"html", `<dt>ATT&amp;CK</dt><dd>` + string(test.together), func(out *bytes.Buffer) error { return html.Write(out, of) }},
			{"sarif", `"attack": "` + string(test.together) + `"`, func(out *bytes.Buffer) error { return sarif.Write(out, of) }},
			{"attire", `ATT&CK ` + string(test.together), func(out *bytes.Buffer) error { return attire.Write(out, of) }},
			{"markdown", "", func(out *bytes.Buffer) error { return markdownview.Write(out, of) }},
		} {
			text := written(one.name, one.write)
			assert.Contains(t, text, one.named, "%s as %s", test.name, one.name)
			checkIDs(t, test.together, text, test.name+" as "+one.name)
		}
		var document struct{ Scenarios []json.RawMessage }
		require.NoError(t, json.Unmarshal([]byte(written("json", func(out *bytes.Buffer) error { return report.JSON(out, of.Result) })), &document))
		require.Len(t, document.Scenarios, len(test.speak))
		for i, version := range test.speak {
			assert.Contains(t, string(document.Scenarios[i]), `"attack": "`+string(version)+`"`)
			checkIDs(t, version, string(document.Scenarios[i]), test.name+" as json")
		}
		var layers []struct {
			Versions   struct{ Attack string }
			Techniques json.RawMessage
		}
		require.NoError(t, json.Unmarshal([]byte(written("navigator", func(out *bytes.Buffer) error { return navigator.Write(out, of, attack.Versions()...) })), &layers))
		for _, layer := range layers {
			version, ok := attack.FindVersion(layer.Versions.Attack)
			require.True(t, ok)
			checkIDs(t, version, string(layer.Techniques), test.name+" as navigator")
		}
	}
}

var (
	anyID     = regexp.MustCompile(`(?i)\bT1[0-9]{3}(?:[./][0-9]{3})?\b`)
	anyTactic = regexp.MustCompile(`\b(?:defense-evasion|stealth|defense-impairment)\b`)
)

func checkIDs(t *testing.T, version attack.Version, text, what string) {
	t.Helper()
	found := anyID.FindAllString(text, -1)
	for _, id := range found {
		id = string(bytes.ToUpper(bytes.ReplaceAll([]byte(id), []byte("/"), []byte("."))))
		assert.True(t, version.Has(id), "%s: %s is not in ATT&CK %s", what, id, version)
	}
	for _, short := range anyTactic.FindAllString(text, -1) {
		_, ok := version.Tactic(short)
		assert.True(t, ok, "%s: %s is no tactic of ATT&CK %s", what, short, version)
	}
}
