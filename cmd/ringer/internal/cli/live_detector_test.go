//go:build linux

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/witness"
	"github.com/ringer-lab/ringer/lab/witness/detector"
)

// containerLab notes the ids of the containers of the assets that another lab opens.
type containerLab struct {
	runner.Lab
	mutex sync.Mutex
	ids   map[string]bool
}

var idOfContainer = regexp.MustCompile(`[0-9a-f]{64}`)

func (l *containerLab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	opened, err := l.Lab.Open(ctx, a)
	if err != nil {
		return nil, err
	}
	first, err := opened.(interface {
		FirstProcess(context.Context) (int, error)
	}).FirstProcess(ctx)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	groups, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", first))
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.ids[idOfContainer.FindString(string(groups))] = true
	return opened, nil
}

// TestDetectorOutside performs Linux scenarios while a detector that knows nothing of
// ringer watches from outside the containers: each of its alerts must be of one process
// and path that ringer reports, and steps must be found by them.
func TestDetectorOutside(t *testing.T) {
	if _, set := os.LookupEnv("RINGER_WITNESS"); !set {
		t.Skip("needs Docker and the host's kernel: `make witness` sets RINGER_WITNESS")
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var alerts bytes.Buffer
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- detector.Run(ctx, &alerts, func() { close(ready) }) }()
	select {
	case <-ready:
	case err := <-ended:
		if errors.Is(err, witness.ErrUnavailable) {
			t.Skip(err)
		}
		require.NoError(t, err)
	}

	var said strings.Builder
	c := &command{State: &State{
		Env: os.Getenv, Stdout: &said, Stderr: &said, Now: time.Now,
		Executable: os.Getenv("RINGER_BINARY"), PID: os.Getpid(), Build: Build{Version: "witness"},
	}}
	exercise, err := c.readExercise([]string{"host_billing", "host_web", "boundary_linux_files", "boundary_linux_commands", "overlap"}, scenarioFlags{})
	require.NoError(t, err, said.String())
	inner, err := docker.New(t.Context(), c.dockerOptions())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, inner.Close()) })
	ours := &containerLab{Lab: inner, ids: map[string]bool{}}
	lab := &witness.Lab{Lab: ours}
	_, broke := c.performPlans(t.Context(), c.newRun(lab).performing(lab, nil), exercise.plans, exercise.rules, 1, nil)
	require.NoError(t, broke, said.String())
	time.Sleep(time.Second) // for what the kernel has still to hand over
	stop()
	require.NoError(t, <-ended)

	assets, seen := lab.Recorded()
	require.NotEmpty(t, assets)
	type doing struct {
		pid        int
		path, comm string
	}
	created := map[doing]bool{}
	done, programs := map[doing]map[string]bool{}, map[[2]int]string{}
	for _, s := range seen {
		if s.Kind == event.Exec {
			name := path.Base(s.Path)
			programs[[2]int{s.Asset, s.PID}] = name[:min(len(name), 15)]
		}
		for _, file := range []string{s.Path, s.To} {
			key := doing{s.PID, file, programs[[2]int{s.Asset, s.PID}]}
			if done[key] == nil {
				done[key] = map[string]bool{}
			}
			created[key] = created[key] || s.Kind == event.Create
			done[key][fmt.Sprintf("%s on the asset of %d", s.Step, s.Asset)] = true
		}
	}
	found, byRule, alerted := map[string]bool{}, map[string]int{}, map[doing]bool{}
	for line := range strings.Lines(alerts.String()) {
		var alert detector.Alert
		require.NoError(t, json.Unmarshal([]byte(line), &alert))
		if !ours.ids[alert.Container] || alert.InnerPID == 1 {
			continue // of anybody else's, or an agent that lays out and takes back
		}
		by := doing{alert.InnerPID, alert.Path, alert.Comm}
		steps := done[by]
		if !assert.NotEmpty(t, steps, "nobody reported %s", line) {
			continue
		}
		byRule[alert.Rule]++
		alerted[by] = true
		for step := range steps {
			found[step] = true
		}
		if alert.Rule == "cron_file" {
			assert.NotEqual(t, "dpkg", alert.Comm)
		}
	}
	for made, steps := range done {
		if strings.HasPrefix(made.path, "/etc/cron.d/") && created[made] && made.comm != "dpkg" {
			assert.True(t, alerted[made], "%s by %s in %v: no alert", made.path, made.comm, steps)
		}
	}
	t.Logf("detector: alerts by rule %v, of %d steps", byRule, len(found))
	for _, rule := range []string{"cron_file", "systemd_unit", "authorized_keys", "log_cleared"} {
		assert.NotZero(t, byRule[rule], rule)
	}
	assert.GreaterOrEqual(t, len(found), 10, "steps that alerts from outside are of")
}
