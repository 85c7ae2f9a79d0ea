package tune_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/tune"
)

// process is an event of a program's start, by a parent and a user.
func process(id, image, line, parent, user string) event.Event {
	return event.Event{
		ID: id, Time: time.Date(2021, 1, 1, 8, 0, 0, 0, time.UTC), Provenance: event.Translated, Sources: []event.LogSource{{Category: "process_creation", Product: "windows"}},
		Fields: map[string]any{"Image": image, "CommandLine": line, "ParentImage": parent, "User": user, "ProcessId": "71234", "UtcTime": "2021-01-01 08:00:00", "ProcessGuid": "{" + id + "}"},
	}
}

func record(id string, events ...event.Event) runner.StepRecord {
	return runner.StepRecord{ID: id, Asset: "desk", Events: events, Outcome: runner.Outcome{Canary: true, Proofs: []effect.Proof{{Check: "it is there", Before: "no such file"}}}}
}

const (
	shell, service, agent, word = `C:\Windows\cmd.exe`, `C:\Windows\services.exe`, `C:\Program Files\Backup*\agent?.exe`, `C:\Office\winword.exe`
)

// aRun has an attack by a document, and a day on which a backup agent starts a shell
// twice, and a service does.
func aRun() *rulestate.Recording {
	attack := []runner.StepRecord{record("attack", process("a", shell, "cmd /c whoami", word, "mary")), record("other", process("b", word, "winword bad.doc", `C:\explorer.exe`, "mary"))}
	day := []runner.StepRecord{record("day", process("c", shell, "cmd /c whoami /backup", agent, "SYSTEM"), process("d", shell, "cmd /c whoami /backup /full", agent, "SYSTEM"))}
	p := &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "desk", Place: asset.Host{Kind: asset.Kind{Name: "workstation"}}}}}
	for _, step := range attack {
		p.Steps = append(p.Steps, plan.Step{ID: step.ID, Asset: "desk"})
	}
	p.Baselines = []plan.Baseline{{ID: "day", Asset: "desk", Kind: behaviour.Baseline{Name: "office_day"}}}
	run := &runner.RunRecord{Plan: p, Assets: []runner.AssetRecord{{Name: "desk"}}, Steps: attack, Baselines: day}
	return rulestate.New([]*runner.RunRecord{run}, nil, func(effect.Platform) []event.LogSource { return nil })
}

func propose(t *testing.T, of *rulestate.Recording, text string, at int) tune.Result {
	t.Helper()
	rules, problems := sigma.Parse("rule.yml", []byte(text))
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	found, err := tune.Propose(t.Context(), of, rules, rules[at], "rule.yml", text)
	require.NoError(t, err)
	return found
}

const about = "title: Shell\nid: 11111111-1111-4111-8111-111111111111\nlogsource:\n    category: process_creation\n    product: windows\n"

