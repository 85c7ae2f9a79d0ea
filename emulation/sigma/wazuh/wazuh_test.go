package wazuh_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/wazuh"
)

const shell = `metadata:
    title: Shell of a web server
    author: a team
    date: 2026-05-01T10:00:00Z
sigma_id: 19aefed0-ffd4-47dc-a7fc-f8b1425e84f9
status: stable
level: high
logsource:
    product: windows
    category: process_creation
detection:
    sel:
        process.executable|endswith: '\cmd.exe'
        process.parent.name: w3wp.exe
    condition: sel
mitre:
    technique: [T1505]
    subtechnique: [T1505.003]
`

func parse(t *testing.T, text string) []*sigma.Rule {
	t.Helper()
	rules, problems := sigma.Parse("rule.yml", []byte(text))
	require.Empty(t, problems)
	return rules
}

func compile(t *testing.T, text string) *sigma.Set {
	t.Helper()
	rules, _, problems := wazuh.Prepare(parse(t, text))
	require.Empty(t, problems)
	set, problems := sigma.Compile(rules, sigma.Taxonomy(wazuh.Taxonomy, func(field string) string { return field }))
	require.Empty(t, problems)
	return set
}

func TestRuleOfWazuhIsRead(t *testing.T) {
	t.Parallel()
	rule := parse(t, shell)[0]
	assert.Equal(t, "Shell of a web server", rule.Title)
	assert.Equal(t, "2026-05-01", rule.Date)
	assert.Equal(t, wazuh.Taxonomy, rule.Taxonomy)
	assert.Equal(t, []string{"attack.t1505", "attack.t1505.003"}, rule.Tags)
	_, problems := sigma.Compile([]*sigma.Rule{rule})
	assert.Positive(t, sigma.Errors(problems), "its fields are not those of Sigma's taxonomy")
}

// Its rules match the events that Wazuh normalised, and those that others wrote.
func TestEventsOfWazuhAndOfOthersMatch(t *testing.T) {
	t.Parallel()
	set := compile(t, shell)
	for name, c := range map[string]struct {
		event string
		fires int
	}{
		"of the schema":     {`{"wazuh":{"integration":{"name":"Windows","category":"security"}},"process":{"executable":"C:\\Windows\\System32\\cmd.exe","parent":{"name":"w3wp.exe"}}}`, 1},
		"of another system": {`{"wazuh":{"integration":{"name":"linux","category":"security"}},"process":{"executable":"C:\\Windows\\System32\\cmd.exe","parent":{"name":"w3wp.exe"}}}`, 0},
		"of Sysmon":         {`{"Event":{"System":{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1},"EventData":{"Image":"C:\\Windows\\System32\\cmd.exe","ParentImage":"C:\\Windows\\System32\\inetsrv\\w3wp.exe"}}}`, 1},
		"of Sysmon, no":     {`{"Event":{"System":{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1},"EventData":{"Image":"C:\\Windows\\System32\\cmd.exe","ParentImage":"C:\\Windows\\explorer.exe"}}}`, 0},
	} {
		events, bad := reader.All([]byte(c.event))
		assert.Empty(t, bad, name)
		wazuh.Translate(events[0])
		assert.Len(t, set.NewSession().Feed(events[0]), c.fires, name)
	}
}

func TestWhatWazuhRefuses(t *testing.T) {
	t.Parallel()
	rule := func(parts string) string {
		return "title: t\nlogsource: {product: linux}\ndetection:\n    sel:\n        " + parts + "\n    condition: sel\nlevel: low\nstatus: test\n"
	}
	for text, want := range map[string]string{
		rule("Image: x"):               `"Image" is not in the Wazuh Common Schema; the schema calls it "process.executable"`,
		rule("process.comand_line: x"): `"process.comand_line" is not in the Wazuh Common Schema; did you mean "process.command_line"?`,
		rule("nothing.like.it: x"):     `"nothing.like.it" is not in the Wazuh Common Schema`,
		"title: t\nlogsource: {category: dns}\ndetection:\n    sel:\n        message: x\n    condition: sel\nlevel: low\nstatus: test\n": "a rule of Wazuh must have a product",
		"title: t\nlogsource: {product: linux}\ndetection:\n    sel:\n        message: x\n    condition: sel\nlevel: low\n":              "a rule of Wazuh must have a status",
		"title: t\nlogsource: {product: linux}\ndetection:\n    sel:\n        labels.site: x\n    condition: sel\nstatus: test\n":        "a rule of Wazuh must have a level",
	} {
		kept, leftOut, problems := wazuh.Prepare(parse(t, text))
		require.Len(t, problems, 1, text)
		assert.Equal(t, want, problems[0].Detail)
		assert.Equal(t, sigma.Error, problems[0].Severity)
		assert.Empty(t, kept)
		assert.Len(t, leftOut, 1)
	}
}

func TestRulesThatAreSwitchedOffAndThoseOfOthersAreLeftAlone(t *testing.T) {
	t.Parallel()
	rules := parse(t, shell+"enabled: false\n---\ntitle: t\ntaxonomy: sigma\nlogsource: {product: linux}\ndetection:\n    sel:\n        Image: x\n    condition: sel\n")
	kept, leftOut, problems := wazuh.Prepare(rules)
	require.Empty(t, problems)
	assert.Equal(t, rules[1:], kept)
	assert.Equal(t, rules[:1], leftOut)
}
