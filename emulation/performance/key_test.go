package performance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/plan"
)

func planned(change ...func(*plan.Plan)) *plan.Plan {
	drop := effect.StepPlan{
		Processes: []effect.Process{{Image: `C:\Windows\System32\w3wp.exe`, Args: []string{"w3wp.exe"}, Acts: []effect.Act{effect.Write{Path: `C:\a.aspx`, Content: []byte("inert")}}}},
		Checks:    []effect.Check{effect.ContentIs{Path: `C:\a.aspx`, Content: []byte("inert")}},
	}
	p := &plan.Plan{
		Name: "page", Title: "A page", File: "page.hcl",
		Assets:    []plan.Asset{{Name: "web", Place: asset.Host{Kind: asset.Kind{Name: "exchange", Platform: effect.Windows, Summary: "a mail server"}, Hostname: "MAIL01", Service: asset.Nginx}}},
		Baselines: []plan.Baseline{{ID: "day", Asset: "web", Effect: drop}},
		Steps:     []plan.Step{{ID: "drop", Asset: "web", At: time.Hour, Effect: drop, Technique: "T1505.003", Expect: []plan.Expectation{{Rule: "a"}}}},
	}
	for _, c := range change {
		c(p)
	}
	return p
}

var here = performance.Where{Program: "p", Lab: "docker", Images: map[string]string{asset.Nginx: "sha256:1", asset.PostgreSQL: "sha256:2"}}

// what is performed is the same under another title, and by whatever it is judged.
func TestAKeyIsOfWhatIsPerformedAndOfNothingElse(t *testing.T) {
	t.Parallel()
	key, err := performance.KeyOf(planned(), here)
	require.NoError(t, err)
	require.Len(t, key, 64)
	elsewhere := func(change func(*performance.Where)) performance.Where {
		there := here
		change(&there)
		return there
	}
	for _, tt := range []struct {
		name  string
		plan  *plan.Plan
		where performance.Where
		same  bool
	}{
		{"the same again", planned(), here, true},
		{"another title, name and file", planned(func(p *plan.Plan) { p.Title, p.Name, p.File = "Another", "other", "other.hcl" }), here, true},
		{"other expectations", planned(func(p *plan.Plan) { p.Steps[0].Expect = nil }), here, true},
		{"another technique claimed", planned(func(p *plan.Plan) { p.Steps[0].Technique = "T1190" }), here, true},
		{"another description of the host", planned(func(p *plan.Plan) { p.Assets[0].Place.Kind.Summary = "a server" }), here, true},
		{"the image of a service that no asset has", planned(), elsewhere(func(w *performance.Where) { w.Images = map[string]string{asset.Nginx: "sha256:1"} }), true},
		{"another host name", planned(func(p *plan.Plan) { p.Assets[0].Place.Hostname = "MAIL02" }), here, false},
		{"another file on the host", planned(func(p *plan.Plan) { p.Assets[0].Place.Kind.Files = []asset.File{{Path: `C:\b`}} }), here, false},
		{"another account", planned(func(p *plan.Plan) { p.Assets[0].Place.Kind.Accounts = map[string]string{"admin": "x"} }), here, false},
		{"a protected folder", planned(func(p *plan.Plan) { p.Assets[0].Protected = []string{`C:\`} }), here, false},
		{"no service", planned(func(p *plan.Plan) { p.Assets[0].Place.Service = "" }), here, false},
		{"another time", planned(func(p *plan.Plan) { p.Steps[0].At = 2 * time.Hour }), here, false},
		{"another act", planned(func(p *plan.Plan) { p.Steps[0].Effect.Processes[0].Acts = nil }), here, false},
		{"another ordinary day", planned(func(p *plan.Plan) { p.Baselines = nil }), here, false},
		{"another program", planned(), elsewhere(func(w *performance.Where) { w.Program = "q" }), false},
		{"another lab", planned(), elsewhere(func(w *performance.Where) { w.Lab = "fake" }), false},
		{"another image", planned(), elsewhere(func(w *performance.Where) { w.Images = map[string]string{asset.Nginx: "sha256:3"} }), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			other, err := performance.KeyOf(tt.plan, tt.where)
			require.NoError(t, err)
			assert.Equal(t, tt.same, key == other)
		})
	}
}

func TestWhatIsNotKnownHasNoKey(t *testing.T) {
	t.Parallel()
	for _, where := range []performance.Where{{Lab: "docker", Images: here.Images}, {Program: "p", Lab: "docker"}} {
		_, err := performance.KeyOf(planned(), where)
		require.ErrorIs(t, err, performance.ErrUnknown)
	}
	assert.Equal(t, []string{asset.Nginx}, performance.Services(planned()))
}
