package variant_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/variant"
)

// typed has somebody start a program in a shell that is open already.
func typed(image string, args ...string) effect.Plan {
	return resident("/usr/bin/bash", effect.Run{Process: effect.Process{Image: image, Args: args}})
}

// resident has a program act that had been running.
func resident(image string, act effect.Act) effect.Plan {
	return effect.Plan{Do: []effect.Process{{Image: image, Args: []string{image}, Resident: true, Acts: []effect.Act{act}}}}
}

func TestALineIsTypedOtherwise(t *testing.T) {
	t.Parallel()
	const tasks = `schtasks.exe /create /tn "a b" /sc onstart /f`
	for _, tt := range []struct {
		alteration, image string
		args              []string
		want              string // empty where it does not apply
	}{
		{"renamed_program", `C:\Windows\System32\whoami.exe`, []string{"whoami /all"}, "updater /all"},
		{"renamed_program", `C:\a b\rar.exe`, []string{`"C:\a b\rar.exe" a x`}, `"C:\a b\updater.exe" a x`},
		{"renamed_program", "/usr/bin/tar", []string{"tar", "-czf", "a"}, "updater -czf a"},
		{"moved_program", `C:\Windows\System32\whoami.exe`, []string{"whoami"}, `C:\Users\Public\whoami.exe`},
		{"moved_program", "/usr/bin/tar", []string{"tar", "-c"}, "/var/tmp/tar -c"},
		{"reordered_flags", `C:\Windows\System32\schtasks.exe`, []string{tasks}, `schtasks.exe /f /sc onstart /tn "a b" /create`},
		{"reordered_flags", `C:\Windows\System32\sc.exe`, []string{`sc create x binPath= "C:\x y" start= auto`}, `sc create x start= auto binPath= "C:\x y"`},
		{"reordered_flags", `C:\t\rar.exe`, []string{`rar a -r -m5 C:\x.rar C:\*.csv`}, `rar a -m5 -r C:\x.rar C:\*.csv`},
		{"reordered_flags", "/usr/bin/tar", []string{"tar", "-czf", "a.tgz", "-C", "/srv", "."}, "tar -C /srv -czf a.tgz ."},
		{"reordered_flags", "/usr/bin/mkdir", []string{"mkdir", "-p", "/srv/a"}, ""},
		{"reordered_flags", `C:\Windows\System32\cmd.exe`, []string{"cmd /s /c dir"}, ""},
		{"other_switch", `C:\Windows\System32\whoami.exe`, []string{"whoami /all"}, "whoami -all"},
		{"other_switch", `C:\Windows\System32\net.exe`, []string{"net user /domain"}, ""},
		{"other_switch", `C:\Windows\System32\reg.exe`, []string{`reg query "HKLM\a b" /s`}, `reg query "HKLM\a b" -s`},
		{"other_switch", `C:\Windows\System32\nltest.exe`, []string{"nltest /dclist:carrier"}, ""},
		{"long_options", "/usr/bin/tar", []string{"tar", "-czf", "a.tgz", "-C", "/srv", "."}, "tar --create --gzip --file a.tgz --directory /srv ."},
		{"long_options", "/usr/bin/rm", []string{"rm", "--force", "a"}, "rm -f a"},
		{"long_options", `C:\Windows\System32\whoami.exe`, []string{"whoami /all"}, ""},
		{"upper_case", `C:\Windows\System32\net.exe`, []string{`net user Standin-1 /add`}, `NET user Standin-1 /ADD`},
		{"mixed_case", `C:\t\rar.exe`, []string{`rar a -hpStandin C:\x.rar`}, `rAr a -hpStandin c:\X.rAr`},
		{"extra_quotes", `C:\Windows\System32\schtasks.exe`, []string{tasks}, `"schtasks.exe" /cr""eate /tn "a b" /sc ons""tart /f`},
		{"extra_quotes", `C:\t\rar.exe`, []string{`rar a -hpStandin C:\x.rar`}, `"rar" a -hpStandin C:\x.rar`},
		{"mixed_case", `C:\Windows\System32\PING.EXE`, []string{"ping -n 1 -S 10.0.0.1"}, "pInG -n 1 -S 10.0.0.1"},
		{"extra_blanks", `C:\Windows\System32\net.exe`, []string{`net user "a b"`}, `net  user  "a b"`},
		{"extra_blanks", "/usr/bin/tar", []string{"tar", "-c"}, ""},
	} {
		t.Run(tt.alteration+" "+strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			altered, ok := alter(t, tt.alteration, typed(tt.image, tt.args...))
			require.Equal(t, tt.want != "", ok)
			if ok {
				assert.Equal(t, tt.want, strings.Join(altered.Processes()[1].Args, " "))
			}
		})
	}
}

