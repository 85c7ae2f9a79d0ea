package watch

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
)

// Detector is an outside detector with where its alerts come from.
type Detector struct {
	outside.Detector
	outside.Source
}

// Options are what detectors are watched with.
type Options struct {
	Now func() time.Time
	Env func(string) string
	// Remote lifts that sockets are of this machine only.
	Remote bool
}

// Watcher watches detectors. Its methods are safe for concurrent use.
type Watcher struct {
	options Options
	end     context.CancelFunc
	ended   sync.WaitGroup
	changed chan struct{}

	mutex   sync.Mutex
	sources []*source
}

// source is one detector.
type source struct {
	Detector
	reader *format.Reader
	secret string
	take   *Watcher
	// gathering is guarded by the watcher's mutex.
	gathering *outside.Gathering
}

// Open begins to watch. It fails for what whoever named the detectors must put right: a
// secret that is not there, a socket that is not of this machine, an address that is
// taken. Everything else is an outage.
func Open(ctx context.Context, options Options, detectors []Detector) (*Watcher, error) {
	ctx, end := context.WithCancel(ctx)
	w := &Watcher{options: options, end: end, changed: make(chan struct{}, 1)}
	var begin []func(context.Context)
	for _, d := range detectors {
		s := &source{Detector: d, take: w, gathering: outside.NewGathering(d.Detector)}
		run, err := s.open(ctx)
		if err != nil {
			w.Close()
			return nil, fmt.Errorf("detector %s: %w", d.Name, err)
		}
		w.sources = append(w.sources, s)
		if run != nil {
			begin = append(begin, run)
		}
	}
	for _, run := range begin {
		w.ended.Go(func() { run(ctx) })
	}
	return w, nil
}

// open makes ready what can fail for good; what it returns runs until its context ends,
// and is nil where nothing runs.
func (s *source) open(ctx context.Context) (func(context.Context), error) {
	if s.Scanner != nil {
		return nil, nil
	}
	var err error
	if s.reader, err = format.New(s.Format, s.Fields, s.Items); err != nil {
		return nil, err
	}
	if s.secret, err = s.readSecret(); err != nil {
		return nil, err
	}
	switch {
	case s.File != "":
		return s.openFile(), nil
	case s.Listen != "":
		return s.listen(ctx)
	case len(s.Command) > 0:
		return s.runCommand, nil
	default:
		return s.openPoll()
	}
}

// Close ends all watching, and waits for it.
func (w *Watcher) Close() {
	w.end()
	w.ended.Wait()
}

// Begin begins anew for a scenario: what came until now is not of it.
func (w *Watcher) Begin() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, s := range w.sources {
		s.gathering = s.gathering.Next()
	}
}

// Watches is what came since Begin, by detector.
func (w *Watcher) Watches() []outside.Watch {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	var out []outside.Watch
	for _, s := range w.sources {
		out = append(out, s.gathering.Watch())
	}
	return out
}

// recheck is how often it is looked whether time alone has changed something.
const recheck = 100 * time.Millisecond

// Until waits until what came is enough, as done says, or ctx ends.
func (w *Watcher) Until(ctx context.Context, done func([]outside.Watch) bool) {
	tick := time.NewTicker(recheck)
	defer tick.Stop()
	for !done(w.Watches()) {
		select {
		case <-ctx.Done():
			return
		case <-w.changed:
		case <-tick.C:
		}
	}
}

// WarmUp waits as long as the slowest of the detectors takes until it sees anything, or
// until ctx ends.
func (w *Watcher) WarmUp(ctx context.Context) {
	longest := time.Duration(0)
	for _, s := range w.sources {
		longest = max(longest, s.Source.WarmUp)
	}
	select {
	case <-ctx.Done():
	case <-time.After(longest):
	}
}

// AwaitProbe waits for the alert of a probe that was performed, of each detector that has
// one, and notes an outage of each that did not send it in its time. Where it came, an
// outage that began before it is over.
func (w *Watcher) AwaitProbe(ctx context.Context, probe outside.Performed) {
	w.Until(ctx, func(all []outside.Watch) bool {
		for _, one := range all {
			if !saw(one, probe) && w.options.Now().Before(probe.Ended.Add(one.Detector.Within)) {
				return false
			}
		}
		return true
	})
	all := w.Watches()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for i, s := range w.sources {
		switch {
		case !saw(all[i], probe):
			s.gathering.Out(probe.Began, fmt.Sprintf("no alert of its probe %q came within %s, before the first step", s.Probe, s.Within))
		case s.Probe != "" && outBefore(all[i], probe.Began):
			s.gathering.Back(w.options.Now())
		}
	}
}

// saw reports whether a detector sent the alert of a probe, or has none.
func saw(one outside.Watch, probe outside.Performed) bool {
	return one.Detector.Probe == "" || slices.ContainsFunc(one.Arrivals, func(a outside.Arrival) bool {
		return a.Alert.Named(one.Detector.Probe) && !a.At.Before(probe.Began)
	})
}

// outBefore reports whether a detector does not answer since before a time.
func outBefore(one outside.Watch, at time.Time) bool {
	last := len(one.Outages) - 1
	return last >= 0 && one.Outages[last].Until.IsZero() && one.Outages[last].From.Before(at)
}

// NoteProbe notes an outage of each detector that has not sent the alert of the probe
// after the last step, as its time is over: it may have stopped at any time since it was
// last heard.
func (w *Watcher) NoteProbe(probe outside.Performed) {
	all := w.Watches()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for i, s := range w.sources {
		if !saw(all[i], probe) {
			s.gathering.Out(all[i].Heard(), fmt.Sprintf("no alert of its probe %q came within %s, after the last step", s.Probe, s.Within))
		}
	}
}

// with changes what is gathered of a detector, and tells who waits.
func (s *source) with(do func(*outside.Gathering)) {
	s.take.mutex.Lock()
	do(s.gathering)
	s.take.mutex.Unlock()
	select {
	case s.take.changed <- struct{}{}:
	default:
	}
}

// read takes what a detector wrote. It reports what could not be read; empty is nothing.
func (s *source) read(text []byte) (problem string) {
	got, at := s.reader.Read(text), s.take.options.Now()
	s.with(func(g *outside.Gathering) {
		for _, alert := range got.Alerts {
			g.Add(alert, at)
		}
		g.Note(got.Ignored, got.Unreadable, got.Problem)
	})
	return got.Problem
}

func (s *source) out(reason string) {
	at := s.take.options.Now()
	s.with(func(g *outside.Gathering) { g.Out(at, reason) })
}

func (s *source) back() {
	at := s.take.options.Now()
	s.with(func(g *outside.Gathering) { g.Back(at) })
}
