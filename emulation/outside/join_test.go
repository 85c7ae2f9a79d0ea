package outside_test

import (
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
)

const billing = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

var start = time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)

func after(seconds float64) time.Time {
	return start.Add(time.Duration(seconds * float64(time.Second)))
}

// step is one second of a shell that has a program write a file, and connect.
func step(name string, begins float64, program, file string) outside.Performed {
	return outside.Performed{
		Step: name, Host: outside.Host{Asset: "billing", Hostname: "BILLING01", Container: billing, Platform: effect.Linux}, Began: after(begins), Ended: after(begins + 1),
		Observations: []event.Observation{
			{Kind: event.Fork, Process: 1, PID: 10},
			{Kind: event.Exec, Process: 1, PID: 10, Path: "/asset/root/usr/bin/bash", Argv: []string{"-bash"}},
			{Kind: event.Fork, Process: 2, Parent: 1, PID: 11},
			{Kind: event.Exec, Process: 2, Parent: 1, PID: 11, Path: "/asset/root" + program, Argv: []string{program, file, "-v", "--a-long-option"}},
			{Kind: event.Create, Process: 2, Parent: 1, PID: 11, Path: "/asset/root" + file},
			{Kind: event.Connect, Process: 2, Parent: 1, PID: 11, Socket: &event.Socket{Protocol: "tcp", Local: netip.MustParseAddrPort("127.0.0.1:4000"), Remote: netip.MustParseAddrPort("127.0.0.2:443")}},
			{Kind: event.Content, Process: 2, Parent: 1, PID: 11, Path: "/asset/root" + file, Content: []byte("x")},
		},
	}
}

func windows(name string, begins float64) outside.Performed {
	return outside.Performed{
		Step: name, Host: outside.Host{Asset: "mail", Hostname: "MAIL01", Platform: effect.Windows}, Began: after(begins), Ended: after(begins + 1),
		Observations: []event.Observation{
			{Kind: event.Exec, Process: 1, Path: "/asset/c/Windows/System32/cmd.exe", Argv: []string{`C:\Windows\System32\cmd.exe`, "/c", "whoami"}},
			{Kind: event.Create, Process: 1, Path: "/asset/c/inetpub/x.aspx"},
		},
	}
}

// joined joins one alert that arrives three seconds after the start, unless at says when.
func joined(alert outside.Alert, at float64, steps ...outside.Performed) outside.Joined {
	w := outside.Watch{Detector: outside.Detector{Name: "falco.host", Within: 30 * time.Second, Wait: time.Minute}, Arrivals: []outside.Arrival{{Alert: alert, At: after(at)}}}
	return outside.Join(w, steps)[0]
}

