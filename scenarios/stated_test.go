package scenarios_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// wordings alter what an author wrote in an observation, of what is done nothing.
var wordings = map[string]func(asset.Host, *event.Observation){
	"another account": func(on asset.Host, o *event.Observation) {
		otherAccount(o, map[effect.Platform]string{effect.Windows: `ELSEWHERE\someone`, effect.Linux: "someone"}[on.Kind.Platform])
	},
	"the system's account": func(on asset.Host, o *event.Observation) {
		otherAccount(o, map[effect.Platform]string{effect.Windows: asset.WindowsSystem, effect.Linux: "root"}[on.Kind.Platform])
	},
	"other texts in version resources": func(_ asset.Host, o *event.Observation) {
		otherResource(o, func(text string) string { return "other " + text })
	},
	"the version resource of another program": func(_ asset.Host, o *event.Observation) {
		otherResource(o, func(string) string { return "schtasks.exe" })
	},
	"other words and numbers in logs": func(on asset.Host, o *event.Observation) {
		if o.Kind == event.Content && isLog(o.Path) {
			o.Content = otherLines(o.Content, provisionedLength(on, o.Path))
		}
	},
}

// Whatever a stand-in's log line, an account or a version resource says: no
// verdict that is not marked as stated is another by it.
func TestOtherWordsChangeNoVerdictThatIsNotMarkedAsStated(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, scenario := range read(t, engine, ".") {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			performance, judged := performed(t, engine, scenario, func(string) bool { return true })
			same, _ := reworded(performance, func(asset.Host, *event.Observation) {})
			require.Equal(t, performance.Events(), same.Events(), "translated again")
			changed := 0
			for _, what := range slices.Sorted(maps.Keys(wordings)) {
				other, n := reworded(performance, wordings[what])
				changed += n
				again, err := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return true }, Today: day}.Conclude(t.Context(), other)
				require.NoError(t, err)
				unmarkedStay(t, what, judged, again)
			}
			if len(performance.Events()) > 0 { // what asks a real service is not performed in memory
				assert.Positive(t, changed, "nothing was altered")
			}
		})
	}
}

// unmarkedStay compares two judgements of the same expectations.
func unmarkedStay(t *testing.T, what string, judged, again result.Scenario) {
	t.Helper()
	steps, other := slices.Concat(judged.Baselines, judged.Steps), slices.Concat(again.Baselines, again.Steps)
	for i, step := range steps {
		verdicts := map[string]result.Expectation{}
		for _, expectation := range other[i].Expectations {
			verdicts[fmt.Sprint(expectation.Rule, expectation.Shape, expectation.Want)] = expectation
		}
		for _, before := range step.Expectations {
			after := verdicts[fmt.Sprint(before.Rule, before.Shape, before.Want)]
			if len(before.Stated) == 0 {
				assert.Equal(t, before.Verdict.String(), after.Verdict.String(), "%s: %s, %s %s (%s)", what, step.ID, before.Want, before.Title, before.Shape)
			}
		}
	}
}

// reworded alters the observations of a performance and translates them again, and
// counts the observations that are others by it.
func reworded(performance *runner.RunRecord, alter func(asset.Host, *event.Observation)) (*runner.RunRecord, int) {
	out := *performance
	translate, places := map[string]runner.Translate{}, map[string]asset.Host{}
	for _, on := range performance.Plan.Assets {
		translate[on.Name], places[on.Name] = translator(on), on.Place
	}
	changed := 0
	again := func(record runner.StepRecord, step plan.Step) runner.StepRecord {
		if record.Skipped != "" {
			return record
		}
		before := record.Outcome.Observations
		record.Outcome.Observations = slices.Clone(before)
		for i := range before {
			o := &record.Outcome.Observations[i]
			o.Env = maps.Clone(o.Env)
			if alter(places[record.Asset], o); !reflect.DeepEqual(*o, before[i]) {
				changed++
			}
		}
		record.Events = translate[record.Asset](record.Outcome.Observations, performance.Start.Add(step.At))
		return record
	}
	out.Baselines, out.Steps = slices.Clone(performance.Baselines), slices.Clone(performance.Steps)
	for i, record := range out.Baselines {
		out.Baselines[i] = again(record, plan.Step{})
	}
	for i, record := range out.Steps {
		out.Steps[i] = again(record, performance.Plan.Steps[i])
	}
	return &out, changed
}

func otherAccount(o *event.Observation, name string) {
	if o.Kind == event.Exec {
		o.Env[event.EnvUser] = name
	}
}

func otherResource(o *event.Observation, word func(string) string) {
	said, ok := artifact.DecodeResource(o.Content)
	if !ok || o.Kind != event.Exec && o.Kind != event.Map {
		return
	}
	for _, text := range []string{said.OriginalFileName, said.Description, said.Product, said.Company, said.FileVersion} {
		if text != "" {
			o.Content = bytes.ReplaceAll(o.Content, []byte(": "+text+"\n"), []byte(": "+word(text)+"\n"))
		}
	}
	o.Digest = fmt.Sprintf("%x", sha256.Sum256(o.Content))
}

// isLog reports whether a real path is that of a file in which a program tells of
// what it was asked.
func isLog(file string) bool {
	return strings.HasPrefix(file, artifact.LinuxLogs) || strings.HasPrefix(file, effect.Root+"/c/Windows/System32/winevt/Logs/") ||
		file == effect.Root+"/c/Windows/NTDS/changes.log"
}

// provisionedLength is how long a file was before the first step.
func provisionedLength(place asset.Host, real string) int {
	name, _ := effect.AssetTree(place.Kind.Platform, nil).PlatformPath(real)
	for _, file := range place.Kind.Files {
		if strings.EqualFold(file.Path, name) {
			return len(file.Content)
		}
	}
	return 0
}

// otherLines alters what was added to a log behind its first bytes, and keeps its
// form: the keys of a record, the blanks, signs and brackets of a line.
func otherLines(content []byte, from int) []byte {
	from = min(from, len(content))
	out := slices.Clone(content[:from])
	for line := range bytes.Lines(content[from:]) {
		var record map[string]any
		if json.Unmarshal(line, &record) != nil {
			out = append(out, bytes.Map(nextSign, line)...)
			continue
		}
		text, err := json.Marshal(otherValues(record))
		if err != nil {
			panic(err) // it was JSON before
		}
		out = append(append(out, text...), '\n')
	}
	return out
}

func nextSign(r rune) rune {
	if '0' <= r && r < '9' || 'a' <= r && r < 'z' {
		return r + 1
	}
	return r
}

// otherValues leaves the kind of a directory's change, by which it is one.
func otherValues(record map[string]any) map[string]any {
	for name, value := range record {
		switch value := value.(type) {
		case string:
			if name != "what" {
				record[name] = "other " + value
			}
		case map[string]any:
			otherValues(value)
		}
	}
	return record
}
