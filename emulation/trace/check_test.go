package trace_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/trace"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

var linux = asset.Host{Kind: asset.Kind{Platform: effect.Linux}}

// seen is what a sensor sees of a plan.
func seen(t *testing.T, place asset.Host, plan effect.StepPlan) []event.Observation {
	t.Helper()
	now := time.Date(2021, 3, 1, 8, 0, 0, 123456789, time.UTC)
	stage, err := fake.Lab{Now: func() time.Time { now = now.Add(time.Millisecond); return now }}.Open(t.Context(), runner.Asset{Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.Empty(t, outcome.StandInErrors)
	return outcome.Observations
}

func check(t *testing.T, place asset.Host, plan effect.StepPlan, observations []event.Observation) error {
	t.Helper()
	host, err := trace.NewHost(place, nil)
	require.NoError(t, err)
	return host.Check("step", plan, observations, nil)
}

// unmade are the kinds that no act leaves in memory.
var unmade = []event.Kind{event.Link, event.Chown, event.Attribute, event.Pipe, event.PipeOpen, event.Accept, event.Refused, event.Line}

func TestEveryKindThatIsLostIsMissed(t *testing.T) {
	t.Parallel()
	place, plan := linux, labtest.PlanOfAllKinds()
	all := seen(t, place, plan)
	require.NoError(t, check(t, place, plan, all))
	for _, kind := range event.Kinds() {
		of := func(o event.Observation) bool { return o.Kind == kind }
		if !slices.ContainsFunc(all, of) {
			assert.Contains(t, unmade, kind)
			continue
		}
		assert.ErrorContains(t, check(t, place, plan, slices.DeleteFunc(slices.Clone(all), of)), "left no trace: expected "+string(kind))
	}
}

// No observation of any behaviour can be lost, doubled or moved unnoticed.
func TestNoObservationOfABehaviourCanBeLost(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			kind, ok := scenarios.Library().Kind(b.Assets[0])
			require.True(t, ok)
			place := asset.Host{Kind: kind, Hostname: kind.Hostname}
			plan := labtest.Planned(t, b, place, nil)
			all := seen(t, place, plan)
			require.NoError(t, check(t, place, plan, all))
			for i, o := range all {
				assert.Error(t, check(t, place, plan, slices.Delete(slices.Clone(all), i, i+1)), "%s %s lost", o.Kind, o.Path)
				assert.Error(t, check(t, place, plan, slices.Insert(slices.Clone(all), i, o)), "%s %s twice", o.Kind, o.Path)
			}
		})
	}
}

func TestWhatIsToldOtherwiseThanPlannedIsTold(t *testing.T) {
	t.Parallel()
	place, plan := linux, labtest.PlanOfAllKinds()
	at := func(all []event.Observation, kind event.Kind) *event.Observation {
		return &all[slices.IndexFunc(all, func(o event.Observation) bool { return o.Kind == kind })]
	}
	for _, test := range []struct {
		name string
		tell func(all []event.Observation)
		want string
	}{
		{"another argument", func(all []event.Observation) { at(all, event.Exec).Argv = []string{"tool", "a", "b"} }, `process "tool a b" left no trace: expected exec`},
		{"another program", func(all []event.Observation) { at(all, event.Exec).Path = "/usr/bin/other" }, "left no trace: expected fork"},
		{"another account", func(all []event.Observation) { at(all, event.Exec).Env = nil }, "left no trace: expected exec"},
		{"another folder", func(all []event.Observation) { at(all, event.Exec).Dir = "/" }, "left no trace: expected exec"},
		{"another parent", func(all []event.Observation) { at(all, event.Exec).Parent = 9 }, "left no trace: expected exec"},
		{"another process", func(all []event.Observation) { at(all, event.Create).Process = 9 }, "create /srv/new/file by an unknown process 9"},
		{"another place", func(all []event.Observation) { at(all, event.Create).Path = "/srv/new/other" }, "create /srv/new/other"},
		{"another content", func(all []event.Observation) { at(all, event.Content).Content = []byte("z\n") }, `"content of /var/log/auth.log"`},
		{"another mode", func(all []event.Observation) { at(all, event.Chmod).Mode = 0o777 }, "left no trace: expected chmod"},
		{"another time", func(all []event.Observation) { at(all, event.Utimes).Modified = nil }, "left no trace: expected utimes"},
		{"another target", func(all []event.Observation) { at(all, event.Signal).Target = 1 }, "left no trace: expected signal"},
		{"another address", func(all []event.Observation) {
			at(all, event.Connect).Socket = &event.Socket{Protocol: "tcp", Remote: netip.MustParseAddrPort("127.0.0.1:23")}
		}, "left no trace: expected connect"},
		{"another query", func(all []event.Observation) { at(all, event.Send).Content = nil }, "left no trace: expected send"},
		{"another step", func(all []event.Observation) { at(all, event.Rename).Step = "other" }, `for step "other"`},
		{"another end", func(all []event.Observation) { all[len(all)-1].Code = 1 }, "left no trace: expected exit"},
		{"another order", func(all []event.Observation) {
			i := slices.IndexFunc(all, func(o event.Observation) bool { return o.Kind == event.Utimes })
			all[i], all[i+1] = all[i+1], all[i]
		}, "left no trace: expected utimes"},
		{"a line of a service that is not there", func(all []event.Observation) { at(all, event.Map).Kind = event.Line }, "observed, but not in the plan: line"},
	} {
		all := seen(t, place, plan)
		test.tell(all)
		assert.ErrorContains(t, check(t, place, plan, all), test.want, test.name)
	}
}

