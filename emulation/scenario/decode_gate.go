package scenario

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/gocty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
	"github.com/ringer-lab/ringer/emulation/threshold"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Gate is what a run is held to.
type Gate struct {
	Name Identifier
	threshold.Set
	Range hcl.Range
}

var gateBlock = &schema.Block{
	Name:   "gate",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which reports and `--gate` refer to it"}},
	Doc: "Says how much of what a run shows may be otherwise than expected, for a pipeline that is to fail for the right reason. A run must pass every gate of its files, or those that `--gate` names; a part of a run, of chosen steps or a shard, those that are named. " +
		"It exits with 1 if it does not, and says of each bound that it does not keep what, where and what to do. What no gate bounds fails a run as without one. " +
		"A bound that cannot be judged, as nothing was measured, is not kept. A file of nothing but gates is for any scenario, see [files].",
	Example: `
gate "main" {
  max_missed         = 0
  max_false_alarms   = { high = 0, medium = 3 }
  min_coverage       = { techniques = 0.5, rules = 0.8 }
  min_mutation_score = 0.85
  max_expired_gaps   = 0
  max_flakes         = 0
}

gate "pull_request" {
  baseline = "main.ringer"
}

gate "nightly" {
  fail_on = ["missed", "false_alarm", "no_effect", "not_asked"]
}
`,
	Attributes: []schema.Attribute{
		{Name: "max_missed", Type: schema.Whole, Default: "none may be, unless `baseline` says otherwise", Doc: "How many expectations may be missed: their rule must fire and did not."},
		{Name: "max_false_alarms", Type: schema.Counts, Choices: levelChoices, Default: "none may be where silence is expected; other alerts are reported",
			Doc: "How many false alarms there may be, by the level of their rules. A false alarm is an alert of a rule that must be silent, or any alert on an ordinary day. " +
				"A level that is not named counts with the next lower one that is; a rule without a level counts with the lowest named."},
		{Name: "min_coverage", Type: schema.Shares, Choices: []schema.Choice{
			{Name: threshold.Techniques, Doc: "Of the techniques that were performed, those of which a rule detects a step."},
			{Name: threshold.Rules, Doc: "Of the rules of `--rules`, or of all without that, those that were seen to fire on a step."},
		}, Doc: "The least shares of what is covered."},
		{Name: "min_mutation_score", Type: schema.Share, Doc: "The least share of altered rules that an expectation tells from the rule, as `ringer mutate` measures it."},
		{Name: "max_expired_gaps", Type: schema.Whole, Default: "0", Doc: "How many known gaps may be past their day and still open: see [known_gap]."},
		{Name: "max_flakes", Type: schema.Whole, Default: "0 with `--repeat`", Doc: "How many expectations may have different verdicts when the scenarios are performed several times, as `--repeat N` has them."},
		{Name: "fail_on", Type: schema.Strings, Default: "`missed`, `false_alarm` and `no_effect`, as far as no other bound is about them", Doc: "The verdicts that no expectation may have, such as `not_asked` or `skipped`, whatever a baseline has; any other fails nothing."},
		{Name: "baseline", Type: schema.String, Doc: "An earlier run, since which nothing may have got worse: the path of a recording or of a result (`ringer run --json`), from this file's folder. " +
			"What was already so then fails nothing. A rule that was not there then and was never seen to fire is named as untested, and fails nothing."},
	},
}

var levelChoices = func() []schema.Choice {
	var choices []schema.Choice
	for _, level := range threshold.Levels() {
		choices = append(choices, schema.Choice{Name: level, Doc: "Rules of this level, and those above it that have no number of their own."})
	}
	return choices
}()

