package selection_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// does is what a step does: acts of one program.
func does(acts ...effect.Act) effect.StepPlan {
	return effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/tool", Acts: acts}}}
}

var (
	mailFiles    = event.LogSource{Product: "windows", Category: "file_event"}
	billingFiles = event.LogSource{Product: "linux", Category: "file_event"}
)

// plans are two scenarios: in the first a page is written and removed on one host, another
// file on a second; the second has an ordinary day and one step.
func plans() []*plan.Plan {
	actor := plan.Actor{Name: "panda", Group: "G0027", Title: "Threat Group-3390"}
	mail := plan.Asset{Name: "mail", Place: asset.Host{Kind: asset.Kind{Name: "exchange", Platform: effect.Windows}}}
	billing := plan.Asset{Name: "billing", Place: asset.Host{Kind: asset.Kind{Name: "billing", Platform: effect.Linux}}}
	day := 24 * time.Hour
	return []*plan.Plan{
		{
			Name: "mail", Attack: attack.V19, Tags: []string{"nightly"}, Actors: []plan.Actor{actor, {Name: "other"}}, Assets: []plan.Asset{mail, billing},
			Steps: []plan.Step{
				{ID: "page", Actor: actor, Asset: "mail", Technique: "T1505.003", Effect: does(effect.Write{Path: `C:\a.aspx`})},
				{ID: "noise", Actor: plan.Actor{Name: "other"}, Asset: "mail", At: day, Technique: "T1070.004", Effect: does(effect.Write{Path: `C:\b.txt`})},
				{ID: "gone", Actor: actor, Asset: "mail", At: 2 * day, Technique: "T1070.004", Effect: does(effect.Remove{Path: `c:\A.ASPX`}), Expect: []plan.Expectation{
					{Rule: "counts", Want: verdict.Fires, Timespan: 3 * day, Sources: []event.LogSource{mailFiles}},
					{Rule: "looks", Want: verdict.Fires, Sources: []event.LogSource{mailFiles}},
				}},
				{ID: "stage", Actor: actor, Asset: "billing", At: 3 * day, After: []string{"noise"}, Technique: "T1074.001", Effect: does(effect.Write{Path: "/tmp/x"})},
			},
		},
		{
			Name: "billing", Attack: attack.V18, Actors: []plan.Actor{actor}, Assets: []plan.Asset{billing},
			Baselines: []plan.Baseline{{ID: "day", Asset: "billing"}},
			Steps:     []plan.Step{{ID: "cleared", Actor: actor, Asset: "billing", Technique: "T1070.001", Effect: does()}},
		},
	}
}

func canAsk(on plan.Asset, sources []event.LogSource) bool {
	return sources[0].Product == string(on.Place.Kind.Platform)
}

func placesOf(choice selection.Choice) (all []string) {
	for _, p := range choice.Plans {
		for _, baseline := range p.Baselines {
			all = append(all, p.Name+"/"+baseline.ID)
		}
		for _, step := range p.Steps {
			all = append(all, p.Name+"/"+step.ID)
		}
	}
	return all
}

func TestFlagsChoose(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		filter selection.Filter
		want   []string
	}{
		"a sub-technique":                      {selection.Filter{Techniques: []string{"T1505.003"}}, []string{"mail/page"}},
		"a technique with its sub-techniques":  {selection.Filter{Techniques: []string{"t1505"}}, []string{"mail/page"}},
		"a technique by another version's id":  {selection.Filter{Techniques: []string{"T1685.005"}}, []string{"billing/cleared"}},
		"a tactic by its id":                   {selection.Filter{Tactics: []string{"TA0003"}}, []string{"mail/page"}},
		"a tactic by its name":                 {selection.Filter{Tactics: []string{"Persistence"}}, []string{"mail/page"}},
		"a tag":                                {selection.Filter{Tags: []string{"nightly"}}, []string{"mail/page", "mail/noise", "mail/gone", "mail/stage"}},
		"several values are alternatives":      {selection.Filter{Steps: []string{"mail/page", "billing/*"}}, []string{"mail/page", "billing/day", "billing/cleared"}},
		"several flags must all hold":          {selection.Filter{Actors: []string{"G0027"}, Techniques: []string{"T1505", "T1070"}, Assets: []string{"billing"}}, []string{"billing/cleared"}},
		"a kind of host":                       {selection.Filter{Assets: []string{"exchange"}, Actors: []string{"panda"}, Techniques: []string{"T1505"}}, []string{"mail/page"}},
		"what a step works on comes with it":   {selection.Filter{Steps: []string{"mail/gone"}}, []string{"mail/page", "mail/gone"}},
		"what the scenario puts before a step": {selection.Filter{Steps: []string{"mail/stage"}}, []string{"mail/noise", "mail/stage"}},
		"what a changed rule is expected at": {selection.Filter{Affected: &selection.Affected{
			Rules: []plan.Rule{{ID: "looks", Sources: []event.LogSource{{Product: "macos"}}}}, CanAsk: canAsk,
		}}, []string{"mail/page", "mail/gone"}},
		"what a changed rule could be asked at": {selection.Filter{Affected: &selection.Affected{
			Rules: []plan.Rule{{ID: "new", Sources: []event.LogSource{billingFiles}}}, CanAsk: canAsk,
		}}, []string{"mail/noise", "mail/stage", "billing/day", "billing/cleared"}},
		"all of a changed scenario": {selection.Filter{Affected: &selection.Affected{Scenarios: []string{"billing"}, CanAsk: canAsk}}, []string{"billing/day", "billing/cleared"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			choice, err := test.filter.Choose(plans(), canAsk)
			require.NoError(t, err)
			assert.Equal(t, test.want, placesOf(choice))
		})
	}
}

