package behaviour_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// quoted is a text as HCL has it in quotes. One that is not UTF-8 is as it is; one that is
// long is made by an expression where there may be one, as reading it takes longest.
func quoted(text string, expression bool) string {
	const piece = 256
	if letters := strings.Repeat("A", len(text)/piece); expression && len(letters) > 1 && text == strings.Repeat("A", len(letters)*piece) {
		return `replace("` + letters + `", "A", "` + strings.Repeat("A", piece) + `")`
	}
	if !utf8.ValidString(text) {
		return `"` + text + `"`
	}
	return string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes())
}

// planOf is what a library comes to on a host.
type planOf struct {
	Host asset.Host
	Plan effect.StepPlan
}

// plannedLibrary reads a library as `validate` does and plans all that is in it. Diagnostics say
// why it is refused.
func plannedLibrary(name, text string) ([]planOf, hcl.Diagnostics) {
	file, problems := bounded.Parse(name, []byte(text))
	if problems.HasErrors() {
		return nil, problems
	}
	library, problems := behaviour.ReadSource(behaviour.Source{Name: "sample", Files: []*hcl.File{file}})
	problems = append(problems, library.Check()...)
	if problems.HasErrors() {
		return nil, problems
	}
	var all []planOf
	for _, kind := range library.Kinds() {
		host := asset.Host{Kind: kind, Hostname: kind.Hostname}
		for _, b := range library.Behaviours() {
			plan, wrong := b.Plan(host, nil)
			problems = append(problems, wrong...)
			all = append(all, planOf{host, plan})
		}
		for _, day := range library.Baselines() {
			plan, wrong := day.Plan(host)
			problems = append(problems, wrong...)
			all = append(all, planOf{host, plan})
		}
	}
	return all, problems
}

// soundSpot is a spot on a platform on which its file is sound as long as it has a sample
// there, and what that file comes to.
type soundSpot struct {
	spot
	on    effect.Platform
	usual string
}

// sound are the platforms of a spot: the first on which its file is sound, and the other
// one too if a sample is another there or is split into words there.
func (s spot) sound(t *testing.T) []soundSpot {
	t.Helper()
	var all []soundSpot
	var why hcl.Diagnostics
	for _, on := range []effect.Platform{effect.Windows, effect.Linux} {
		if len(all) > 0 && s.sample(effect.Windows) == s.sample(effect.Linux) && s.name != "command" && s.name != "argv" {
			continue
		}
		plans, problems := plannedLibrary("sample.hcl", s.file(on, ""))
		if len(plans) > 0 && !problems.HasErrors() {
			all = append(all, soundSpot{s, on, planText(t, plans)})
		}
		why = append(why, problems...)
	}
	require.NotEmpty(t, all, "%s: %s\n%s", s.key(), why, s.file(effect.Linux, ""))
	return all
}

// patience is how long a library of a hostile text may take. It ends a test that would
// otherwise not end: nothing here needs a thousandth of it.
const patience = 2 * time.Minute

// maxPlan is the most that a plan with a hostile text in it may come to.
const maxPlan = 1 << 20

// outcome is how often a text at a spot was refused and how often it was performed.
// It is neither where the file comes to the same as with the sample.
type outcome struct{ refused, performed int }

type outcomes struct {
	sync.Mutex
	of map[string]outcome
}

func (o *outcomes) add(key string, more outcome) {
	o.Lock()
	defer o.Unlock()
	before := o.of[key]
	o.of[key] = outcome{before.refused + more.refused, before.performed + more.performed}
}

