package docker

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// open opens an asset and sees to it that it is closed.
func open(t testing.TB, lab *Lab, name string) *session {
	t.Helper()
	opened, err := lab.Open(t.Context(), mail(name))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, opened.Close()) })
	return opened.(*session)
}

// lengthy is a plan that takes much longer than any test waits.
func lengthy() effect.StepPlan {
	var plan effect.StepPlan
	for i := range 20_000 {
		plan.Processes = append(plan.Processes, effect.Process{
			Image: `C:\Windows\System32\cmd.exe`, Args: []string{"cmd.exe", "/c", fmt.Sprint(i)},
		})
	}
	return plan
}

// leased lists the containers a lab has, by whatever state they are in.
func leased(t testing.TB, e engine, lease string) []string {
	t.Helper()
	listed, err := e.ContainerList(context.Background(), client.ContainerListOptions{
		All: true, Filters: make(client.Filters).Add("label", labelLease+"="+lease),
	})
	require.NoError(t, err)
	var states []string
	for _, container := range listed.Items {
		states = append(states, string(container.State))
	}
	return states
}

func TestDockerCancellationEndsThePerformanceAndTheAsset(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	opened := open(t, lab, "mail")
	ctx, cancel := context.WithCancel(t.Context())
	began := time.Now()
	time.AfterFunc(300*time.Millisecond, cancel)
	_, err := opened.Perform(ctx, "long", lengthy())
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, opened.Close())
	assert.Less(t, time.Since(began), 5*time.Second)
	assert.Empty(t, leased(t, lab.engine, lab.lease))
}

func TestDockerALostAssetSaysHowItEnded(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	opened := open(t, lab, "mail")
	time.AfterFunc(300*time.Millisecond, func() {
		_, err := lab.engine.ContainerKill(context.Background(), opened.id, client.ContainerKillOptions{Signal: "KILL"})
		assert.NoError(t, err)
	})
	_, err := opened.Perform(t.Context(), "long", lengthy())
	require.ErrorIs(t, err, errLost)
	assert.ErrorContains(t, err, "perform long: lost the connection to the asset")
	assert.ErrorContains(t, err, "the container was killed, by someone or because it used more than 256 MiB of memory")
	require.NoError(t, opened.Close())
}

func TestDockerClosingTheLabEndsWhatWasLeftOpen(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	_, err := lab.Open(t.Context(), mail("forgotten"))
	require.NoError(t, err)
	require.Equal(t, []string{"running"}, leased(t, lab.engine, lab.lease))
	require.NoError(t, lab.Close())
	assert.Empty(t, leased(t, lab.engine, lab.lease))
	assert.Empty(t, watchdogs(t, lab.lease), "the watchdog has stopped")
}

func TestDockerAnAssetThatDoesNotComeUpIsGone(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	broken := mail("broken")
	broken.Protected = []string{"not a path of this platform"}
	_, err := lab.Open(t.Context(), broken)
	require.ErrorContains(t, err, "open asset: ")
	assert.Empty(t, leased(t, lab.engine, lab.lease))

	unnamed := mail("unnamed")
	unnamed.Place.Hostname = strings.Repeat("x", 100) // longer than the kernel takes: the start fails
	_, err = lab.Open(t.Context(), unnamed)
	require.ErrorContains(t, err, "open asset: ")
	assert.Empty(t, leased(t, lab.engine, lab.lease))
}

func TestDockerCancellationWhileOpeningLeavesNothing(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	for _, after := range []time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		opened, err := lab.Open(ctx, mail("hasty"))
		cancel()
		if err == nil {
			require.NoError(t, opened.Close(), "it was quicker than that")
			continue
		}
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Empty(t, leased(t, lab.engine, lab.lease), "cancelled after %s", after)
	}
}
