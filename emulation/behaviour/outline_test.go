package behaviour_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/scenarios"
)

// couldBe reports whether one of some texts stands for another: what cannot be told in it
// can be anything.
func couldBe(texts []string, is string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		parts := regexp.MustCompile(`\$\{[^}]*\}`).Split(text, -1)
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		return regexp.MustCompile("(?is)^" + strings.Join(parts, ".*") + "$").MatchString(is)
	})
}

// names reports whether an outline has an act that names a place, or that of which the
// place is made: a task's or service's name, a channel, a key with a value.
func names(o behaviour.Outline, place string) bool {
	return slices.ContainsFunc(o.Acts, func(act behaviour.OutlinedAct) bool {
		var all [][]string
		for _, attribute := range act.Attributes {
			if couldBe(attribute.Values, place) {
				return true
			}
			all = append(all, attribute.Values)
		}
		switch act.Kind {
		case "directory_entry", "directory_change":
			return strings.HasPrefix(place, `C:\Windows\NTDS\`)
		case "session":
			return place == artifact.SessionsFile
		case "write", "append", "copy", "move", "remove", "truncate", "folder", "mode", "symlink", "times", "make_key", "delete_key", "rename_key", "export", "given":
			return false
		}
		return slices.ContainsFunc(all, func(values []string) bool {
			return slices.ContainsFunc(values, func(value string) bool {
				part, _, _ := strings.Cut(value, "${")
				return part == "" || strings.Contains(strings.ToLower(place), strings.ToLower(strings.ReplaceAll(part, "/", "%4")))
			})
		})
	})
}

// Whatever a behaviour does by default stands in its outline: no program and no place is
// missing from what somebody allows.
func TestAnOutlineHasWhateverIsPlanned(t *testing.T) {
	t.Parallel()
	library, places := scenarios.Library(), 0
	check := func(t *testing.T, outline behaviour.Outline, plan effect.StepPlan) {
		for _, process := range plan.AllProcesses() {
			assert.True(t, slices.ContainsFunc(outline.Programs, func(p behaviour.OutlinedProgram) bool { return couldBe(p.Image, process.Image) }), process.Image)
			for _, act := range process.Acts {
				if _, starts := act.(effect.Run); starts {
					continue
				}
				if _, signals := act.(effect.Access); signals {
					continue
				}
				for _, place := range act.Touches() {
					places++
					assert.True(t, names(outline, place), place)
				}
			}
		}
	}
	for _, b := range library.Behaviours() {
		t.Run(b.Name, func(t *testing.T) {
			outline := b.Outline()
			for _, name := range b.Assets {
				kind, _ := library.Kind(name)
				plan, problems := b.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname}, nil)
				if !problems.HasErrors() { // an argument may be required
					check(t, outline, plan)
				}
			}
		})
	}
	for _, day := range library.Baselines() {
		for _, name := range day.Assets {
			kind, _ := library.Kind(name)
			for _, activity := range day.On(kind) {
				plan, problems := activity.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname})
				require.Empty(t, problems)
				check(t, activity.Outline(), plan)
			}
		}
	}
	assert.Greater(t, places, 500)
}

const outlined = `
template "process" "teller" {
  argument "file" {}
  argument "mode" {
    default = "0600"
  }
  image = "/usr/bin/teller"
  user  = host.accounts.admin
  write {
    path    = "${with.file}.log"
    content = inert("x")
    mode    = with.mode
  }
}

behaviour "example" {
  platform = linux
  hosts    = ["billing", "web"]
  summary  = "an example"
  source   = "none"

  argument "name" {
    like    = "*"
    default = "x"
  }
  argument "way" {
    one_of  = ["a", "b"]
    default = "a"
  }
  argument "on" {
    type    = bool
    default = false
  }

  locals {
    folder = "/srv/${arg.way}"
    odd    = upper(arg.name)
  }

  given {
    path = "/etc/before"
  }
  process "first" {
    extends = template.teller
    with    = { file = "${local.folder}/${arg.name}" }
    command = arg.name == "root" ? "first --root" : "first ${local.odd}"

    group {
      when = arg.on
      remove {
        for_each = ["/one", "/two"]
        path     = each.value
      }
      dynamic "truncate" {
        for_each = [arg.name]
        content {
          path = "/srv/${truncate.value}"
        }
      }
    }
    connect {
      port = arg.on ? 443 : 80
      to   = { address = "198.51.100.7", name = arg.name }
    }
  }
}
`

// What would take exponential time, or never end, ends.
func TestAnOutlineOfWhatReferToItselfEnds(t *testing.T) {
	t.Parallel()
	var locals strings.Builder
	for i := range 60 {
		fmt.Fprintf(&locals, "l%d = \"${local.l%d}${local.l%d}\"\n", i, i+1, i+1)
	}
	text := "template \"process\" \"loop\" {\nimage = \"/a\"\n" + strings.Repeat("process \"p\" {\nextends = template.loop\n}\n", 9) + "}\n" + `behaviour "example" {
  platform = linux
  hosts    = ["web"]
  summary  = "an example"
  source   = "none"

  argument "name" {
    like    = "*"
    default = "x"
  }
  locals {
` + locals.String() + `    l60 = arg.name
  }
  process "p" {
    extends = template.loop
    remove {
      path = "/srv/${local.l0}"
    }
  }
}
`
	file, problems := behaviour.Parse("example.hcl", []byte(text))
	require.Empty(t, problems)
	library, _ := behaviour.ReadSource(behaviour.Source{Name: "example", Files: []*hcl.File{file}, Uses: []*behaviour.Library{scenarios.Library()}})
	b, ok := library.Behaviour("example")
	require.True(t, ok)
	started := time.Now()
	o := b.Outline()
	assert.Less(t, time.Since(started), 10*time.Second)
	assert.True(t, o.Cut)
	assert.LessOrEqual(t, len(o.Programs), 5000)
}

func TestAnOutlineTellsEachValueThatThereCanBe(t *testing.T) {
	t.Parallel()
	file, problems := behaviour.Parse("example.hcl", []byte(outlined))
	require.Empty(t, problems)
	library, problems := behaviour.ReadSource(behaviour.Source{Name: "example", Files: []*hcl.File{file}, Uses: []*behaviour.Library{scenarios.Library()}})
	require.Empty(t, problems)
	b, ok := library.Behaviour("example")
	require.True(t, ok)
	o := b.Outline()
	require.Len(t, o.Programs, 1)
	assert.Equal(t, []string{"/usr/bin/teller"}, o.Programs[0].Image)
	assert.Equal(t, []string{"root"}, o.Programs[0].User)
	assert.Equal(t, []string{"first --root", "first ${arg.name}"}, o.Programs[0].Command)
	got := map[string]map[string][]string{}
	for _, act := range o.Acts {
		values := map[string][]string{}
		for _, attribute := range act.Attributes {
			if attribute.Name != "content" {
				values[attribute.Name] = attribute.Values
			}
		}
		got[act.Kind] = values
	}
	assert.Equal(t, map[string]map[string][]string{
		"given":    {"path": {"/etc/before"}},
		"write":    {"path": {"/srv/a/${arg.name}.log", "/srv/b/${arg.name}.log"}, "mode": {"0600"}},
		"remove":   {"path": {"/one", "/two"}},
		"truncate": {"path": {"/srv/${truncate.value}"}},
		"connect":  {"port": {"80", "443"}, "to": {"198.51.100.7 ${arg.name}"}},
	}, got)
}
