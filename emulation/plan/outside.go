package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Outside is a [Catalog] that also knows outside detectors. Of one without them, what
// expectations ask of outside detectors is left out.
type Outside interface {
	// OutsideDetectors are those that a run asks; none is that whoever runs the plan named
	// none.
	OutsideDetectors() []outside.Detector
}

func (b *builder) outsideDetectors() []outside.Detector {
	if known, ok := b.rules.(Outside); ok {
		return known.OutsideDetectors()
	}
	return nil
}

// isOutside reports whether an expectation is of an outside detector: it has a kind and a
// name, or is the only one of its kind.
func (b *builder) isOutside(e scenario.Expect) bool {
	_, found := b.findOutside(e.Detector.Text)
	return found || strings.Contains(e.Detector.Text, ".")
}

// findOutside finds a detector by its name, or by its kind if no other is of that.
func (b *builder) findOutside(name string) (found outside.Detector, ok bool) {
	for _, d := range b.outsideDetectors() {
		kind, _, _ := strings.Cut(d.Name, ".")
		switch {
		case d.Name == name:
			return d, true
		case kind == name && ok:
			return outside.Detector{}, false
		case kind == name:
			found, ok = d, true
		}
	}
	return found, ok
}

// buildOutside resolves those expectations of a step that are of outside detectors. Which
// rules those have is not known here.
func (b *builder) buildOutside(all []scenario.Expect) []Expectation {
	var out []Expectation
	first := map[[2]string]scenario.Expect{}
	for _, e := range all {
		if !b.isOutside(e) {
			continue
		}
		detector, leftOut := b.resolveOutside(e)
		if detector == "" || !e.Valid {
			continue
		}
		key := [2]string{detector, e.Rule.Text}
		if before, twice := first[key]; twice {
			b.Errorf(diagnostic.Location{Subject: e.Rule.Range, Context: e.Range}, "Duplicate expectation", "The step already expects %s of this rule, at %s. Keep one of them.",
				before.Want, diagnostic.FileLine(before.Range))
			continue
		}
		first[key] = e
		b.checkGapDate(e)
		out = append(out, Expectation{
			Detector: detector, Rule: e.Rule.Text, Title: e.Rule.Text, Want: e.Want, Shape: e.Shape, Because: e.Because, Until: e.Until,
			Least: e.Least, Most: e.Most, LateAllowed: e.LateAllowed, LeftOut: leftOut, Range: e.Range,
		})
	}
	return out
}

// resolveOutside finds the detector of an expectation. One that was not named for the run
// leaves the expectation out, and a warning says so; a name like another's is a mistake.
func (b *builder) resolveOutside(e scenario.Expect) (name, leftOut string) {
	known := b.outsideDetectors()
	if found, ok := b.findOutside(e.Detector.Text); ok {
		return found.Name, ""
	}
	names := []string{"sigma"}
	for _, d := range known {
		names = append(names, d.Name)
	}
	if diagnostic.Nearest(e.Detector.Text, names) == "" {
		b.reportWithout(e)
		return e.Detector.Text, fmt.Sprintf("the detector %s was not named: --detectors FILE says where its alerts come from", e.Detector.Text)
	}
	b.Errorf(diagnostic.Location{Subject: e.Detector.Range, Context: e.Range}, "Unknown detector", "There is no detector %q. %s", e.Detector.Text, diagnostic.Suggest(e.Detector.Text, names))
	return "", ""
}

// reportWithout warns of a detector that was not named, once for all expectations of it.
func (b *builder) reportWithout(e scenario.Expect) {
	if slices.Contains(b.without, e.Detector.Text) {
		return
	}
	b.without = append(b.without, e.Detector.Text)
	b.Warnf(diagnostic.Location{Subject: e.Detector.Range, Context: e.Range}, "Detector not named",
		"Nothing can be judged of %q: what is expected of it is skipped. Name the file with its detector block: --detectors FILE.", e.Detector.Text)
}
