package sigma

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lintCase is a rule and the warnings about it, as "line: summary".
type lintCase struct {
	name, rule string
	want       []string
}

// detecting is a rule with selections and a condition, which stands in line 7
// at the earliest: six lines come before the selections.
func detecting(selections, condition string) string {
	return "title: Case under test\nlogsource:\n    product: windows\n    category: process_creation\ndetection:\n" +
		"    condition: " + condition + "\n    " + strings.ReplaceAll(selections, "\n", "\n    ") + "\n"
}

const never, neverPart, always = "6: Condition can never match", "Selection can never match", "6: Condition always matches"

func lintCases() []lintCase {
	sel := func(lines string) string {
		return detecting("sel:\n    "+strings.ReplaceAll(lines, "\n", "\n    "), "sel")
	}
	return []lintCase{
		{"nothing wrong", sel(`Image|endswith: '\a.exe'`), nil},
		{"x and not x", detecting("x:\n    Image: a", "x and not x"), []string{never}},
		{"x or not x", detecting("x:\n    Image: a", "x or not x"), []string{always}},
		{"two values of one field", detecting("x:\n    Image: a\ny:\n    Image: b", "x and y"), []string{never}},
		{"two values of two fields", detecting("x:\n    Image: a\ny:\n    User: b", "x and y"), nil},
		{"value lists that meet", detecting("x:\n    Image: [a, b]\ny:\n    Image: [B, c]", "x and y"), nil},
		{"value lists that do not meet", detecting("x:\n    Image: [a, b]\ny:\n    Image: [c, d]", "x and y"), []string{never}},
		{"ends that differ", detecting("x:\n    Image|endswith: '\\a.exe'\ny:\n    Image|endswith: '\\b.exe'", "all of them"), []string{never}},
		{"ends of one another", detecting("x:\n    Image|endswith: 'a.exe'\ny:\n    Image|endswith: '\\a.exe'", "all of them"), nil},
		{"starts that differ", detecting("x:\n    Image|startswith: 'C:'\ny:\n    Image|startswith: 'D:'", "all of them"), []string{never}},
		{"contains two things", detecting("x:\n    Image|contains: a\ny:\n    Image|contains: b", "all of them"), nil},
		{"what is left out is asked for", detecting("x:\n    Image|contains: 'xay'\ny:\n    Image|contains: a", "x and not y"), []string{never}},
		{"a part is left out", detecting("x:\n    Image|contains: a\ny:\n    Image|contains: 'xay'", "x and not y"), nil},
		{"exact text lacks a part", detecting("x:\n    Image: abc\ny:\n    Image|contains: d", "x and y"), []string{never}},
		{"null and a value", detecting("x:\n    Image: null\ny:\n    Image|contains: d", "x and y"), []string{never}},
		{"absent and a value", detecting("x:\n    Image|exists: false\ny:\n    Image: d", "x and y"), []string{never}},
		{"null and not a value", detecting("x:\n    Image: null\ny:\n    Image: d", "x and not y"), nil},
		{"numbers apart", detecting("x:\n    ProcessId|gt: 5\ny:\n    ProcessId|lt: 3", "x and y"), []string{never}},
		{"numbers that meet", detecting("x:\n    ProcessId|gte: 5\ny:\n    ProcessId|lte: 5", "x and y"), nil},
		{"networks apart", detecting("x:\n    Image|cidr: 10.0.0.0/8\ny:\n    Image|cidr: 192.168.0.0/16", "x and y"), []string{never}},
		{"hour that does not come", sel("UtcTime|hour: 24"), []string{never}},
		{"case may differ", detecting("x:\n    Image: a\ny:\n    Image|cased: A", "x and y"), nil},
		{"one branch of two", detecting("x:\n    Image: a\ny:\n    User: b", "x and not x or y"), nil},
		{"one part of a selection", detecting("x:\n    - Image|endswith: a\n      Image: b\n    - User: c", "x"), []string{"8: " + neverPart}},
		{"keywords lie in different values", detecting("x:\n    - one\ny:\n    - two", "x and y"), nil},
		{"all over plain values", sel("Image|all: [a, b]"), []string{never}},
		{"selection not used", detecting("x:\n    Image: a\ny:\n    User: b", "x"), []string{"9: Unused selection"}},
		{"pattern that fits nothing", detecting("x:\n    Image: a", "x and not 1 of f_*"), []string{"6: Pattern matches no selection"}},
		{"plain star in a path", sel(`Image: 'C:\Users\*\x'`), []string{"8: Escaped wildcard in a path"}},
		{"wildcard in a path", sel(`Image: 'C:\Users\\*\x'`), nil},
		{"all on one value", sel("Image|contains|all: a"), []string{`8: "all" on a single value`}},
		{"null in a list", sel("Image: [a, null]"), []string{"8: Null in a list"}},
		{"text modifier on a number", sel("ProcessId|contains: 5"), []string{"8: String modifier on a number"}},
		{"placeholder", sel("User|expand: '%adm%'"), []string{"6: Placeholder without values"}},
		{"misspelt field", sel("CommandLin: a"), []string{"8: Field unknown to the log source"}},
		{"field of another category", sel("DestinationIp: 10.0.0.1"), []string{"8: Field unknown to the log source"}},
		{"field that has to be absent", sel("Elsewhere: null"), nil},
		{"hash", sel("Hashes|contains: 'MD5=0123456789abcdef0123456789abcdef'"), []string{"5: Specific file hash required"}},
		{"hash or a name", detecting("x:\n    Hashes|contains: 'MD5=0123456789abcdef0123456789abcdef'\ny:\n    Image: b", "1 of them"), nil},
		{"hash and a name", detecting("x:\n    Hashes|contains: 'MD5=0123456789abcdef0123456789abcdef'\ny:\n    Image: b", "x and y"), []string{"5: Specific file hash required"}},
		{"not the hash", detecting("x:\n    Hashes|contains: 'MD5=0123456789abcdef0123456789abcdef'\ny:\n    Image: b", "y and not x"), nil},
		{"public address", strings.Replace(sel("DestinationIp: 8.8.8.8"), "process_creation", "network_connection", 1), []string{"5: Specific address required"}},
		{"private address", strings.Replace(sel("DestinationIp: 10.8.8.8"), "process_creation", "network_connection", 1), nil},
		{"timeframe", detecting("timeframe: 5m\nx:\n    Image: a", "x"), []string{"7: Timeframe ignored"}},
		{"capitals in a log source", strings.Replace(sel("Image: a"), "windows", "Windows", 1), []string{"3: Upper case in a log source"}},
		{"tags", "tags:\n    - attack.t1059\n    - attack.t9999\n    - attack.T1059\n    - cve.1\n    - own.tag\n    - own.tag\n" + sel("Image: a"),
			[]string{"3: Tag unknown to ATT&CK", "4: Invalid tag", "5: Invalid tag", "7: Duplicate tag"}},
		{"old date", "date: 2024/01/02\n" + sel("Image: a"), []string{"1: Outdated date format"}},
		{"modified too early", "date: 2024-01-02\nmodified: 2024-01-01\n" + sel("Image: a"), []string{"2: Modified before created"}},
		{"id made up", "id: 00000000-0000-0000-0000-000000000000\n" + sel("Image: a"), []string{"1: Suspicious ID"}},
		{"title", strings.Replace(sel("Image: a"), "Case under test", "Detects a case.", 1), []string{"1: Title ends with a period"}},
		{"the same twice", sel("Image: [a, b]") + "---\n" + strings.Replace(sel("Image: [b, a]"), "Case", "Another case", 1), []string{"14: Duplicate detection"}},
		{"id and title twice", "id: 5d8fd9da-6916-45ef-8d4d-3fa9d19d1a64\n" + sel("Image: a") + "---\nid: 5d8fd9da-6916-45ef-8d4d-3fa9d19d1a64\n" + sel("Image: b"),
			[]string{"11: Duplicate ID or name", "12: Duplicate title"}},
		{"name twice", "name: one\n" + sel("Image: a") + "---\nname: one\n" + strings.Replace(sel("Image: b"), "Case", "Another case", 1),
			[]string{"11: Duplicate ID or name"}},
		{"correlation that cannot be", "title: count\ncorrelation:\n    type: event_count\n    rules: [base]\n    timespan: 1m\n    condition:\n        gt: 5\n        lt: 3\n---\nname: base\n" + sel("Image: a"),
			[]string{"3: Condition can never match"}},
		{"fewer than one", "title: count\ncorrelation:\n    type: event_count\n    rules: [base]\n    timespan: 1m\n    condition:\n        lt: 1\n---\nname: base\n" + sel("Image: a"),
			[]string{"3: Condition can never match"}},
		{"filter that excludes nothing", sel("Image: a") + "---\ntitle: only\nlogsource:\n    product: windows\nfilter:\n    rules: any\n    f:\n        User: b\n    condition: f\n",
			[]string{"17: Filter excludes nothing"}},
	}
}

