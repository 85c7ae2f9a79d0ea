package cli

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// progress shows a run while it goes on: a line for each asset once it is open, and
// for each step once it is performed; on a terminal also a bar for each scenario.
type progress struct {
	out  io.Writer
	bars *mpb.Progress
	over func() bool // whether the run was interrupted, which breaks all that is under way

	mutex sync.Mutex
	bar   map[string]*mpb.Bar
}

// newProgress returns a progress that writes to stderr.
func (c *command) newProgress(ctx context.Context, plans []*plan.Plan) *progress {
	p := &progress{out: c.Stderr, over: func() bool { return ctx.Err() != nil }, bar: map[string]*mpb.Bar{}}
	if !c.canRewrite(c.StderrWidth) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(c.Stderr), mpb.WithWidth(min(30, c.StderrWidth/2)))
	p.out = p.bars
	for _, plan := range plans {
		p.bar[plan.Name] = p.bars.AddBar(int64(len(plan.Steps)+len(plan.Baselines)), mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(plan.Name, decor.WCSyncSpaceR)),
			mpb.AppendDecorators(decor.CountersNoUnit("%d/%d steps")))
	}
	return p
}

// observe is the runner's observer.
func (p *progress) observe(now runner.Progress) {
	switch now.Phase {
	case runner.Open:
		p.line(now, "open", fmt.Sprintf("in %.1f s, isolation verified", now.Took.Seconds()))
	case runner.Performed:
		word := "no effect"
		if now.Proven {
			word = "proven"
		}
		said := fmt.Sprintf("%s in %.2f s", word, now.Took.Seconds())
		if now.Skipped != "" {
			said = "skipped: " + now.Skipped
		}
		p.line(now, now.Step, said)
		if bar := p.bar[now.Scenario]; bar != nil {
			bar.Increment()
		}
	case runner.Opening, runner.Performing, runner.Closed:
	}
}

func (p *progress) line(now runner.Progress, what, how string) {
	switch {
	case now.Err != nil && p.over():
		how = "interrupted"
	case now.Err != nil:
		how = "failed: " + now.Err.Error()
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	fmt.Fprintf(p.out, "%s/%s: %s %s\n", now.Scenario, now.Asset, what, how)
}

// end removes the bars.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	for _, bar := range p.bar {
		bar.Abort(true)
	}
	p.bars.Wait()
}