func TestARenamedProgramKeepsItsVersionResource(t *testing.T) {
	t.Parallel()
	altered, _ := alter(t, "renamed_program", typed(`C:\Windows\System32\whoami.exe`, "whoami"))
	process := altered.Processes()[1]
	assert.Equal(t, `C:\Windows\System32\updater.exe`, process.Image)
	assert.Equal(t, "whoami.exe", process.Resource.OriginalFileName)
}

// What a plan brings along is renamed wherever it is named.
func TestABroughtProgramIsRenamedEverywhere(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\PerfLogs\tt.exe`, `C:\PerfLogs\tt.exe x`)
	plan.Do[0].Acts = append([]effect.Act{effect.Write{Path: `C:\PerfLogs\tt.exe`, Content: []byte("x")}}, plan.Do[0].Acts...)
	plan.Prove = []effect.Check{effect.Holds{Path: `C:\PerfLogs\tt.exe`, Content: []byte("x")}}
	altered, _ := alter(t, "renamed_program", plan)
	assert.Equal(t, []string{`C:\PerfLogs\updater.exe`}, altered.Touches())
	assert.Equal(t, effect.Holds{Path: `C:\PerfLogs\updater.exe`, Content: []byte("x")}, altered.Prove[0])
}

// A later step, which deletes the tool, finds it under its new name; and no two
// tools of a host get the same.
func TestALaterStepFindsWhatAnEarlierOneMoved(t *testing.T) {
	t.Parallel()
	later := resident(`C:\Windows\explorer.exe`, effect.Remove{Path: `C:\PerfLogs\tt.exe`})
	renamed := variant.All()[0]
	altered := renamed.Alter([]effect.Plan{typed(`C:\PerfLogs\tt.exe`, "tt.exe"), typed(`C:\PerfLogs\f.exe`, "f.exe"), later}, effect.Windows)
	assert.Equal(t, `C:\PerfLogs\updater2.exe`, altered[1].Processes()[1].Image)
	assert.Equal(t, []string{`C:\PerfLogs\updater.exe`}, altered[2].Touches())
	assert.Equal(t, []effect.Plan{later}, renamed.Alter([]effect.Plan{later}, effect.Windows))
}

// A task is registered for a program that is put there a year later: both name
// the same place, whichever it is.
func TestAnEarlierStepNamesWhatALaterOneMoves(t *testing.T) {
	t.Parallel()
	task := typed(`C:\Windows\System32\schtasks.exe`, `schtasks /create /tn "a b" /tr C:\ProgramData\x\y.exe`)
	start := resident(`C:\Windows\System32\svchost.exe`, effect.Write{Path: `C:\ProgramData\x\y.exe`})
	altered := named(t, "moved_files").Alter([]effect.Plan{task, start}, effect.Windows)
	assert.Equal(t, []string{`schtasks /create /tn "a b" /tr C:\Users\Public\x\y.exe`}, altered[0].Processes()[1].Args)
	assert.Equal(t, []string{`C:\Users\Public\x\y.exe`}, altered[1].Touches())
}

// A program that has gone without its library side-loads nothing.
func TestALibraryGoesWithItsProgram(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\ProgramData\x\y.exe`, "y.exe")
	run := plan.Do[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Load{Path: `C:\ProgramData\x\z.dll`}, effect.Load{Path: `C:\Windows\System32\k.dll`}}
	plan.Do[0].Acts[0] = run
	altered, _ := alter(t, "moved_program", plan)
	assert.Equal(t, `C:\Users\Public\y.exe`, altered.Processes()[1].Image)
	assert.Equal(t, []effect.Act{effect.Load{Path: `C:\Users\Public\z.dll`}, effect.Load{Path: `C:\Windows\System32\k.dll`}}, altered.Processes()[1].Acts)
}

func TestWhatWorksOnlyWhereItIsStaysThere(t *testing.T) {
	t.Parallel()
	as := func(user string, plan effect.Plan) effect.Plan {
		run := plan.Do[0].Acts[0].(effect.Run)
		run.Process.User = user
		plan.Do[0].Acts[0] = run
		return plan
	}
	for _, tt := range []struct {
		name string
		plan effect.Plan
		want bool
	}{
		{"a copy of crontab lends no group", as("mediation", typed("/usr/bin/crontab", "crontab", "/var/tmp/x")), false},
		{"the administrator needs none", as("root", typed("/usr/bin/crontab", "crontab", "/var/tmp/x")), true},
		{"an installed program", typed(`C:\Program Files\x\y.exe`, "y.exe"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, name := range []string{"renamed_program", "moved_program"} {
				_, ok := alter(t, name, tt.plan)
				assert.Equal(t, tt.want, ok, name)
			}
		})
	}
}