// Whatever text is in whatever attribute or label of whatever block: the library is
// refused with the place of the mistake, or what it does stays in the asset's own tree.
// The blocks and their attributes are those of the language itself, so that a new act is
// tried as well.
func TestNoTextOfALibraryLeavesTheAsset(t *testing.T) {
	t.Parallel()
	var spots []soundSpot
	for _, s := range everySpot() {
		spots = append(spots, s.sound(t)...)
	}
	all := outcomes{of: map[string]outcome{}}
	t.Run("texts", func(t *testing.T) {
		for i, text := range hostile {
			if testing.Short() && i%16 != 0 {
				continue
			}
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				for _, s := range spots {
					all.add(s.key(), s.try(t, text))
				}
			})
		}
	})
	assert.ElementsMatch(t, everyKey(), slices.Collect(maps.Keys(all.of)), "each attribute is tried")
	refused, performed, acts := 0, 0, map[string]int{}
	for _, of := range all.of {
		refused, performed = refused+of.refused, performed+of.performed
	}
	assert.Greater(t, refused, 500)
	assert.Greater(t, performed, 100)
	for _, s := range spots {
		if s.block().IsAct() && !testing.Short() {
			acts[s.block().Name] += all.of[s.key()].performed
		}
	}
	for act, performed := range acts {
		assert.Positive(t, performed, "%s: every text is refused", act)
	}
	t.Logf("%d attributes and labels: %d texts refused, %d performed", len(all.of), refused, performed)
}

// try reads, plans and performs the library with a text at the spot.
func (s soundSpot) try(t *testing.T, text string) outcome {
	t.Helper()
	given := fmt.Sprintf("%s on %s: %.200q", s.key(), s.on, text)
	return tried(t, s.on, s.file(s.on, quoted(text, !strings.HasPrefix(s.name, "label"))), s.usual, text, given)
}

// tried reads, plans and performs a library with a text in it; usual is what it comes to
// without.
func tried(t *testing.T, on effect.Platform, file, usual, text, given string) (is outcome) {
	t.Helper()
	var plans []planOf
	var problems hcl.Diagnostics
	within(t, given, func() { plans, problems = plannedLibrary("sample.hcl", file) })
	if problems.HasErrors() {
		for _, problem := range problems {
			if assert.NotNil(t, problem.Subject, "%s: %s", given, problem) {
				assert.Equal(t, "sample.hcl", problem.Subject.Filename, "%s: %s", given, problem)
				assert.Positive(t, problem.Subject.Start.Line, "%s: %s", given, problem)
			}
		}
		is.refused++
		return is
	}
	came := planText(t, plans)
	assert.Less(t, len(came), maxPlan, given)
	if came == usual {
		return is
	}
	words := append(strings.Fields(text), text, "sample")
	for _, p := range plans {
		staysInside(t, on, p.Host.Kind.Files, p.Plan, words, given)
	}
	is.performed++
	return is
}

// within does something that must end, and must not panic.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		assert.NotPanics(t, do, what)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		require.NoError(t, ctx.Err(), what)
	}
}

// everyKey are all attributes and labels of the language, by block.
func everyKey() []string {
	keys := map[string]bool{}
	seen := map[*behaviour.Block]bool{}
	var walk func([]*behaviour.Block)
	walk = func(blocks []*behaviour.Block) {
		for _, block := range blocks {
			if seen[block] {
				continue
			}
			seen[block] = true
			for _, name := range block.AttributeNames() {
				keys[block.Name+"."+name] = true
			}
			for i := range block.Labels {
				keys[fmt.Sprintf("%s.label %d", block.Name, i)] = true
			}
			if block.Any {
				keys[block.Name+".place"] = true
			}
			if block.Blocks != nil {
				walk(block.Blocks())
			}
		}
	}
	walk(behaviour.Blocks())
	return slices.Sorted(maps.Keys(keys))
}

// The folder of a template is an act or a part of a host, by what the template is of.
func TestAFolderInATemplateOfProcessesIsAnAct(t *testing.T) {
	t.Parallel()
	file := everySpot()[0].file(effect.Linux, "") + `
template "process" "maker" {
  image = "/bin/mkdir"
  folder {
    path   = "/srv/made"
    proven = false
  }
}
`
	_, problems := plannedLibrary("sample.hcl", file)
	assert.Empty(t, problems)
}
