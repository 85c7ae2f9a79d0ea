package cli

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func TestStrictObservedTakesNoVerdictThatRestsOnStatedFields(t *testing.T) {
	t.Parallel()
	met := func(stated ...string) result.Run {
		scenarios := []result.Scenario{{Name: "mail", Steps: []result.Step{{ID: "backdoor", Expectations: []result.Expectation{{
			Rule: "e460a3c3", Want: verdict.Fires, Verdict: verdict.Detected, Stated: stated, File: "mail.hcl", Line: 12,
		}}}}}}
		return result.Run{Scenarios: scenarios, Summary: result.Summarise(scenarios, nil)}
	}
	for _, test := range []struct {
		name   string
		run    result.Run
		strict report.Strictness
		err    error
		said   string
	}{
		{"lenient takes it", met("User"), report.Lenient, nil, ""},
		{"strict alone takes it", met("User"), report.Strict, nil, ""},
		{"strict=observed does not", met("OriginalFileName", "User"), report.Observed, errNotMet,
			"strict: mail: backdoor: fires e460a3c3: detected, on stated OriginalFileName, User (mail.hcl:12)\n"},
		{"strict=observed takes what was seen", met(), report.Observed, nil, ""},
	} {
		var out bytes.Buffer
		c := &command{State: &State{Stderr: &out}}
		assert.ErrorIs(t, c.runError(test.run, &ruleSet{}, test.strict), test.err, test.name)
		assert.Equal(t, test.said, out.String(), test.name)
	}
}

func TestStrictObservedTakesNoRuleThatRestsOnStatedFields(t *testing.T) {
	t.Parallel()
	measured := robustness.Measurement{Rules: []robustness.Rule{{Stated: []string{"User"}, Survives: 1, Of: 1}}}
	for strict, want := range map[report.Strictness]error{report.Strict: nil, report.Observed: errNotMet} {
		var out bytes.Buffer
		require.ErrorIs(t, (&command{State: &State{Stderr: &out}}).evasionError(measured, &ruleSet{}, strict), want)
		assert.Equal(t, want != nil, out.String() == "strict: 1 rule resting on stated fields\n")
	}
}