// What a process of the step says was refused left nothing; who was to be started
// must be seen all the same.
func TestOfARefusedActOnlyProcessesAreLookedFor(t *testing.T) {
	t.Parallel()
	place, plan := linux, labtest.PlanOfAllKinds()
	all := seen(t, place, plan)
	refused := []string{"delete /srv/new: directory not empty"}
	host := func() *trace.Host {
		made, err := trace.NewHost(place, nil)
		require.NoError(t, err)
		return made
	}
	some := slices.DeleteFunc(slices.Clone(all), func(o event.Observation) bool { return o.Kind == event.Rmdir })
	followed := host()
	require.NoError(t, followed.Check("step", plan, some, refused))
	again := effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/tool", Args: []string{"tool"}, Acts: []effect.Act{effect.Remove{Path: "/srv/new"}}}}}
	require.NoError(t, followed.Check("next", again, []event.Observation{
		{Kind: event.Fork, Step: "next", Process: 9}, {Kind: event.Exec, Step: "next", Process: 9, Path: "/usr/bin/tool", Argv: []string{"tool"}, Dir: "/"},
		{Kind: event.Rmdir, Step: "next", Process: 9, Path: "/srv/new"}, {Kind: event.Exit, Step: "next", Process: 9},
	}, nil), "it is still there, as it was not removed")

	childless := slices.DeleteFunc(slices.Clone(all), func(o event.Observation) bool { return o.Process == 2 })
	require.ErrorContains(t, host().Check("step", plan, childless, refused), `process "child -x" left no trace`)
	require.NoError(t, host().Check("step", plan, childless, []string{"start /usr/bin/child: permission denied"}), "it could not be started")
}

func TestARealServiceMustLogWhatItIsAsked(t *testing.T) {
	t.Parallel()
	kind, _ := scenarios.Library().Kind("web")
	place := asset.Host{Kind: kind, Hostname: kind.Hostname, Service: asset.Nginx}
	ask := effect.Request{Method: "GET", Path: "/x.php?c=id", From: "192.0.2.7"}
	plan := effect.StepPlan{Processes: []effect.Process{{Image: "/usr/bin/browser", Remote: true, Acts: []effect.Act{ask, ask}}}}
	line := event.Observation{Kind: event.Line, Step: "step", Content: []byte(`192.0.2.7 - - [x] "GET /x.php?c=id HTTP/1.1" 200 5`)}
	other := event.Observation{Kind: event.Line, Step: "step", Content: []byte("something else")}
	require.NoError(t, check(t, place, plan, []event.Observation{line, other, line}), "it may say more")
	require.ErrorContains(t, check(t, place, plan, []event.Observation{line, other}), `the service logged no line for "GET /x.php?c=id"`)
	require.ErrorContains(t, check(t, place, plan, nil), "the service logged no line")

	plan.Processes[0].Acts = []effect.Act{effect.Request{Method: "GET", Path: `/a"b?c=d\e`, From: "192.0.2.7"}}
	line.Content = []byte(`192.0.2.7 - - [x] "GET /a%22b?c=d\x5Ce HTTP/1.1" 200 5`)
	require.NoError(t, check(t, place, plan, []event.Observation{line}), "a server logs a page as it was asked for, and escapes it")
	line.Content = []byte(`192.0.2.7 - - [x] "GET /a"b?c=d\e HTTP/1.1" 200 5`)
	require.Error(t, check(t, place, plan, []event.Observation{line}))
}
