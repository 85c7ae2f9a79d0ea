package sigma

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

var update = flag.Bool("update", false, "rewrite expected output in testdata")

// explainCase is a rule and events; what is said of the nearest of them lies in
// testdata/explain under its name.
type explainCase struct{ name, rule, events string }

func explainCases() []explainCase {
	const office = `title: Encoded script from a document
logsource:
    product: windows
    category: process_creation
detection:
    selection_parent:
        ParentImage|endswith:
            - '\winword.exe'
            - '\excel.exe'
            - '\powerpnt.exe'
            - '\onenote.exe'
            - '\outlook.exe'
            - '\visio.exe'
            - '\msaccess.exe'
            - '\eqnedt32.exe'
    selection_child:
        - Image|endswith: '\powershell.exe'
        - OriginalFileName: PowerShell.EXE
    selection_args:
        CommandLine|windash|contains|all:
            - ' -enc'
            - ' -w hidden'
    filter_main_admin:
        User: adm
        IntegrityLevel: High
    filter_optional:
        CurrentDirectory|re: '^C:\\Tools'
        LogonId|exists: true
    condition: all of selection_* and not 1 of filter_*
`
	const source = `"logsource":{"product":"windows","category":"process_creation"}`
	fits := `{` + source + `,"Image":"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe","ParentImage":"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE","CommandLine":"powershell -w hidden /enc JABjAGwA","User":"bob","IntegrityLevel":"High"}`
	all := "title: Every kind of predicate\nlogsource:\n    product: linux\ndetection:\n    sel:\n" +
		"        A|re|i: '^x'\n        B|cidr: 10.0.0.0/8\n        C|gt: 5\n        D|hour: 8\n        E: null\n        F|exists: true\n" +
		"        G|fieldref|startswith: H\n        I: 'a*b?c'\n        J|cased: Abc\n        K: '*'\n        L|contains: [one, two]\n        M|neq: root\n        N: 7\n    kw:\n        - needle\n    condition: sel and kw\n"
	return []explainCase{
		{"fits", office, fits},
		{"argument_missing", office, strings.Replace(fits, "-w hidden ", "", 1)},
		{"filtered", office, strings.Replace(fits, "bob", "adm", 1)},
		{"wrong_parent", office, strings.Replace(fits, "WINWORD", "explorer", 1)},
		{"wrong_log_source", office, strings.Replace(fits, "process_creation", "file_event", 1)},
		{"nearest_of_three", office, `{` + source + `,"Image":"x"}` + "\n" + strings.Replace(fits, "-w hidden ", "", 1) + "\n" + `{"logsource":{"product":"linux"}}`},
		{"every_predicate_missed", all, `{"A":"y","B":"11.0.0.1","C":5,"D":"2024-01-01T09:00:00Z","E":"x","G":"abc","H":"b","I":"ab","J":"ABC","K":null,"L":"three","M":["root","x"],"N":"8"}`},
		{"every_predicate_met", all, `{"A":"X\u0001y","B":"10.0.0.1","C":"6","D":"2024-01-01T08:00:00Z","F":null,"G":"abc","H":"AB","I":"axbyc","J":"Abc","K":["",1],"L":"twofold","N":7,"O":"a needle"}`},
		{"long_values", "title: " + strings.Repeat("A very long title ", 10) + "\nlogsource:\n    product: linux\ndetection:\n    sel:\n        A|contains: '" + strings.Repeat("wanted ", 20) + "'\n        B|endswith: end\n    condition: sel\n",
			`{"A":"` + strings.Repeat("é found ", 40) + `","B":"` + strings.Repeat("x ", 60) + `the END"}`},
		{"negated_condition", "title: Not\nlogsource:\n    product: linux\ndetection:\n    a:\n        A: x\n    b:\n        B: x\n    condition: not (a or b) and not a\n", `{"A":"X"}`},
		{"with_a_filter", office + "---\ntitle: our scanner\nlogsource:\n    product: windows\nfilter:\n    rules: any\n    scanner:\n        CommandLine|contains: JABjAGwA\n    condition: not scanner\n", fits},
	}
}

func TestExplanationsReadWell(t *testing.T) {
	t.Parallel()
	for _, c := range explainCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rules, problems := Parse("explain.yml", []byte(c.rule))
			require.Zero(t, Errors(problems), "%v", problems)
			set, problems := Compile(rules)
			require.Zero(t, Errors(problems), "%v", problems)
			events, skipped := reader.All([]byte(c.events))
			require.Empty(t, skipped)
			for _, ev := range events {
				set.AssumeLogSource(ev)
			}
			why, at := set.ExplainNearest(rules[0], events)
			require.GreaterOrEqual(t, at, 0)
			assert.Equal(t, len(why.Changes) == 0, why.Met)
			got := why.String()
			for line := range strings.Lines(got) {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), textline.Width, line)
			}
			golden(t, filepath.Join("testdata", "explain", c.name+".txt"), got)
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// An explanation and the matcher answer alike, and what an explanation asks for
// is there just when the rule does not fit.
func TestExplanationAgreesWithTheMatcher(t *testing.T) {
	t.Parallel()
	for _, c := range readCases(t, ownCases) {
		if c.Error || c.Events != nil {
			continue
		}
		rules, _ := Parse("case.yml", []byte(c.Rule))
		set, _ := Compile(rules)
		ev := &logevent.Event{Fields: c.Event}
		for _, r := range set.Match(ev, nil) {
			assert.True(t, set.Explain(r, ev).Met, c.Name)
		}
		fits := len(set.Match(ev, nil))
		for _, r := range set.Rules() {
			why := set.Explain(r, ev)
			assert.Equal(t, why.Met, len(why.Changes) == 0, c.Name)
			if why.Met {
				fits--
			}
		}
		assert.Zero(t, fits, c.Name)
	}
}
