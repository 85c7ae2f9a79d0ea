package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// progress shows a run while it goes on. On a terminal there are rows: what runs now,
// and a total. Elsewhere each scenario gets a line once it is judged. In both a step
// gets a line if something is wrong with it, and with every also if nothing is.
type progress struct {
	out     io.Writer
	every   bool // also what goes well gets a line
	lines   bool // a scenario gets a line once it is judged
	spinner []string
	dot     string
	now     func() time.Time
	began   time.Time
	over    func() bool // whether the run was interrupted, which breaks all that is under way
	end     func()      // removes the rows

	mutex     sync.Mutex
	scenarios []*scenarioProgress
	running   []*scenarioProgress // in the order in which they began
	told      map[string]bool     // the causes that were told, as many may share one
	frame     int
}

// scenarioProgress is how far a scenario is.
type scenarioProgress struct {
	name               string
	steps, done, wrong int
	days               map[string]bool // the ids of baselines, which are no steps
	judged             bool
	asset, step        string // what is under way
}

// newProgress returns a progress that writes to stderr. What is replayed is not
// performed: it has no lines.
func (c *command) newProgress(ctx context.Context, plans []*plan.Plan, replayed bool) *progress {
	p := &progress{
		out: c.Stderr, every: c.debug || c.everyStep, now: c.Now, began: c.Now(), told: map[string]bool{},
		over: func() bool { return ctx.Err() != nil }, spinner: []string{"|", "/", "-", `\`}, dot: ", ",
	}
	if c.unicode() {
		p.spinner, p.dot = strings.Split("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", ""), " · "
	}
	for _, plan := range plans {
		scenario := &scenarioProgress{name: plan.Name, steps: len(plan.Steps), days: map[string]bool{}}
		for _, baseline := range plan.Baselines {
			scenario.days[baseline.ID] = true
		}
		p.scenarios = append(p.scenarios, scenario)
	}
	var live bool
	if c.operator == nil {
		live, p.end = c.showRows(p.rows)
	} else {
		p.end = func() {} // a person is asked on the terminal
	}
	p.lines = p.every || !live && !replayed
	return p
}

// observe is the runner's observer.
func (p *progress) observe(now runner.Progress) {
	p.mutex.Lock()
	at := slices.IndexFunc(p.scenarios, func(s *scenarioProgress) bool { return s.name == now.Scenario })
	if at < 0 {
		at = len(p.scenarios)
		p.scenarios = append(p.scenarios, &scenarioProgress{name: now.Scenario})
	}
	line := p.note(p.scenarios[at], now)
	p.mutex.Unlock() // before writing, as the rows are then asked for
	if line != "" {
		fmt.Fprintln(p.out, line)
	}
}

// note notes how far a scenario is, and returns the line to write about it, if any.
func (p *progress) note(scenario *scenarioProgress, now runner.Progress) string {
	if !slices.Contains(p.running, scenario) && !scenario.judged {
		p.running = append(p.running, scenario)
	}
	switch now.Phase {
	case runner.Opening, runner.Closed:
	case runner.Open:
		return p.line(now, "open", fmt.Sprintf("in %.1f s, isolation verified", now.Took.Seconds()), false)
	case runner.Performing:
		scenario.asset, scenario.step = now.Asset, now.Step
	case runner.Performed:
		if !scenario.days[now.Step] {
			scenario.done++
		}
		took := fmt.Sprintf(" in %.2f s", now.Took.Seconds())
		switch {
		case now.Skipped != "":
			return p.line(now, now.Step, "skipped: "+now.Skipped, true)
		case now.Proven && now.Err == nil:
			return p.line(now, now.Step, "proven"+took, false)
		}
		if !p.over() {
			scenario.wrong++
		}
		return p.line(now, now.Step, "no effect"+took, true)
	}
	return ""
}

// line returns what is to be written of an asset or a step. Without every it is empty
// if nothing is wrong, if the same cause has been told, and if it was interrupted: the
// report names the scenarios that were.
func (p *progress) line(now runner.Progress, what, how string, wrong bool) string {
	cause := now.Skipped
	switch {
	case now.Err != nil && p.over():
		how, wrong = "interrupted", false
	case now.Err != nil:
		cause, wrong = now.Err.Error(), true
		how = "failed: " + cause
	}
	key := report.CauseKey(cause)
	if !p.every && (!wrong || p.told[key]) {
		return ""
	}
	p.told[key] = key != ""
	return now.Scenario + "/" + now.Asset + ": " + what + " " + how
}

// judged is told of each scenario once it is judged, by the index of its plan.
func (p *progress) judged(i int, judged result.Scenario) {
	p.mutex.Lock()
	scenario := p.scenarios[i]
	scenario.judged, scenario.done = true, scenario.steps
	p.running = slices.DeleteFunc(p.running, func(running *scenarioProgress) bool { return running == scenario })
	skipped := 0
	scenario.wrong, skipped = countWrong(judged)
	p.mutex.Unlock() // before writing, as the rows are then asked for
	if !p.lines {
		return
	}
	line := fmt.Sprintf("%s: %s in %.1f s", scenario.name, report.Plural(scenario.steps, "step"), judged.Seconds)
	if scenario.wrong > 0 {
		line += fmt.Sprintf(", %d not as expected", scenario.wrong)
	}
	if skipped > 0 {
		line += fmt.Sprintf(", %d skipped", skipped)
	}
	fmt.Fprintln(p.out, line)
}

// countWrong counts the steps and baselines that are not as expected, and those that
// were skipped.
func countWrong(scenario result.Scenario) (wrong, skipped int) {
	for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
		worst, _ := step.WithoutExpectations()
		for _, expectation := range step.Expectations {
			worst = max(worst, expectation.Verdict)
		}
		switch {
		case worst > verdict.Skipped:
			wrong++
		case worst == verdict.Skipped:
			skipped++
		}
	}
	return wrong, skipped
}

// leastRow is how many columns a scenario's row may take in any terminal.
const leastRow = 40

// rows returns what runs now, what began first above, and the total. Scenarios take
// half the width: a terminal that is made half as wide then wraps none of them, which
// could push the first ones into the scrollback before they can be erased.
func (p *progress) rows(columns, most int) []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.frame++
	names, counts := 0, 0
	running := p.running[:min(len(p.running), most-1)]
	for _, scenario := range running {
		names = max(names, utf8.RuneCountInString(scenario.name))
		counts = max(counts, len(scenario.count()))
	}
	width := min(columns, max(columns/2, leastRow))
	names = min(names, width*2/5)
	var all []string
	for _, scenario := range running {
		name := scenario.name
		if runes := []rune(name); len(runes) > names {
			name = string(runes[:names])
		}
		row := fmt.Sprintf("%s %-*s  %*s  ", p.spinner[p.frame%len(p.spinner)], names, name, counts, scenario.count())
		all = append(all, text.Trim(row+scenario.underWay(width-utf8.RuneCountInString(row)), width))
	}
	return append(all, "  "+strings.Join(p.total(), p.dot))
}

func (s *scenarioProgress) count() string { return fmt.Sprintf("%d/%d", s.done, s.steps) }

// underWay names what is performed now, with its asset if that many columns are
// enough for both.
func (s *scenarioProgress) underWay(columns int) string {
	if s.step == "" {
		return "opening"
	}
	if both := s.asset + ": " + s.step; utf8.RuneCountInString(both) <= columns {
		return both
	}
	return s.step
}

// total sums up the scenarios.
func (p *progress) total() []string {
	judged, done, steps, wrong := 0, 0, 0, 0
	for _, scenario := range p.scenarios {
		if scenario.judged {
			judged++
		}
		done, steps, wrong = done+scenario.done, steps+scenario.steps, wrong+scenario.wrong
	}
	total := []string{
		fmt.Sprintf("%d of %s", judged, report.Plural(len(p.scenarios), "scenario")), fmt.Sprintf("%d/%s", done, report.Plural(steps, "step")),
		fmt.Sprintf("%d wrong", wrong), fmt.Sprintf("%.0f s", p.now().Sub(p.began).Seconds()),
	}
	if p.over() {
		total = append(total, "stopping")
	}
	return total
}
