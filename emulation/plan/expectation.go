package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// detectors are the names that an expectation can have as its detector.
var detectors = [...]string{"sigma"}

// buildExpectations resolves the expectations of one step on one asset; the asset is
// the zero value if it is not known.
func (b *builder) buildExpectations(all []scenario.Expect, on scenario.Asset) []Expectation {
	var out []Expectation
	all = slices.DeleteFunc(slices.Clone(all), b.isOutside)
	b.checkContradictions(all)
	for _, expect := range all {
		if resolved, ok := b.buildExpectation(expect, on); ok {
			out = append(out, resolved)
		}
	}
	return out
}

func (b *builder) buildExpectation(e scenario.Expect, on scenario.Asset) (Expectation, bool) {
	if !b.checkDetector(e) {
		return Expectation{}, false
	}
	rule, ok := b.findRule(e.Rule, e.Range)
	if !ok || !e.Valid {
		return Expectation{}, false
	}
	b.checkAskable(e, rule, on)
	b.checkGapDate(e)
	return Expectation{
		Detector: e.Detector.Text, Rule: rule.ID, Title: rule.Title, Want: e.Want, Shape: e.Shape, Because: e.Because,
		Until: e.Until, Least: e.Least, Most: e.Most, Sources: rule.Sources, Timespan: rule.Timespan, Range: e.Range,
	}, true
}

func (b *builder) checkDetector(e scenario.Expect) bool {
	for _, known := range detectors {
		if e.Detector.Text == known {
			return true
		}
	}
	b.Errorf(diagnostic.Location{Subject: e.Detector.Range, Context: e.Range}, "Unknown detector", "There is no detector %q. %s", e.Detector.Text, diagnostic.Suggest(e.Detector.Text, detectors[:]))
	return false
}

// checkAskable reports an expectation of a rule that has nothing to read on the
// asset: it can never alert there, so its silence would show nothing.
func (b *builder) checkAskable(e scenario.Expect, rule Rule, on scenario.Asset) {
	if rule.SuppressedByCorrelation {
		b.Errorf(diagnostic.Location{Subject: e.Rule.Range, Context: e.Range}, "Rule without alerts of its own",
			"The rule %q raises no alert of its own: a correlation refers to it without setting generate. Expect %s of the correlation, or remove the expectation.",
			rule.Title, e.Want)
	}
	if on.Kind.Name == "" || b.channels == nil || b.channels.CanAsk(on.Kind, rule) {
		return
	}
	b.Errorf(diagnostic.Location{Subject: e.WantRange, Context: hcl.RangeBetween(e.Range, e.WantRange)}, "Rule cannot be asked",
		"The step expects %s of %q, which reads %s. A %s asset such as asset.%s (%s) never writes that: the rule cannot alert there, so its silence shows nothing. Choose a rule that reads what the asset writes, or remove the expectation.",
		e.Want, rule.Title, FormatSources(rule.Sources), on.Kind.Platform, on.Name.Text, diagnostic.FileLine(on.Range))
}

// checkGapDate warns of a known gap whose last day has passed: it is judged as a rule
// that must fire.
func (b *builder) checkGapDate(e scenario.Expect) {
	if e.Want != verdict.KnownGap || b.now.Before(e.Until.AddDate(0, 0, 1)) {
		return
	}
	b.Warnf(diagnostic.At(e.UntilRange), "Known gap has expired",
		"The gap was accepted until %s and is now judged as fires. Fix the rule, or set a later date and give the reason.", e.Until.Format(time.DateOnly))
}

// checkContradictions reports two expectations of the same rule in the same shape.
func (b *builder) checkContradictions(all []scenario.Expect) {
	type subject struct{ detector, rule, shape string }
	first := map[subject]scenario.Expect{}
	for _, e := range all {
		key := subject{e.Detector.Text, strings.ToLower(e.Rule.Text), string(e.Shape)}
		if found := b.rules.Named(e.Rule.Text); len(found) == 1 {
			key.rule = found[0].ID // whatever each of them calls it
		}
		before, twice := first[key]
		switch {
		case !twice:
			first[key] = e
		case e.Want == "" || before.Want == "": // one of them has an error of its own
		case e.Want == before.Want:
			b.Errorf(diagnostic.Location{Subject: e.Rule.Range, Context: e.Range}, "Duplicate expectation", "The step already expects %s of this rule in shape %s, at %s. Keep one of them.",
				e.Want, e.Shape, diagnostic.FileLine(before.Range))
		default:
			b.Errorf(diagnostic.Location{Subject: e.WantRange, Context: hcl.RangeBetween(e.Range, e.WantRange)}, "Contradicting expectations",
				"The verdict cannot be %s here and %s at %s: both are for the same rule in shape %s. Keep one, or give one of them another shape.",
				e.Want, before.Want, diagnostic.FileLine(before.Range), e.Shape)
		}
	}
}