func TestAnAlertIsJoinedByEvidence(t *testing.T) {
	t.Parallel()
	tee, other := step("tee", 0, "/usr/bin/tee", "/etc/cron.d/x"), step("copy", 5, "/usr/bin/cp", "/etc/cron.d/x")
	again := step("again", 10, "/usr/bin/tee", "/etc/cron.d/x")
	longName := step("long", 15, "/usr/bin/a-program-with-a-name", "/srv/y")
	mail := windows("page", 20)
	all := []outside.Performed{tee, other, longName, mail}
	end := netip.MustParseAddrPort
	for _, test := range []struct {
		name  string
		alert outside.Alert
		at    float64
		steps []outside.Performed
		is    string
		why   string
	}{
		{"container, process, parent, path", outside.Alert{Container: billing[:12], Process: "tee", Parent: "bash", Path: "/etc/cron.d/x"}, 30, all, "tee", "joined by container, process, parent, path"},
		{"the path of a program", outside.Alert{Exe: "/usr/bin/cp"}, 30, all, "copy", "joined by process"},
		{"a path as the kernel has it", outside.Alert{Path: "/asset/root/srv/y"}, 30, all, "long", "joined by path"},
		{"a name that the kernel has cut", outside.Alert{Process: "a-program-with-"}, 30, all, "long", "joined by process"},
		{"a name that is cut shorter", outside.Alert{Process: "a-program-wit"}, 30, all, "", "it matches no step"},
		{"arguments without the program", outside.Alert{Args: "/srv/y -v --a-long-option"}, 30, all, "long", "joined by arguments"},
		{"arguments that the tool has cut", outside.Alert{Args: "a-program-with-a-name /srv/y"}, 30, all, "long", "joined by arguments"},
		{"the digest of a content", outside.Alert{SHA256: "2D711642B726B04401627CA9FBAC32F5C8530FB1903CC4DB02258717921A4881", Process: "cp"}, 30, all, "copy", "joined by process, path"},
		{"names of Windows in any case", outside.Alert{Host: "mail01.corp.example", Process: "CMD.EXE", Path: `c:\INETPUB\x.aspx`}, 30, all, "page", "joined by host, process, path"},
		{"arguments of Windows", outside.Alert{Exe: `C:\Windows\System32\cmd.exe`, Args: `"C:\Windows\System32\cmd.exe" /c whoami`}, 30, all, "page", "joined by process, arguments"},
		{"a connection", outside.Alert{From: end("127.0.0.1:4000"), To: end("127.0.0.2:443")}, 30, all[:1], "tee", "joined by connection"},
		{"a connection without ports", outside.Alert{To: netip.AddrPortFrom(netip.MustParseAddr("127.0.0.2"), 0)}, 30, all[:1], "tee", "joined by connection"},
		{"a connection of somebody else", outside.Alert{From: end("127.0.0.1:4001"), To: end("127.0.0.2:443")}, 30, all[:1], "", "it matches no step"},
		{"a foreign container", outside.Alert{Container: "ffffffffffff", Process: "tee", Path: "/etc/cron.d/x"}, 30, all, "", "it matches no step"},
		{"the host of another step", outside.Alert{Host: "MAIL01", Process: "tee"}, 30, all, "", "it matches no step"},
		{"the machine below the containers", outside.Alert{Host: "node-7", Process: "tee"}, 30, all, "tee", "joined by process"},
		{"a process that no step had", outside.Alert{Container: billing[:12], Process: "ringer", Path: "/etc/cron.d/x"}, 30, all, "", "it matches no step"},
		{"before the step began", outside.Alert{Process: "cp"}, 3, all, "", "it matches no step"},
		{"an old alert that comes again", outside.Alert{Process: "tee", Time: after(-3600)}, 30, all, "", "it matches no step"},
		{"two steps that fit equally", outside.Alert{Process: "tee", Path: "/etc/cron.d/x"}, 30, []outside.Performed{tee, again}, "", "it matches tee and again equally (process, path)"},
		{"told apart by time", outside.Alert{Process: "tee", Time: after(10.5), Precision: time.Millisecond}, 30, []outside.Performed{tee, again}, "again", "joined by process, time"},
		{"told apart by the time of the arrival", outside.Alert{Process: "tee"}, 0.5, []outside.Performed{tee, again}, "tee", "joined by process"},
		{"too coarse a time", outside.Alert{Process: "tee", Time: after(0), Precision: 20 * time.Second}, 30, []outside.Performed{tee, again}, "", "it matches tee and again equally (process)"},
		{"a time between the two", outside.Alert{Process: "tee", Time: after(5)}, 30, []outside.Performed{again, tee}, "tee", "joined by process"},
		{"better evidence before time", outside.Alert{Process: "tee", Path: "/srv/y", Time: after(10.5)}, 30, []outside.Performed{again, step("other", 0, "/usr/bin/tee", "/srv/y")}, "other", "joined by process, path"},
		{"by host and time", outside.Alert{Host: "BILLING01"}, 12, []outside.Performed{tee}, "tee", "joined by host, time"},
		{"by time alone", outside.Alert{}, 12, []outside.Performed{tee}, "tee", "joined by time alone"},
		{"not by a time long after", outside.Alert{}, 40, []outside.Performed{tee}, "", "it matches no step"},
		{"not by time what says something else", outside.Alert{Path: "/elsewhere"}, 12, []outside.Performed{tee}, "", "it matches no step"},
		{"a scanner's file", outside.Alert{Step: "again", Path: "whatever"}, 30, []outside.Performed{tee, again}, "again", "joined by the file that was scanned"},
		{"a step that was not performed", outside.Alert{Process: "tee"}, 30, []outside.Performed{{Step: "skipped"}}, "", "it matches no step"},
		{"a number within the container", outside.Alert{Process: "tee", PID: 11}, 30, all, "tee", "joined by process"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.alert.ID, test.alert.Rule = "1", "R"
			is := joined(test.alert, test.at, test.steps...)
			assert.Equal(t, test.is, is.Step)
			assert.Equal(t, test.why, is.Why)
		})
	}
}

