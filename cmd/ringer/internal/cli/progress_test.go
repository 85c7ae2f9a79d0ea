package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func noEnvironment(string) string { return "" }

func TestWithoutATerminalAScenarioHasALineAndAStepIfSomethingIsWrong(t *testing.T) {
	t.Parallel()
	said := map[bool]string{
		false: "mail/mail: drop no effect in 0.50 s\n" +
			"mail/mail: drop_again no effect in 0.50 s\n" +
			"mail/mail: page skipped: needs nginx\n" +
			"mail/mail: read failed: no such container\n" +
			"mail: 5 steps in 2.5 s, 1 not as expected, 1 skipped\n",
		true: "mail/mail: open in 0.4 s, isolation verified\n" +
			"mail/mail: day proven in 0.01 s\n" +
			"mail/mail: drop no effect in 0.50 s\n" +
			"mail/mail: drop_again no effect in 0.50 s\n" +
			"mail/mail: page skipped: needs nginx\n" +
			"mail/mail: second skipped: needs nginx\n" +
			"mail/mail: read failed: no such container\n" +
			"mail: 5 steps in 2.5 s, 1 not as expected, 1 skipped\n",
	}
	for every, want := range said {
		var out bytes.Buffer
		c := &command{State: &State{Stderr: &out, Env: noEnvironment, Now: noon}, everyStep: every}
		p := c.newProgress(t.Context(), []*plan.Plan{{Name: "mail", Steps: make([]plan.Step, 5)}}, false)
		at := func(step string, more runner.Progress) {
			more.Scenario, more.Asset, more.Step, more.Phase = "mail", "mail", step, runner.Performed
			p.observe(more)
		}
		p.observe(runner.Progress{Scenario: "mail", Asset: "mail", Phase: runner.Opening})
		p.observe(runner.Progress{Scenario: "mail", Asset: "mail", Phase: runner.Open, Took: 400 * time.Millisecond})
		at("day", runner.Progress{Proven: true, Took: 10 * time.Millisecond})
		at("drop", runner.Progress{Took: 500 * time.Millisecond})
		at("drop_again", runner.Progress{Took: 500 * time.Millisecond})
		at("page", runner.Progress{Skipped: "needs nginx"})
		at("second", runner.Progress{Skipped: "needs nginx"})
		at("read", runner.Progress{Err: errors.New("no such container")})
		p.judged(0, result.Scenario{Seconds: 2.5, Steps: []result.Step{
			{Expectations: []result.Expectation{{Verdict: verdict.Detected}, {Verdict: verdict.Missed}}},
			{Expectations: []result.Expectation{{Verdict: verdict.Skipped}}}, {Expectations: []result.Expectation{{Verdict: verdict.Silent}}},
		}})
		p.end()
		assert.Equal(t, want, out.String())
	}
}

func TestWhatIsReplayedHasNoLines(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := &command{State: &State{Stderr: &out, Env: noEnvironment, Now: noon}}
	p := c.newProgress(t.Context(), []*plan.Plan{{Name: "mail"}}, true)
	p.judged(0, result.Scenario{})
	p.end()
	assert.Empty(t, out.String())
}

func TestWhatAnInterruptionBreaksIsNotSaidToBeBroken(t *testing.T) {
	t.Parallel()
	for every, want := range map[bool]string{true: "mail/mail: drop interrupted\n", false: ""} {
		var said bytes.Buffer
		ctx, cancel := context.WithCancel(t.Context())
		c := &command{State: &State{Stderr: &said, Env: noEnvironment, Now: noon}, everyStep: every}
		p := c.newProgress(ctx, nil, false)
		broken := runner.Progress{Scenario: "mail", Asset: "mail", Step: "drop", Phase: runner.Performed, Err: errors.New("no such container")}
		p.observe(broken)
		cancel()
		broken.Err = errors.New("the container was stopped")
		p.observe(broken)
		assert.Equal(t, "mail/mail: drop failed: no such container\n"+want, said.String())
	}
}

func TestTheRowsTellWhatRunsNowAndATotal(t *testing.T) {
	t.Parallel()
	var plans []*plan.Plan
	for i := range 35 {
		plans = append(plans, &plan.Plan{Name: fmt.Sprintf("scenario-%d", i), Steps: make([]plan.Step, 12)})
	}
	ctx, cancel := context.WithCancel(t.Context())
	now := noon()
	c := &command{State: &State{Stderr: &bytes.Buffer{}, Env: noEnvironment, Now: func() time.Time { return now }}}
	p := c.newProgress(ctx, plans, true)
	now = now.Add(18 * time.Second)
	for i := range 8 {
		p.observe(runner.Progress{Scenario: plans[i].Name, Asset: "web", Phase: runner.Opening})
	}
	p.judged(0, result.Scenario{Steps: []result.Step{{Expectations: []result.Expectation{{Verdict: verdict.Missed}}}}})
	p.observe(runner.Progress{Scenario: "scenario-1", Asset: "web", Step: "day", Phase: runner.Performed, Proven: true})
	p.observe(runner.Progress{Scenario: "scenario-1", Asset: "web", Step: "drop", Phase: runner.Performing})
	assert.Equal(t, []string{
		"⠙ scenario-1  1/12  web: drop",
		"⠙ scenario-2  0/12  opening",
		"⠙ scenario-3  0/12  opening",
		"⠙ scenario-4  0/12  opening",
		"⠙ scenario-5  0/12  opening",
		"  1 of 35 scenarios · 13/420 steps · 1 wrong · 18 s",
	}, p.rows(79, 6))
	cancel()
	assert.Equal(t, []string{"  1 of 35 scenarios · 13/420 steps · 1 wrong · 18 s · stopping"}, p.rows(79, 1))
}

// A terminal that is made half as wide must not have to wrap a scenario's row.
func TestAScenariosRowTakesHalfTheWidth(t *testing.T) {
	t.Parallel()
	for columns, want := range map[int]string{
		139: "⠙ boundary-windows-commands  0/1  controller: event_log_cleared",
		79:  "⠙ boundary-windows  0/1  event_log_clear",
		19:  "⠙ boundar  0/1  eve",
	} {
		c := &command{State: &State{Stderr: &bytes.Buffer{}, Env: noEnvironment, Now: noon}}
		p := c.newProgress(t.Context(), []*plan.Plan{{Name: "boundary-windows-commands", Steps: make([]plan.Step, 1)}}, true)
		p.observe(runner.Progress{Scenario: "boundary-windows-commands", Asset: "controller", Step: "event_log_cleared", Phase: runner.Performing})
		assert.Equal(t, want, p.rows(columns, 6)[0], columns)
	}
}

// A lab that does not come up is one line, whatever the number of assets.
func TestACauseThatManyShareIsToldOnce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := &command{State: &State{Stderr: &out, Env: noEnvironment, Now: noon}}
	p := c.newProgress(t.Context(), nil, false)
	for i := range 40 {
		p.observe(runner.Progress{Scenario: "mail", Asset: fmt.Sprintf("host%d", i), Phase: runner.Open, Err: errors.New("no space left on device")})
	}
	assert.Equal(t, "mail/host0: open failed: no space left on device\n", out.String())
}
