package sigma_test

import (
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

const exampleRule = `title: Shell started by a web server
id: 0f3d1d0e-6b6b-4a5e-9d34-2d2b1c0f7a11
name: web_shell
logsource:
    product: linux
    category: process_creation
detection:
    parent:
        ParentImage|endswith:
            - /nginx
            - /httpd
    shell:
        Image|endswith: /sh
    condition: parent and shell
level: high
`

func Example() {
	rules, problems := sigma.Parse("web_shell.yml", []byte(exampleRule))
	set, more := sigma.Compile(rules)
	fmt.Println(len(problems), len(more))

	ev := &logevent.Event{
		LogSources: []logevent.LogSource{{Product: "linux", Category: "process_creation"}},
		Fields:     map[string]any{"Image": "/bin/sh", "ParentImage": "/usr/sbin/nginx"},
	}
	for _, r := range set.Match(ev, nil) {
		fmt.Println(r.Level, r.Title)
	}
	// Output:
	// 0 0
	// high Shell started by a web server
}

// A misspelt modifier costs the rule, and the problem says where and why.
func ExampleParse() {
	_, problems := sigma.Parse("rule.yml", []byte(`title: Misspelt
logsource:
    product: linux
detection:
    sel:
        Image|endwith: /sh
    condition: sel
`))
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// rule.yml:6:9: error: Unknown modifier: "endwith" is not a modifier; did you mean "endswith"? [Modifiers]
}

func ExampleLint() {
	rules, _ := sigma.Parse("never_meets_anything.yml", []byte(`title: Never
logsource:
    product: linux
    category: process_creation
detection:
    a:
        Image: /bin/sh
    b:
        Image: /bin/bash
    condition: a and b
`))
	for _, p := range sigma.Lint(rules, nil) {
		fmt.Println(p)
	}
	// Output:
	// never_meets_anything.yml:10:16: warning: Condition can never match: its parts contradict each other [Rules: Condition]
}

// A session correlates in event time, in whatever order events arrive.
func ExampleSession() {
	rules, _ := sigma.Parse("rules.yml", []byte(exampleRule+`---
title: Several shells within a minute
correlation:
    type: event_count
    rules: [web_shell]
    group-by: [Host]
    timespan: 1m
    condition:
        gte: 3
`))
	set, _ := sigma.Compile(rules)
	session := set.NewSession()
	start := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, seconds := range []int{0, 50, 20} {
		alerts := session.Feed(&logevent.Event{
			Time:   start.Add(time.Duration(seconds) * time.Second),
			Fields: map[string]any{"Image": "/bin/sh", "ParentImage": "/usr/sbin/nginx", "Host": "web1"},
		})
		for _, a := range alerts {
			fmt.Println(a.Rule.Title, a.Events, a.Group["Host"])
		}
	}
	fmt.Println(len(session.Close()))
	// Output:
	// Several shells within a minute [0 2 1] web1
	// 0
}

func ExampleSet_Explain() {
	rules, _ := sigma.Parse("web_shell.yml", []byte(exampleRule))
	set, _ := sigma.Compile(rules)
	rule, _ := set.Rule("web_shell")
	fmt.Print(set.Explain(rule, &logevent.Event{Fields: map[string]any{"Image": "/bin/sh", "ParentImage": "/usr/sbin/cron"}}))
	// Output:
	// ✗ Shell started by a web server: does not match
	//   condition: parent and shell
	// ✗ all of
	//   ✗ parent: ParentImage|endswith (any of)
	//       is "/usr/sbin/cron"
	//     ✗ ends with "/nginx"
	//     ✗ ends with "/httpd"
	//   ✓ shell: Image ends with "/sh"
	//       is "/bin/sh"
	// To match:
	//   - ParentImage must end with "/nginx" or "/httpd"
}

// Each mutant of a rule alters one part of it.
func ExampleMutants() {
	rules, _ := sigma.Parse("rule.yml", []byte(exampleRule))
	for _, m := range sigma.Mutants(rules[0])[:2] {
		fmt.Printf("line %d: %s: %s\n", m.Line, m.Operator, m.Before)
	}
	// Output:
	// line 10: value_dropped: ParentImage|endswith: '/nginx'
	// line 11: value_dropped: ParentImage|endswith: '/httpd'
}