func TestAChoiceLeavesAWholePlan(t *testing.T) {
	t.Parallel()
	choice, err := selection.Filter{Steps: []string{"mail/gone"}}.Choose(plans(), canAsk)
	require.NoError(t, err)
	assert.Equal(t, []selection.Need{{Scenario: "mail", Step: "page", For: "gone", Because: `it works on c:\A.ASPX`}}, choice.Needed)
	assert.True(t, choice.Has("mail", "gone"))
	assert.False(t, choice.Has("mail", "page"), "it was not chosen itself")
	p := choice.Plans[0]
	assert.Len(t, p.Assets, 1, "nothing is done on the other host")
	assert.Equal(t, "panda", p.Actors[0].Name)
	assert.Len(t, p.Actors, 1)
	assert.Equal(t, "a correlation may join events of steps that were not chosen: noise", p.Steps[1].Expect[0].LeftOut)
	assert.Empty(t, p.Steps[1].Expect[1].LeftOut, "a rule on one event is judged")
	assert.Empty(t, plans()[0].Steps[2].Expect[0].LeftOut)
}

func TestNoCorrelationIsJudgedOnSomeOfTheOrdinaryDays(t *testing.T) {
	t.Parallel()
	all := plans()
	all[1].Baselines = append(all[1].Baselines, plan.Baseline{ID: "night", Asset: "billing", Expect: []plan.Expectation{{Rule: "counts", Timespan: time.Hour}, {Rule: "looks"}}})
	choice, err := selection.Filter{Steps: []string{"billing/night"}}.Choose(all, canAsk)
	require.NoError(t, err)
	night := choice.Plans[0].Baselines[0]
	assert.Equal(t, "a correlation may join events of ordinary days that were not chosen: day", night.LeftOut)
	assert.Equal(t, night.LeftOut, night.Expect[0].LeftOut)
	assert.Empty(t, night.Expect[1].LeftOut)
	choice, err = selection.Filter{Steps: []string{"billing/[dn]*"}}.Choose(all, canAsk)
	require.NoError(t, err)
	assert.Empty(t, choice.Plans[0].Baselines[0].LeftOut, "all days are performed")
}

func TestWhatChoosesNothingNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		filter selection.Filter
		want   string
	}{
		"a slip of the hand":              {selection.Filter{Techniques: []string{"T1505.03"}}, `--technique T1505.03 chooses nothing of the 6 steps and ordinary days that were read: did you mean "T1505.003"?`},
		"a technique that is elsewhere":   {selection.Filter{Techniques: []string{"T1190"}}, "--technique T1190 (Exploit Public-Facing Application) chooses nothing of the 6 steps and ordinary days that were read: there are T1070.001, T1070.004, T1074.001, T1505.003"},
		"a pattern without a scenario":    {selection.Filter{Steps: []string{"gone"}}, `--step cannot be "gone": expected SCENARIO/STEP, where * stands for any text, such as 'overlap/*_emptied'`},
		"a pattern that is none":          {selection.Filter{Steps: []string{"mail/["}}, `--step cannot be "mail/[": expected SCENARIO/STEP, where * stands for any text, such as 'overlap/*_emptied'`},
		"flags with nothing in common":    {selection.Filter{Tags: []string{"nightly"}, Steps: []string{"billing/*"}}, "nothing is chosen of the 6 steps and ordinary days that were read: --tag nightly alone chooses 4, --step billing/* alone chooses 2"},
		"files that are no part of it":    {selection.Filter{Affected: &selection.Affected{Files: []string{"README.md"}, Unrelated: []string{"README.md"}, CanAsk: canAsk}}, "nothing is chosen of the 6 steps and ordinary days that were read: none of the changed files is a rule that is loaded or part of a scenario that was read: README.md; --rules takes in rules of your own"},
		"no file at all":                  {selection.Filter{Affected: &selection.Affected{CanAsk: canAsk}}, "nothing is chosen of the 6 steps and ordinary days that were read: no file changed"},
		"a tag where no scenario has one": {selection.Filter{Tags: []string{"x"}, Steps: []string{"billing/day"}}, `--tag x chooses nothing of the 6 steps and ordinary days that were read: there are nightly`},
	} {
		_, err := test.filter.Choose(plans(), canAsk)
		assert.EqualError(t, err, test.want, name)
	}
}

func TestAllIsChosenByNothing(t *testing.T) {
	t.Parallel()
	all := plans()
	choice, err := selection.Filter{}.Choose(all, canAsk)
	require.NoError(t, err)
	assert.Equal(t, all, choice.Plans)
	assert.True(t, selection.Filter{}.IsZero())
}
