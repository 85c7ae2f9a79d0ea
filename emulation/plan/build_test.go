package plan_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden is the file of a testdata archive that holds what should come out.
const golden = "want"

// today is the day all tests are run on.
var today = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

// catalog is a rule set of the tests' own.
type catalog []plan.Rule

func (c catalog) Named(name string) []plan.Rule {
	return slices.DeleteFunc(slices.Clone(c), func(r plan.Rule) bool {
		return !strings.EqualFold(r.ID, name) && r.Spelling != name && strings.TrimSuffix(filepath.Base(r.File), ".yml") != name
	})
}

func (c catalog) Rules() []plan.Rule { return c }

var rules = catalog{
	{ID: "bd1212e5-78da-431e-95fa-c58e3237a8e6", Title: "Suspicious ASPX File Drop by Exchange", Sources: []event.LogSource{{Product: "windows", Category: "file_event"}}},
	{ID: "39f1f9f2-9636-45de-98f6-a4046aa8e4b9", Title: "Potential Webshell Creation On Static Website", Sources: []event.LogSource{{Product: "windows", Category: "file_event"}}},
	{ID: "11111111-2222-4333-8444-555555555555", Title: "Any Process", Sources: []event.LogSource{{Category: "process_creation"}}},
	{ID: "11111111-2222-4333-8444-666666666666", Title: "Audit Rule", Sources: []event.LogSource{{Product: "linux", Service: "auditd"}}},
	{ID: "11111111-2222-4333-8444-777777777777", Title: "Logon", Sources: []event.LogSource{{Product: "windows", Service: "security"}}},
	{ID: "11111111-2222-4333-8444-888888888888", Title: "Logons and Pages", Sources: []event.LogSource{{Product: "windows", Service: "security"}, {Product: "windows", Category: "file_event"}}},
	{ID: "11111111-2222-4333-8444-999999999999", Title: "Part of a Correlation", Sources: []event.LogSource{{Category: "process_creation"}}, SuppressedByCorrelation: true},
	{ID: "11111111-2222-4333-8444-aaaaaaaaaaaa", Spelling: "page_written", Title: "Page Written", File: "rules/page_written.yml", Line: 1, Sources: []event.LogSource{{Product: "windows", Category: "file_event"}}},
	{ID: "11111111-2222-4333-8444-bbbbbbbbbbbb", Title: "One of Two", File: "a/two_files.yml", Line: 1},
	{ID: "11111111-2222-4333-8444-cccccccccccc", Title: "Other of Two", File: "b/two_files.yml", Line: 3},
	{ID: "11111111-2222-4333-8444-dddddddddddd", Spelling: "not_chosen", Title: "Not Chosen", LeftOut: true},
}

// channels are the log sources of the tests' own platforms.
func channels(p effect.Platform) []event.LogSource {
	if p == effect.Windows {
		return []event.LogSource{
			{Product: "windows", Category: "file_event", Service: "sysmon"},
			{Product: "windows", Category: "process_creation", Service: "sysmon"},
		}
	}
	return []event.LogSource{{Product: "linux", Service: "auditd"}, {Product: "linux", Category: "process_creation"}}
}

// vocabulary is a small part of the shipped library, so that suggestions stay
// the same while that grows.
func vocabulary(t testing.TB) scenario.Vocabulary {
	t.Helper()
	drop, ok := scenarios.Library().Behaviour("owa_web_shell_drop")
	require.True(t, ok)
	cron, ok := scenarios.Library().Behaviour("cron_entry_install")
	require.True(t, ok)
	day, ok := scenarios.Library().Baseline("office_day")
	require.True(t, ok)
	mail, ok := scenarios.Library().Kind("exchange")
	require.True(t, ok)
	billing, ok := scenarios.Library().Kind("billing")
	require.True(t, ok)
	return scenario.Vocabulary{
		Behaviours: []behaviour.Behaviour{drop, cron},
		Baselines:  []behaviour.Baseline{day},
		Kinds:      []asset.Kind{mail, billing},
	}
}