// A database server that is asked to start a program has the C library start a
// shell for it: which, nobody is asked.
func TestTheShellOfTheCLibraryIsNotChosen(t *testing.T) {
	t.Parallel()
	plan := typed("/usr/bin/dash", "sh", "-c", "gzip > /tmp/x")
	plan.Do[0].Image = "/usr/lib/postgresql/15/bin/postgres"
	run := plan.Do[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/usr/bin/gzip", Args: []string{"gzip"}}}}
	plan.Do[0].Acts[0] = run
	altered, _ := alter(t, "renamed_program", plan)
	assert.Equal(t, []string{"/usr/bin/dash", "/usr/bin/updater"}, []string{altered.Processes()[1].Image, altered.Processes()[2].Image})
	assert.Equal(t, []string{"sh", "-c", "updater > /tmp/x"}, altered.Processes()[1].Args)
}

func TestFilesMoveWithAllThatNamesThem(t *testing.T) {
	t.Parallel()
	plan := typed("/usr/bin/tar", "tar", "-cf", "/var/tmp/.x/a", "/var/tmpfile")
	plan.Do[0].Acts = append(plan.Do[0].Acts, effect.Write{Path: "/var/tmp/.x/a", Content: []byte("see /var/tmp/.x")}, effect.Write{Path: "/etc/cron.d/a"})
	altered, ok := alter(t, "moved_files", plan)
	require.True(t, ok)
	assert.Equal(t, []string{"tar", "-cf", "/dev/shm/.x/a", "/var/tmpfile"}, altered.Processes()[1].Args)
	assert.Equal(t, []string{"/dev/shm/.x/a", "/etc/cron.d/a"}, altered.Touches())
	assert.Equal(t, "see /dev/shm/.x", string(altered.Do[0].Acts[1].(effect.Write).Content))
}

// What another program starts of itself is not for the actor to choose.
func TestOnlyWhatTheActorStartsIsAltered(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\Windows\System32\net.exe`, "net user /domain")
	run := plan.Do[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: `C:\Windows\System32\net1.exe`, Args: []string{`C:\Windows\system32\net1 user /domain`}}}}
	plan.Do[0].Acts[0] = run
	altered, _ := alter(t, "renamed_program", plan)
	assert.Equal(t, `C:\Windows\System32\net1.exe`, altered.Processes()[2].Image)
	altered, _ = alter(t, "upper_case", plan)
	assert.Equal(t, []string{`C:\Windows\system32\net1 user /DOMAIN`}, altered.Processes()[2].Args, "it is given what its parent was given")
}

// What a task or service starts has been written down before.
func TestWhatWasRegisteredIsNotAltered(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\ProgramData\x.exe`, "x.exe -a -b")
	plan.Do[0].Image = `C:\Windows\System32\svchost.exe`
	for _, alteration := range variant.All() {
		assert.Equal(t, []effect.Plan{plan}, alteration.Alter([]effect.Plan{plan}, effect.Windows), alteration.Name)
	}
}

func TestAShellIsGivenTheNewCommand(t *testing.T) {
	t.Parallel()
	plan := typed("/usr/bin/dash", "sh", "-c", "id;touch -r /a /b")
	run := plan.Do[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/usr/bin/touch", Args: []string{"touch", "-r", "/a", "/b"}}}}
	plan.Do[0].Acts[0] = run
	altered, _ := alter(t, "long_options", plan)
	assert.Equal(t, []string{"sh", "-c", "id;touch --reference /a /b"}, altered.Processes()[1].Args)
}

func alter(t *testing.T, name string, plan effect.Plan) (effect.Plan, bool) {
	t.Helper()
	persona := effect.Linux
	if strings.Contains(plan.Processes()[1].Image, `\`) {
		persona = effect.Windows
	}
	altered := named(t, name).Alter([]effect.Plan{plan}, persona)[0]
	return altered, !reflect.DeepEqual(plan, altered)
}

func named(t *testing.T, name string) variant.Alteration {
	t.Helper()
	for _, one := range variant.All() {
		if one.Name == name {
			return one
		}
	}
	require.Fail(t, "no alteration "+name)
	return variant.Alteration{}
}