func TestOnlyAlertsOfItsRuleAreOfAProbe(t *testing.T) {
	t.Parallel()
	probe, tee := step("probe", 0, "/usr/bin/touch", "/tmp/probe"), step("tee", 0.5, "/usr/bin/tee", "/etc/cron.d/x")
	probe.Probe = true
	w := outside.Watch{Detector: outside.Detector{Name: "falco.host", Within: 30 * time.Second, Probe: "Probe"}, Arrivals: []outside.Arrival{
		{Alert: outside.Alert{ID: "1", Rule: "Cron"}, At: after(2)}, {Alert: outside.Alert{ID: "2", Rule: "Probe", Process: "touch"}, At: after(2)},
		{Alert: outside.Alert{ID: "3", Rule: "Probe", Process: "tee"}, At: after(2)},
	}}
	var of []string
	for _, j := range outside.Join(w, []outside.Performed{probe, tee}) {
		of = append(of, j.Step)
	}
	assert.Equal(t, []string{"tee", "probe", "tee"}, of)
}

// An alert made of what a step left is of that step, or ambiguous: never of another; and
// in whatever order the steps are given the answer is the same.
func TestAnAlertIsNeverOfAnotherStep(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test repeats itself
	programs, files := []string{"/usr/bin/tee", "/usr/bin/cp", "/usr/bin/rm"}, []string{"/etc/a", "/etc/b", "/srv/c"}
	certain := 0
	for range 3000 {
		var steps []outside.Performed
		for i := range 2 + random.IntN(4) {
			steps = append(steps, step(string(rune('a'+i)), float64(2*i), programs[random.IntN(3)], files[random.IntN(3)]))
		}
		of := steps[random.IntN(len(steps))]
		exec := of.Observations[3]
		alert := outside.Alert{ID: "1", Rule: "R"}
		for _, say := range []func(){
			func() { alert.Container = of.Host.Container[:12] },
			func() { alert.Process = exec.Path[len("/asset/root/usr/bin/"):] },
			func() { alert.Parent = "bash" },
			func() { alert.Path = exec.Argv[1] },
			func() { alert.Args = exec.Argv[0] + " " + exec.Argv[1] + " -v --a-long-option" },
			func() { alert.Time, alert.Precision = of.Began.Add(300*time.Millisecond), time.Millisecond },
		} {
			if random.IntN(2) == 0 {
				say()
			}
		}
		if alert.Container == "" && alert.Process == "" && alert.Parent == "" && alert.Path == "" && alert.Args == "" && alert.Time.IsZero() {
			continue
		}
		is := joined(alert, 20, steps...)
		if is.Step != "" {
			certain++
			require.Equal(t, of.Step, is.Step, "%+v", alert)
		} else if len(is.Fits) > 0 {
			require.Contains(t, is.Fits, of.Step)
		}
		random.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		again := joined(alert, 20, steps...)
		require.Equal(t, is.Step, again.Step)
		require.ElementsMatch(t, is.Fits, again.Fits)
	}
	assert.Greater(t, certain, 1000, "most of them can be told")
}