// build goes the documented way from files to plans.
func build(t testing.TB, folder fstest.MapFS) (*scenario.Set, []*plan.Plan, hcl.Diagnostics) {
	t.Helper()
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: func() scenario.Vocabulary { return vocabulary(t) }}, folder, ".")
	var plans []*plan.Plan
	for _, scenario := range set.Scenarios {
		built, found := plan.Build(scenario, rules, channels, today)
		plans = append(plans, built)
		problems = append(problems, found...)
	}
	return set, plans, diagnostic.Sort(problems)
}

// TestGolden builds the plan of each archive under testdata and holds what comes
// of it, problems first, against the archive's last file.
func TestGolden(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			folder, want := fstest.MapFS{}, ""
			for _, file := range archive.Files {
				if file.Name == golden {
					want = string(file.Data)
					continue
				}
				folder[file.Name] = &fstest.MapFile{Data: file.Data}
			}
			set, plans, problems := build(t, folder)
			var out bytes.Buffer
			require.NoError(t, hcl.NewDiagnosticTextWriter(&out, set.Files, 78, false).WriteDiagnostics(problems))
			for _, plan := range plans {
				writePlan(&out, plan)
			}
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == golden })
				archive.Files = append(archive.Files, txtar.File{Name: golden, Data: out.Bytes()})
				require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
				return
			}
			assert.Equal(t, want, out.String())
		})
	}
}

// writePlan writes what a plan holds.
func writePlan(out *bytes.Buffer, p *plan.Plan) {
	if p == nil {
		out.WriteString("no plan\n")
		return
	}
	fmt.Fprintf(out, "plan %s (%s) %q ATT&CK %s %q\n", p.Name, p.File, p.Title, p.Attack, p.References)
	for _, a := range p.Actors {
		fmt.Fprintf(out, "actor %+v\n", a)
	}
	for _, a := range p.Assets {
		fmt.Fprintf(out, "asset %s: %s %s, protected %q, %s\n", a.Name, a.Place.Kind.Name, a.Place.Hostname, a.Protected, a.Range)
	}
	for _, f := range p.Conditions.Faults {
		if disabled, ok := f.(profile.DisabledRule); ok {
			fmt.Fprintf(out, "disabled rule %s: %s\n", disabled.Name, disabled.Rule)
		}
	}
	for _, b := range p.Baselines {
		fmt.Fprintf(out, "baseline %s: %s on %s, %d processes, %d checks, %s\n", b.ID, b.Kind.Name, b.Asset, min(1, len(b.Effect.Processes)), min(1, len(b.Effect.Checks)), b.Range)
		writeExpected(out, b.Expect)
	}
	for _, s := range p.Steps {
		fmt.Fprintf(out, "step %s: %s by %s on %s at %s, %s, %v, %s\n", s.ID, s.Behaviour.Name, s.Actor.Group, s.Asset, plan.FormatOffset(s.At), s.Technique, s.Arguments, s.Range)
		fmt.Fprintf(out, "  touches %q\n", s.Effect.Touches())
		writeExpected(out, s.Expect)
	}
}

func writeExpected(out *bytes.Buffer, all []plan.Expectation) {
	for _, e := range all {
		fmt.Fprintf(out, "  expect %s %s (%s) %s %s, %d to %d, because %q, until %s, %s\n",
			e.Detector, e.Rule, e.Title, e.Want, e.Shape, e.Least, e.Most, e.Because, e.Until.Format(time.DateOnly), e.Range)
	}
}

// The case that the language was made for: five mistakes of five kinds, found
// at two points, all reported at once, each with its line.
func TestFiveMistakesAreFiveDiagnostics(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/five_mistakes.txtar")
	require.NoError(t, err)
	_, plans, problems := build(t, fstest.MapFS{"main.hcl": &fstest.MapFile{Data: archive.Files[0].Data}})
	type reported struct {
		summary string
		line    int
	}
	var got []reported
	for _, problem := range problems {
		require.Equal(t, hcl.DiagError, problem.Severity)
		got = append(got, reported{problem.Summary, problem.Subject.Start.Line})
	}
	assert.Equal(t, []reported{
		{"Unknown behaviour", 7}, {"Unknown reference", 14}, {"Wrong type", 16}, {"Duplicate name", 20}, {"Unknown rule", 24},
	}, got)
	assert.Equal(t, []*plan.Plan{nil}, plans)
}