// A patch is what patch and git make of the file what was proven.
func TestAPatchIsTakenAndTheRuleIsQuietThen(t *testing.T) {
	t.Parallel()
	second := strings.ReplaceAll(about, "1111-4111-8111", "2222-4222-8222")
	const selection = "    selection:\n        Image|endswith: '\\cmd.exe'\n"
	for _, tt := range []struct {
		name, text string
		at         int
	}{
		{"a selection", about + "detection:\n" + selection + "    condition: selection\nlevel: high\n", 0},
		{"the condition comes first", about + "detection:\n    condition: selection\n" + selection + "level: high\n", 0},
		{"the condition ends the file, without a line end", about + "detection:\n" + selection + "    condition: selection", 0},
		{"1 of selection*", about + "detection:\n" + strings.ReplaceAll(selection, "selection", "selection_a") + "    condition: 1 of selection*\n", 0},
		{"all of them", about + "detection:\n" + selection + "    condition: all of them\n", 0},
		{"any selection by a pattern", about + "detection:\n" + selection + "    condition: 1 of *\n", 0},
		{"filters by a pattern", about + "detection:\n" + selection + "    filter_ordinary_x:\n        User: nobody\n    condition: selection and not 1 of filter_*\n", 0},
		{"an alternative", about + "detection:\n" + selection + "    never:\n        Image: x\n    condition: selection or never\n", 0},
		{"several conditions", about + "detection:\n" + selection + "    never:\n        Image: x\n    condition:\n        - selection\n        - never # rarely\n", 0},
		{"a folded condition", about + "detection:\n" + selection + "    never:\n        Image: x\n    condition: >\n        selection\n        or never\n\n# the end\nlevel: high\n", 0},
		{"a condition over several lines", about + "detection:\n" + selection + "    never:\n        Image: x\n    condition: selection or\n        never\nlevel: high\n", 0},
		{"a quoted condition with a comment", about + "detection:\n" + selection + "    condition: 'selection' # as it was\n", 0},
		{"a double-quoted condition", about + "detection:\n" + selection + "    condition: \"selection\"\n", 0},
		{"line ends of Windows", strings.ReplaceAll(about+"detection:\n"+selection+"    condition: selection\nlevel: high\n", "\n", "\r\n"), 0},
		{"the second of several documents", second + "detection:\n    a:\n        Image: x\n    condition: a\n---\n" + about + "detection:\n" + selection + "    condition: selection\n---\n" + strings.ReplaceAll(second, "8222", "8333") + "detection:\n    a:\n        Image: x\n    condition: a\n", 1},
		{"other columns", about + "detection:\n  selection:\n    - Image|endswith: '\\cmd.exe'\n  condition:   selection\n", 0},
		{"a field called condition", about + "detection:\n" + selection + "        condition: null\n    condition: selection\n", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			of := aRun()
			found := propose(t, of, tt.text, tt.at)
			require.NotEmpty(t, found.Proposals, found.Reason)
			for _, proposal := range found.Proposals {
				patched := apply(t, tt.text, proposal.Patch)
				assert.Contains(t, patched, "ordinary")
				again := propose(t, of, patched, tt.at)
				assert.Empty(t, again.Before.Alarms, patched)
				assert.Equal(t, found.Before.Fires, again.Before.Fires)
			}
		})
	}
}

// apply has patch make of a text what it says, and git too.
func apply(t *testing.T, text, patch string) string {
	t.Helper()
	result := ""
	for _, tool := range [][]string{{"patch", "-p0", "--binary", "-i", "filter.patch"}, {"git", "apply", "-p0", "filter.patch"}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			continue
		}
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, "rule.yml"), []byte(text), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(folder, "filter.patch"), []byte(patch), 0o600))
		cmd := exec.CommandContext(t.Context(), tool[0], tool[1:]...)
		cmd.Dir = folder
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s\n%s", out, patch)
		patched, err := os.ReadFile(filepath.Join(folder, "rule.yml"))
		require.NoError(t, err)
		if result != "" {
			assert.Equal(t, result, string(patched))
		}
		result = string(patched)
	}
	if result == "" {
		t.Skip("there is neither patch nor git")
	}
	return result
}

func TestAFilterRestsOnWhatLastsAndNoAttackHas(t *testing.T) {
	t.Parallel()
	found := propose(t, aRun(), about+"detection:\n    s:\n        Image|endswith: '\\cmd.exe'\n    condition: s\n", 0)
	require.NotEmpty(t, found.Proposals)
	assert.Equal(t, []tune.Item{{Field: "ParentImage", Values: []string{agent}}}, found.Proposals[0].Items)
	assert.Contains(t, found.Proposals[0].Patch, `+        ParentImage: 'C:\Program Files\Backup\*\agent\?.exe'`)
	for _, proposal := range found.Proposals {
		for _, item := range proposal.Items {
			assert.NotContains(t, []string{"Image", "ProcessId", "UtcTime", "ProcessGuid"}, item.Field, "shared with the attack, or another on the next day")
			for _, value := range item.Values {
				assert.NotContains(t, "cmd /c whoami", value)
			}
		}
	}
}

