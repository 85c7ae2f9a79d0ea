package tune

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Proposal is a filter that was proven: with it the rule alarms on no ordinary day of the
// runs, and detects all that it did.
type Proposal struct {
	Items []Item `json:"items"`
	// Patch adds it to the rule's file, as a unified diff.
	Patch string `json:"patch"`
}

// Result is what there is to propose for a rule.
type Result struct {
	// Before is what the runs show of the rule as it is.
	Before rulestate.Rule
	// Proposals are proven, the smallest first.
	Proposals []Proposal
	// Tried counts the filters that were tried, Reason says why none was proven.
	Tried  int
	Reason string
}

// mostProposals is how many proposals are proven.
const mostProposals = 5

// Propose finds filters for a rule among rules. text is that of its file, as it was read,
// and name what patches call the file. It fails if ctx ends, or if the rules cannot be compiled.
func Propose(ctx context.Context, of *rulestate.Recording, rules []*sigma.Rule, rule *sigma.Rule, name, text string) (Result, error) {
	t := tuner{recording: of, rule: rule, name: name, lines: linesOf(text)}
	t.members, t.concerned = rulestate.Concerned(rules, func(r *sigma.Rule) bool { return r == rule })
	before, detector, err := t.judge(ctx, t.members)
	if err != nil {
		return Result{}, err
	}
	out := Result{Before: rulestate.Find(before, rule.Ref())}
	switch {
	case len(out.Before.Alarms) == 0:
		return out, nil
	case rule.Kind == sigma.Correlation:
		out.Reason = "it is a correlation, which counts what other rules match: tune those"
		return out, nil
	}
	alerts, err := of.AlertEvents(ctx, detector, out.Before)
	if err != nil {
		return Result{}, err
	}
	var alarms []fields
	for _, alert := range alerts {
		if alert.Baseline {
			alarms = append(alarms, alert.Event.Shaped(alert.Shape))
		}
	}
	var attacks []fields
	for _, e := range of.AttackEvents(out.Before) {
		attacks = append(attacks, e)
	}
	found := proposals(candidates(alarms, attacks, soughtBy(t.lines, rule.Line)), len(alarms))
	if len(found) == 0 {
		out.Reason = "each value of its alarms that lasts is one of an attack too, or what the rule looks for, or more than " + strconv.Itoa(mostItems) + " would be needed"
		return out, nil
	}
	for _, items := range found {
		if len(out.Proposals) == mostProposals {
			break
		}
		out.Tried++
		patch, why, err := t.prove(ctx, items, before)
		if err != nil {
			return Result{}, err
		}
		if why != "" {
			out.Reason = why
			continue
		}
		out.Proposals = append(out.Proposals, Proposal{items, patch})
	}
	if len(out.Proposals) > 0 {
		out.Reason = ""
	}
	return out, nil
}

// tuner tries filters for one rule.
type tuner struct {
	recording *rulestate.Recording
	rule      *sigma.Rule
	name      string // of its file in patches
	lines     []string
	members   []*sigma.Rule
	concerned map[*sigma.Rule]bool
}

// judge returns what rules do that are concerned by the one that is tuned.
func (t tuner) judge(ctx context.Context, members []*sigma.Rule) ([]rulestate.Rule, *detect.Sigma, error) {
	detector, problems := detect.NewSigma(members)
	for _, p := range problems {
		if p.Severity == sigma.Error {
			return nil, nil, fmt.Errorf("compile rules: %s", p)
		}
	}
	judged, err := t.recording.Judge(ctx, detector, nil)
	return judged, detector, err
}

// prove adds a filter to the rule's text and judges the runs again. It returns the patch,
// or why the filter is not one.
func (t tuner) prove(ctx context.Context, items []Item, before []rulestate.Rule) (patched, why string, err error) {
	change, err := addFilter(t.lines, t.rule.Line, items)
	if errors.Is(err, errUneditable) {
		return "", err.Error(), nil
	}
	if err != nil {
		return "", "", err
	}
	edited := ""
	for _, line := range change.apply(t.lines) {
		edited += line
	}
	rules, problems := sigma.Parse(t.rule.File, []byte(edited))
	if n := sigma.Errors(problems); n > 0 {
		return "", fmt.Sprintf("with the filter the file has errors: %s", problems[0]), nil
	}
	members := slices.Clone(t.members)
	replaced := false
	for _, rule := range rules {
		for i, member := range members {
			if member.File == rule.File && member.Ref() == rule.Ref() {
				members[i] = rule
				replaced = replaced || member == t.rule
			}
		}
	}
	if !replaced {
		return "", "with the filter the file has another rule in its place", nil
	}
	after, _, err := t.judge(ctx, members)
	if err != nil {
		return "", "", err
	}
	if why := lost(before, after, t.rule.Ref()); why != "" {
		return "", why, nil
	}
	return patch(t.name, t.lines, change), "", nil
}

// lost says what a filter must not do and does; "" if it does nothing of the kind.
func lost(before, after []rulestate.Rule, tuned string) string {
	if left := rulestate.Find(after, tuned).Alarms; len(left) > 0 {
		return fmt.Sprintf("with the filter it still alarms at %s", left[0].At)
	}
	for _, was := range before {
		is := rulestate.Find(after, was.ID)
		for _, fire := range was.Fires {
			if !slices.ContainsFunc(is.Fires, func(f rulestate.Fire) bool {
				return f.At == fire.At && f.Shape == fire.Shape && f.Alerts == fire.Alerts && f.Unproven == fire.Unproven
			}) {
				return fmt.Sprintf("with the filter %q no longer fires as it did at %s", was.Title, fire.At)
			}
		}
	}
	return ""
}
