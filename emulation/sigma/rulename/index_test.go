package rulename_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

// The rules of the tests: two with ids that begin alike, a file with a correlation and
// what it counts, and one that has no id.
var (
	page    = &sigma.Rule{ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11", Title: "Page Written by a Web Worker", File: "rules/page_written.yml", Line: 1}
	script  = &sigma.Rule{ID: "5f1c3d0e-7f43-4b6f-9a6e-3f1f0f6f2b12", Name: "script_written", Title: "Script Written", File: `C:\rules\script.yml`, Line: 1}
	started = &sigma.Rule{ID: "00000000-7f43-4a6f-9a6e-3f1f0f6f2b13", Name: "task_started", Title: "Task Started", File: "rules/task_life.yml", Line: 1}
	life    = &sigma.Rule{ID: "11111111-7f43-4a6f-9a6e-3f1f0f6f2b14", Title: "Task of a Week", File: "rules/task_life.yml", Line: 20}
	other   = &sigma.Rule{ID: "22222222-7f43-4a6f-9a6e-3f1f0f6f2b15", Title: "page written", File: "more/task_life.yaml", Line: 1}
	noID    = &sigma.Rule{Title: "Without an Id", File: "more.zip/no.id.yml", Line: 1}
	rules   = []*sigma.Rule{page, script, started, life, noID}
)

func index(more ...*sigma.Rule) *rulename.Index {
	return rulename.New(append(rules[:len(rules):len(rules)], more...), func(r *sigma.Rule) bool { return r == started })
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, given string
		more        []*sigma.Rule
		want        []*sigma.Rule
	}{
		{"an id in any case", "5F1C3D0E-7f43-4a6f-9a6e-3f1f0f6f2b11", nil, []*sigma.Rule{page}},
		{"the name of its file", "page_written", nil, []*sigma.Rule{page}},
		{"its name", "script_written", nil, []*sigma.Rule{script}},
		{"a file of Windows", "script", nil, []*sigma.Rule{script}},
		{"a file of an archive", "no.id", nil, []*sigma.Rule{noID}},
		{"of a file the rule that raises alerts", "task_life", nil, []*sigma.Rule{life}},
		{"what a correlation counts, by its name", "task_started", nil, []*sigma.Rule{started}},
		{"two files", "task_life", []*sigma.Rule{other}, []*sigma.Rule{started, life, other}},
		{"names have a case", "Page_Written", nil, nil},
		{"no title", "Script Written", nil, nil},
		{"no beginning", "5f1c3d0e", nil, nil},
		{"nothing", "", nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, index(tc.more...).Named(tc.given))
		})
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, given string
		more        []*sigma.Rule
		want        []*sigma.Rule
	}{
		{"what a scenario can write", "script_written", nil, []*sigma.Rule{script}},
		{"a title in any case", " page written by A web worker ", nil, []*sigma.Rule{page}},
		{"a name in any case", "Script_Written", nil, []*sigma.Rule{script}},
		{"a file in any case", "PAGE_written", nil, []*sigma.Rule{page}},
		{"the beginning of an id", "5F1C3D0E-7f43-4b", nil, []*sigma.Rule{script}},
		{"one digit, if it is enough", "1", nil, []*sigma.Rule{life}},
		{"the beginning of two ids", "5f1c3d0e", nil, []*sigma.Rule{page, script}},
		{"a title as a report cuts it", "Page Written by…", nil, []*sigma.Rule{page}},
		{"the same without UTF-8", "Page Written by~", nil, []*sigma.Rule{page}},
		{"a whole title before the beginning of another", "Page Written", []*sigma.Rule{other}, []*sigma.Rule{other}},
		{"a file as a report prints it", "rules/page_written.yml:19", nil, []*sigma.Rule{page}},
		{"the same in the project", "scenarios/rules/page_written.yml", nil, []*sigma.Rule{page}},
		{"a file without its folder", "page_written.yml", nil, []*sigma.Rule{page}},
		{"of a file what stands at a line", "rules/task_life.yml:25", nil, []*sigma.Rule{life}},
		{"and before it", "rules/task_life.yml:19:3", nil, []*sigma.Rule{started}},
		{"all of a file", "task_life.yml", nil, []*sigma.Rule{started, life}},
		{"nothing near", "backdoor", nil, nil},
		{"nothing", " ", nil, nil},
		{"only what says that it is cut", "…", nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, index(tc.more...).Find(tc.given))
		})
	}
}

func TestSpellingNamesTheRuleAlone(t *testing.T) {
	t.Parallel()
	names := index()
	for rule, want := range map[*sigma.Rule]string{
		page: "page_written", script: "script_written", started: "task_started", life: "task_life", noID: "no.id",
	} {
		assert.Equal(t, want, names.Spelling(rule))
	}
	names = index(other)
	assert.Equal(t, life.ID, names.Spelling(life), "the name of its file is another's too")
	for _, rule := range append(rules, other) {
		found := names.Named(names.Spelling(rule))
		require.Len(t, found, 1)
		assert.Same(t, rule, found[0])
	}
	twin := &sigma.Rule{Title: "Without an Id", File: "no.id.yml"}
	assert.Empty(t, index(twin).Spelling(twin))
}

func TestShortIDsAreAsLongAsTheyMustBe(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, rule := range rules {
		ids = append(ids, rule.ID)
	}
	short := rulename.ShortIDs(ids)
	assert.Equal(t, "00000000", short(started.ID))
	assert.Equal(t, "5f1c3d0e-7f43-4a", short(page.ID))
	assert.Equal(t, "5f1c3d0e-7f43-4b", short(script.ID))
	assert.Equal(t, "Without an Id", short(noID.Title))
	assert.Equal(t, "33333333", short("33333333-7f43-4a6f-9a6e-3f1f0f6f2b13"), "an id that is none of them")
	for _, rule := range rules[:4] {
		assert.Equal(t, []*sigma.Rule{rule}, index().Find(short(rule.ID)))
	}
}