func TestLint(t *testing.T) {
	t.Parallel()
	for _, c := range lintCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rules, problems := Parse("", []byte(c.rule))
			require.Zero(t, Errors(problems), "%v", problems)
			_, more := Compile(rules)
			problems = append(append(problems, more...), Lint(rules, func(tag string) bool { return tag == "attack.t1059" })...)
			SortProblems(problems)
			var got []string
			for _, p := range problems {
				assert.NotEmpty(t, p.Section, p.String())
				got = append(got, fmt.Sprintf("%d: %s", p.Line, p.Summary))
			}
			assert.Equal(t, c.want, got, "%v\n%s", problems, c.rule)
		})
	}
}

// What SigmaHQ's rules are warned of was read by hand; it must stay this little.
func TestLintKeepsQuietOnSigmaHQ(t *testing.T) {
	t.Parallel()
	all := sigmaHQ(t)
	counts := map[string]int{}
	for _, p := range Lint(all.rules, nil) {
		counts[p.Summary]++
	}
	assert.Equal(t, map[string]int{
		"Field unknown to the log source": 22, // true: Sysmon's events lack them
		"Specific file hash required":     8,
		"Specific address required":       1,
		"Rule related to itself":          2,
		"Unusual file name":               1, // .yml.yml
		"Title begins with \"detects\"":   1,
	}, counts)
}

func TestFileNameIsToldOnce(t *testing.T) {
	t.Parallel()
	rules, _ := Parse("Odd.yml", []byte(detecting("x:\n    Image: a", "x")+"---\n"+strings.Replace(detecting("x:\n    Image: b", "x"), "Case", "Other case", 1)))
	require.Len(t, rules, 2)
	problems := Lint(rules, nil)
	require.Len(t, problems, 1)
	assert.Equal(t, "Unusual file name", problems[0].Summary)
}
