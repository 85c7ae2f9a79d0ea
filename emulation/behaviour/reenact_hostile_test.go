package behaviour_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// hostile are texts that would do something if anything took them for more than
// text.
var hostile = []string{
	"$(touch /tmp/escaped)", "`touch /tmp/escaped`", "; touch /tmp/escaped", "| sh", "&& touch /tmp/escaped", "${HOME}", "%TEMP%\\x",
	"a\nb", "a\r\nb", "a\x00b", "\xff\xfe", "-rf", "~", "#!/bin/sh\ntouch /tmp/escaped", "#!/ringer agent\n",
	strings.Repeat("A", 128<<10), strings.Repeat("A", 300), `C:\` + strings.Repeat(`a\`, 600) + "b",
	"/tmp/escaped", artifact.PasswdFile, "../../../../tmp/escaped", `..\..\..\..\tmp\escaped`, "C:/../../tmp/escaped",
	`C:\..\..\..\tmp\escaped`, `C:\a\..\..\..\..\tmp\escaped`, `C:\a/../../../../tmp/escaped`, `C:\..`, `C:\.`, `C:\`, `C:`,
	`\\host\..\..\..\tmp\escaped`, `\\?\C:\..\..\..\tmp\escaped`, `\\.\pipe\..\..\..\tmp\escaped`, `\Device\..\..\..\tmp\escaped`,
	`HKLM\..\..\..\tmp\escaped`, `HKLM\a\..\..\..\..\b`, "HKLM", `HKLM\`, `HKLM\a/../../../../tmp\escaped`, `\REGISTRY\..\..\..\tmp\escaped`, `\`, `\\`, `\\.\pipe\`, "System",
	`\..\..\tmp\escaped`, "Security/../../../escaped", "..", "a/../../b",
}

// textField is one text of a behaviour's arguments, also of an object's or of a map.
type textField struct {
	behaviour.Argument
	path []string
	// named is that it is the name of a map's text.
	named bool
}

func (f textField) String() string { return fmt.Sprint(strings.Join(f.path, "."), " ", f.named) }

// among reports whether it is one of some fields.
func (f textField) among(fields []textField) bool {
	return slices.ContainsFunc(fields, func(other textField) bool { return other.String() == f.String() })
}

// textFields are all texts of some arguments.
func textFields(arguments []behaviour.Argument, above ...string) []textField {
	var all []textField
	for _, arg := range arguments {
		field := textField{Argument: arg, path: append(slices.Clone(above), arg.Name)}
		switch arg.Type {
		case "string", "list(string)":
			all = append(all, field)
		case "map(string)":
			all = append(all, field, textField{field.Argument, field.path, true})
		case "object":
			all = append(all, textFields(arg.Arguments, field.path...)...)
		}
	}
	return all
}

// in puts a text into arguments.
func (f textField) in(given map[string]any, text string) {
	for _, name := range f.path[:len(f.path)-1] {
		inner, _ := given[name].(map[string]any)
		given[name] = maps.Clone(inner)
		if inner == nil {
			given[name] = map[string]any{}
		}
		given = given[name].(map[string]any)
	}
	switch {
	case f.named:
		given[f.Name] = map[string]string{text: "a"}
	case f.Type == "map(string)":
		given[f.Name] = map[string]string{"a": text}
	case f.Type == "list(string)":
		given[f.Name] = []string{text}
	default:
		given[f.Name] = text
	}
}

// probe is a text that the field's form lets through and that is found again in a plan;
// none is that there is no such text.
func (f textField) probe(on effect.Platform, number int) string {
	text := fmt.Sprintf("probe%dx", number)
	switch f.Form {
	case "path":
		if on == effect.Linux {
			return "/" + text
		}
		return `C:\` + text
	case "key":
		return `HKLM\SOFTWARE\` + text
	case "address":
		return fmt.Sprintf("192.0.2.%d", number)
	case "time":
		return fmt.Sprintf("20%02d-01-01T00:00:00Z", number)
	case "mode", "": // bits, and words of a list
		return ""
	}
	return text
}

// reenactment is a behaviour that does one act on its own, on a host, and what each act
// comes to where nothing is chosen but a process above it, another one, and two hosts.
type reenactment struct {
	behaviour.Behaviour
	place  asset.Host
	fields []textField
	usual  map[string]string
}

func newReenactment(t *testing.T, name, host string) reenactment {
	t.Helper()
	reenact, ok := scenarios.Library().Behaviour(name)
	require.True(t, ok)
	kind, ok := scenarios.Library().Kind(host)
	require.True(t, ok)
	r := reenactment{reenact, asset.Host{Kind: kind, Hostname: kind.Hostname}, textFields(reenact.Arguments), map[string]string{}}
	for _, act := range reenact.Arguments[0].OneOf {
		r.usual[act] = planText(t, labtest.Planned(t, reenact, r.place, r.given(act)))
	}
	return r
}

func (r reenactment) given(act string) map[string]any {
	end := map[string]any{"address": "192.0.2.250"}
	given := map[string]any{
		"act": act, "network": map[string]any{"to": end, "from": end},
		"parent": map[string]any{"image": `C:\Windows\explorer.exe`}, "target": map[string]any{"image": `C:\Windows\System32\lsass.exe`},
	}
	if r.Platform == effect.Linux {
		given["parent"], given["target"] = map[string]any{"image": "/usr/bin/bash"}, map[string]any{"image": "/usr/bin/sleep"}
	}
	return given
}

// both does something with the behaviour of each platform.
func both(t *testing.T, do func(*testing.T, reenactment)) {
	t.Helper()
	for name, host := range map[string]string{"reenact": "audited_host", "reenact_linux": "billing"} {
		t.Run(name, func(t *testing.T) { do(t, newReenactment(t, name, host)) })
	}
}

// looked are the fields that each act looks at: those whose probe is in its plan where
// every field has one, and those that take no probe.
func (r reenactment) looked(t *testing.T) map[string][]textField {
	t.Helper()
	looked := map[string][]textField{}
	for act := range r.usual {
		given := r.given(act)
		for i, field := range r.fields {
			if probe := field.probe(r.Platform, i); probe != "" && !field.named {
				field.in(given, probe)
			}
		}
		var plan any
		require.NoError(t, json.Unmarshal([]byte(planText(t, labtest.Planned(t, r.Behaviour, r.place, given))), &plan))
		text := fmt.Sprint(asText(t, plan))
		for i, field := range r.fields {
			if field.named {
				i-- // the field before has the map's text
			}
			if strings.Contains(text, field.probe(r.Platform, i)) {
				looked[act] = append(looked[act], field)
			}
		}
	}
	return looked
}

// Whatever text is in whatever field: it is refused, or everything that the act
// makes lies in the asset's own tree, and the text is an argument of a stand-in
// that ignores it, a name or a content. No shell is there to get it.
func TestNoTextOfAReenactmentLeavesTheAsset(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, r reenactment) {
		looked := r.looked(t)
		var refused, performed atomic.Int64
		t.Run("texts", func(t *testing.T) {
			for i, text := range hostile {
				if testing.Short() && i%8 != 0 {
					continue
				}
				t.Run(fmt.Sprint(i), func(t *testing.T) {
					t.Parallel()
					r.try(t, looked, text, &refused, &performed)
				})
			}
		})
		assert.Greater(t, refused.Load(), int64(100))
		assert.Greater(t, performed.Load(), int64(100))
	})
}

// try puts a text into every field that an act looks at, of every act.
func (r reenactment) try(t *testing.T, looked map[string][]textField, text string, refused, performed *atomic.Int64) {
	t.Helper()
	words := append(strings.Fields(text), text, "-n", "-iNONE") // the log daemon's
	one := func(act string, fields ...textField) bool {
		given := r.given(act)
		for _, field := range fields {
			field.in(given, text)
		}
		plan, problems := r.Plan(r.place, given)
		if problems.HasErrors() {
			refused.Add(1)
			return false
		}
		staysInside(t, r.Platform, nil, plan, words, given)
		performed.Add(1)
		return true
	}
	// What all acts look at says who does it. One act is tried with each such field, the
	// others with all of those that were not refused.
	var common []textField
	for _, field := range looked["start"] {
		if one("start", field) {
			common = append(common, field)
		}
	}
	for act := range r.usual {
		one(act, common...)
		for _, field := range looked[act] {
			if !field.among(looked["start"]) {
				one(act, field)
			}
		}
	}
}

// What was learnt of the fields that an act looks at is true: a text in any other leaves
// its plan as it is.
func TestAReenactmentLooksAtTheFieldsThatShowInItsPlan(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, r reenactment) {
		text := map[effect.Platform]string{effect.Windows: "System", effect.Linux: "/tmp/escaped"}[r.Platform]
		looked, others := r.looked(t), 0
		for act, usual := range r.usual {
			for _, field := range looked["start"] {
				assert.True(t, field.among(looked[act]), "%s does not look at %s", act, field)
			}
			for _, field := range r.fields {
				if field.among(looked[act]) {
					continue
				}
				given := r.given(act)
				field.in(given, text)
				if plan, problems := r.Plan(r.place, given); !problems.HasErrors() {
					assert.Equal(t, usual, planText(t, plan), "%s looks at %s", act, field)
					others++
				}
			}
		}
		assert.Greater(t, others, 100)
	})
}

func planText(t *testing.T, plan any) string {
	t.Helper()
	text, err := json.Marshal(plan)
	require.NoError(t, err)
	return string(text)
}