// What a variant of the attack has is what an attack has.
func TestNoDetectionOfAVariantIsLost(t *testing.T) {
	t.Parallel()
	day := record("day", process("b", shell, "cmd /c backup.cmd", agent, "SYSTEM"))
	attack := record("attack", process("a", shell, "cmd /c whoami", word, "mary"))
	variant := record("attack", process("c", shell, "cmd /c whoami", agent, "mary"))
	host := []plan.Asset{{Name: "desk"}}
	steps := []plan.Step{{ID: "attack", Asset: "desk"}}
	runs := []*runner.RunRecord{
		{Plan: &plan.Plan{Name: "test", Assets: host, Steps: steps, Baselines: []plan.Baseline{{ID: "day", Asset: "desk"}}}, Steps: []runner.StepRecord{attack}, Baselines: []runner.StepRecord{day}},
		{Plan: &plan.Plan{Name: "test+other_parent", Assets: host, Steps: steps}, Steps: []runner.StepRecord{variant}},
	}
	of := func(runs []*runner.RunRecord) []tune.Item {
		text := about + "detection:\n    s:\n        Image|endswith: '\\cmd.exe'\n    condition: s\n"
		found := propose(t, rulestate.New(runs, nil, func(effect.Platform) []event.LogSource { return nil }), text, 0)
		require.NotEmpty(t, found.Proposals, found.Reason)
		return found.Proposals[0].Items
	}
	assert.Equal(t, []tune.Item{{Field: "ParentImage", Values: []string{agent}}}, of(runs[:1]))
	assert.Equal(t, []tune.Item{{Field: "CommandLine", Modifier: "contains", Values: []string{"/c backup.cmd"}}}, of(runs))
}

func TestWhereNoFilterWorksItIsSaid(t *testing.T) {
	t.Parallel()
	same := func() *rulestate.Recording {
		attack, day := record("attack", process("a", shell, "cmd", word, "mary")), record("day", process("b", shell, "cmd", word, "mary"))
		p := &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "desk"}}, Steps: []plan.Step{{ID: "attack", Asset: "desk"}}, Baselines: []plan.Baseline{{ID: "day", Asset: "desk"}}}
		return rulestate.New([]*runner.RunRecord{{Plan: p, Steps: []runner.StepRecord{attack}, Baselines: []runner.StepRecord{day}}}, nil, func(effect.Platform) []event.LogSource { return nil })
	}
	selection := "detection:\n    s:\n        Image|endswith: '\\cmd.exe'\n    condition: s\n"
	for _, tt := range []struct {
		name, text string
		at         int
		of         *rulestate.Recording
		reason     string
	}{
		{"the day is like the attack", about + selection, 0, same(), "each value of its alarms"},
		{"a detection in braces", about + "detection: {s: {Image|endswith: '\\cmd.exe'}, condition: s}\n", 0, aRun(), "cannot be edited: its detection is not written as lines"},
		{"a condition that is an alias", about + "tags: [attack.t1059]\ncustom: &c s\ndetection:\n    s:\n        Image|endswith: '\\cmd.exe'\n    condition: *c\n", 0, aRun(), "its condition is not a text"},
		{"a collection whose condition stands elsewhere", "action: global\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    condition: s\n---\ntitle: Shell\nid: 11111111-1111-4111-8111-111111111111\ndetection:\n    s:\n        Image|endswith: '\\cmd.exe'\n", 0, aRun(), "cannot be edited"},
		{"a correlation", about + selection + "---\ntitle: Twice\nid: 33333333-3333-4333-8333-333333333333\ncorrelation:\n    type: event_count\n    rules: [11111111-1111-4111-8111-111111111111]\n    timespan: 1h\n    condition: {gte: 2}\n", 1, aRun(), "it is a correlation"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found := propose(t, tt.of, tt.text, tt.at)
			assert.NotEmpty(t, found.Before.Alarms)
			assert.Empty(t, found.Proposals)
			assert.Contains(t, found.Reason, tt.reason)
		})
	}
}

func TestARuleThatDoesNotAlarmNeedsNoFilter(t *testing.T) {
	t.Parallel()
	found := propose(t, aRun(), about+"detection:\n    s:\n        ParentImage|endswith: '\\winword.exe'\n    condition: s\n", 0)
	assert.Empty(t, found.Before.Alarms)
	assert.Empty(t, found.Proposals)
	assert.Len(t, found.Before.Fires, 1)
}