func (d *decoder) decodeGate(block *hcl.Block) Gate {
	before := d.ErrorCount()
	out := Gate{Name: d.declareName("gate", block, 0), Range: block.DefRange}
	c := d.decodeBlock(block, gateBlock)
	out.MaxMissed, out.MaxExpiredGaps, out.MaxFlakes = d.bound(c, "max_missed"), d.bound(c, "max_expired_gaps"), d.bound(c, "max_flakes")
	out.MaxFalseAlarms, _ = value[map[string]int](c, "max_false_alarms")
	out.MinCoverage, _ = value[map[string]float64](c, "min_coverage")
	if score, ok := value[float64](c, "min_mutation_score"); ok {
		out.MinMutationScore = &score
	}
	out.Baseline, _ = value[string](c, "baseline")
	names, _ := value[[]string](c, "fail_on")
	for _, name := range names {
		var v verdict.Verdict
		if v.UnmarshalText([]byte(name)) == nil {
			out.FailOn = append(out.FailOn, v)
			continue
		}
		var known []string
		for _, v := range verdict.All() {
			known = append(known, v.String())
		}
		d.Errorf(diagnostic.AtValue(c.Attributes["fail_on"]), "Unknown verdict", "There is no verdict %q. %s", name, diagnostic.Suggest(name, known))
	}
	d.checkFailOn(c, out)
	if out.IsZero() && d.ErrorCount() == before {
		d.Warnf(diagnostic.AtBlock(block), "Nothing is bounded", "The gate %q has no bound, so every run passes it as far as it would without. Give it one, such as max_missed = 0.", out.Name.Text)
	}
	return out
}

// checkFailOn reports a verdict that must not be and of which another bound allows some.
func (d *decoder) checkFailOn(c content, gate Gate) {
	for _, v := range gate.FailOn {
		other := map[verdict.Verdict]string{verdict.Missed: "max_missed", verdict.FalseAlarm: "max_false_alarms"}[v]
		if attr := c.Attributes[other]; attr != nil {
			d.Errorf(diagnostic.AtValue(c.Attributes["fail_on"]), "Contradicting bounds", "No expectation may be %q by this, and %s says how many may (%s). Keep one of them.",
				strings.ReplaceAll(v.String(), "_", " "), other, diagnostic.FileLine(attr.Range))
		}
	}
}

// bound is a whole number that is not negative; nil if there is none.
func (d *decoder) bound(c content, name string) *int {
	n, ok := value[int](c, name)
	switch {
	case !ok:
		return nil
	case n < 0:
		d.Errorf(diagnostic.AtValue(c.Attributes[name]), "Invalid number", "%q is %d; expected 0 or more.", name, n)
		return nil
	}
	return &n
}

// numbersValue reads an object that has numbers by some of those names.
func numbersValue[T any](d *decoder, attr *hcl.Attribute, names []string, want string, number func(cty.Value) (T, bool)) (map[string]T, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return nil, false
	}
	if !got.Type().IsObjectType() && !got.Type().IsMapType() || got.LengthInt() == 0 {
		d.reportWrongType(attr, got, "an object such as { "+names[len(names)-1]+" = 0 }")
		return nil, false
	}
	out := map[string]T{}
	for it := got.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		n, is := number(element)
		switch {
		case !slices.Contains(names, name):
			d.Errorf(diagnostic.AtValue(attr), "Unknown name", "%q cannot have %q. %s", attr.Name, name, diagnostic.Suggest(name, names))
			ok = false
		case !is:
			d.Errorf(diagnostic.AtValue(attr), "Invalid number", "%s in %q must be %s.", name, attr.Name, want)
			ok = false
		}
		out[name] = n
	}
	return out, ok
}

func wholeNumber(got cty.Value) (n int, ok bool) {
	ok = got.Type() == cty.Number && !got.IsNull() && gocty.FromCtyValue(got, &n) == nil && n >= 0
	return n, ok
}

func share(got cty.Value) (n float64, ok bool) {
	if got.Type() != cty.Number || got.IsNull() {
		return 0, false
	}
	n, _ = got.AsBigFloat().Float64()
	return n, n >= 0 && n <= 1
}
