package evasion_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
)

// typed has somebody start a program in a shell that is open already.
func typed(image string, args ...string) effect.StepPlan {
	return resident("/usr/bin/bash", effect.Run{Process: effect.Process{Image: image, Args: args}})
}

// resident has a program act that had been running.
func resident(image string, act effect.Act) effect.StepPlan {
	return effect.StepPlan{Processes: []effect.Process{{Image: image, Args: []string{image}, Resident: true, Acts: []effect.Act{act}}}}
}

func TestALineIsTypedOtherwise(t *testing.T) {
	t.Parallel()
	const tasks = `schtasks.exe /create /tn "a b" /sc onstart /f`
	for _, tt := range []struct {
		mutation, image string
		args            []string
		want            string // empty where it does not apply
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
		t.Run(tt.mutation+" "+strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			mutated, ok := mutate(t, tt.mutation, typed(tt.image, tt.args...))
			require.Equal(t, tt.want != "", ok)
			if ok {
				assert.Equal(t, tt.want, strings.Join(mutated.AllProcesses()[1].Args, " "))
			}
		})
	}
}

func TestARenamedProgramKeepsItsVersionResource(t *testing.T) {
	t.Parallel()
	mutated, _ := mutate(t, "renamed_program", typed(`C:\Windows\System32\whoami.exe`, "whoami"))
	process := mutated.AllProcesses()[1]
	assert.Equal(t, `C:\Windows\System32\updater.exe`, process.Image)
	assert.Equal(t, "whoami.exe", process.Resource.OriginalFileName)
}

// What a plan brings along is renamed wherever it is named.
func TestABroughtProgramIsRenamedEverywhere(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\PerfLogs\tt.exe`, `C:\PerfLogs\tt.exe x`)
	plan.Processes[0].Acts = append([]effect.Act{effect.Write{Path: `C:\PerfLogs\tt.exe`, Content: []byte("x")}}, plan.Processes[0].Acts...)
	plan.Checks = []effect.Check{effect.ContentIs{Path: `C:\PerfLogs\tt.exe`, Content: []byte("x")}}
	mutated, _ := mutate(t, "renamed_program", plan)
	assert.Equal(t, []string{`C:\PerfLogs\updater.exe`}, mutated.Touches())
	assert.Equal(t, effect.ContentIs{Path: `C:\PerfLogs\updater.exe`, Content: []byte("x")}, mutated.Checks[0])
}

// A later step, which deletes the tool, finds it under its new name; and no two
// tools of a host get the same.
func TestALaterStepFindsWhatAnEarlierOneMoved(t *testing.T) {
	t.Parallel()
	later := resident(`C:\Windows\explorer.exe`, effect.Remove{Path: `C:\PerfLogs\tt.exe`})
	renamed := evasion.All()[0]
	mutated := renamed.Apply([]effect.StepPlan{typed(`C:\PerfLogs\tt.exe`, "tt.exe"), typed(`C:\PerfLogs\f.exe`, "f.exe"), later}, effect.Windows)
	assert.Equal(t, `C:\PerfLogs\updater2.exe`, mutated[1].AllProcesses()[1].Image)
	assert.Equal(t, []string{`C:\PerfLogs\updater.exe`}, mutated[2].Touches())
	assert.Equal(t, []effect.StepPlan{later}, renamed.Apply([]effect.StepPlan{later}, effect.Windows))
}

// A task is registered for a program that is put there a year later: both name
// the same place, whichever it is.
func TestAnEarlierStepNamesWhatALaterOneMoves(t *testing.T) {
	t.Parallel()
	task := typed(`C:\Windows\System32\schtasks.exe`, `schtasks /create /tn "a b" /tr C:\ProgramData\x\y.exe`)
	start := resident(`C:\Windows\System32\svchost.exe`, effect.Write{Path: `C:\ProgramData\x\y.exe`})
	mutated := named(t, "moved_files").Apply([]effect.StepPlan{task, start}, effect.Windows)
	assert.Equal(t, []string{`schtasks /create /tn "a b" /tr C:\Users\Public\x\y.exe`}, mutated[0].AllProcesses()[1].Args)
	assert.Equal(t, []string{`C:\Users\Public\x\y.exe`}, mutated[1].Touches())
}

// A program that has gone without its library side-loads nothing.
func TestALibraryGoesWithItsProgram(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\ProgramData\x\y.exe`, "y.exe")
	run := plan.Processes[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Load{Path: `C:\ProgramData\x\z.dll`}, effect.Load{Path: `C:\Windows\System32\k.dll`}}
	plan.Processes[0].Acts[0] = run
	mutated, _ := mutate(t, "moved_program", plan)
	assert.Equal(t, `C:\Users\Public\y.exe`, mutated.AllProcesses()[1].Image)
	assert.Equal(t, []effect.Act{effect.Load{Path: `C:\Users\Public\z.dll`}, effect.Load{Path: `C:\Windows\System32\k.dll`}}, mutated.AllProcesses()[1].Acts)
}

func TestWhatWorksOnlyWhereItIsStaysThere(t *testing.T) {
	t.Parallel()
	as := func(user string, plan effect.StepPlan) effect.StepPlan {
		run := plan.Processes[0].Acts[0].(effect.Run)
		run.Process.User = user
		plan.Processes[0].Acts[0] = run
		return plan
	}
	for _, tt := range []struct {
		name string
		plan effect.StepPlan
		want bool
	}{
		{"a copy of crontab lends no group", as("mediation", typed("/usr/bin/crontab", "crontab", "/var/tmp/x")), false},
		{"the administrator needs none", as("root", typed("/usr/bin/crontab", "crontab", "/var/tmp/x")), true},
		{"an installed program", typed(`C:\Program Files\x\y.exe`, "y.exe"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, name := range []string{"renamed_program", "moved_program"} {
				_, ok := mutate(t, name, tt.plan)
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
	plan.Processes[0].Image = "/usr/lib/postgresql/15/bin/postgres"
	run := plan.Processes[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/usr/bin/gzip", Args: []string{"gzip"}}}}
	plan.Processes[0].Acts[0] = run
	mutated, _ := mutate(t, "renamed_program", plan)
	assert.Equal(t, []string{"/usr/bin/dash", "/usr/bin/updater"}, []string{mutated.AllProcesses()[1].Image, mutated.AllProcesses()[2].Image})
	assert.Equal(t, []string{"sh", "-c", "updater > /tmp/x"}, mutated.AllProcesses()[1].Args)
}

func TestFilesMoveWithAllThatNamesThem(t *testing.T) {
	t.Parallel()
	plan := typed("/usr/bin/tar", "tar", "-cf", "/var/tmp/.x/a", "/var/tmpfile")
	plan.Processes[0].Acts = append(plan.Processes[0].Acts, effect.Write{Path: "/var/tmp/.x/a", Content: []byte("see /var/tmp/.x")}, effect.Write{Path: "/etc/cron.d/a"})
	mutated, ok := mutate(t, "moved_files", plan)
	require.True(t, ok)
	assert.Equal(t, []string{"tar", "-cf", "/dev/shm/.x/a", "/var/tmpfile"}, mutated.AllProcesses()[1].Args)
	assert.Equal(t, []string{"/dev/shm/.x/a", "/etc/cron.d/a"}, mutated.Touches())
	assert.Equal(t, "see /dev/shm/.x", string(mutated.Processes[0].Acts[1].(effect.Write).Content))
}

// What another program starts of itself is not for the actor to choose.
func TestOnlyWhatTheActorStartsIsMutated(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\Windows\System32\net.exe`, "net user /domain")
	run := plan.Processes[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: `C:\Windows\System32\net1.exe`, Args: []string{`C:\Windows\system32\net1 user /domain`}}}}
	plan.Processes[0].Acts[0] = run
	mutated, _ := mutate(t, "renamed_program", plan)
	assert.Equal(t, `C:\Windows\System32\net1.exe`, mutated.AllProcesses()[2].Image)
	mutated, _ = mutate(t, "upper_case", plan)
	assert.Equal(t, []string{`C:\Windows\system32\net1 user /DOMAIN`}, mutated.AllProcesses()[2].Args, "it is given what its parent was given")
}

// What a task or service starts has been written down before.
func TestWhatWasRegisteredIsNotMutated(t *testing.T) {
	t.Parallel()
	plan := typed(`C:\ProgramData\x.exe`, "x.exe -a -b")
	plan.Processes[0].Image = `C:\Windows\System32\svchost.exe`
	for _, mutation := range evasion.All() {
		assert.Equal(t, []effect.StepPlan{plan}, mutation.Apply([]effect.StepPlan{plan}, effect.Windows), mutation.Name)
	}
}

func TestAShellIsGivenTheNewCommand(t *testing.T) {
	t.Parallel()
	plan := typed("/usr/bin/dash", "sh", "-c", "id;touch -r /a /b")
	run := plan.Processes[0].Acts[0].(effect.Run)
	run.Process.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/usr/bin/touch", Args: []string{"touch", "-r", "/a", "/b"}}}}
	plan.Processes[0].Acts[0] = run
	mutated, _ := mutate(t, "long_options", plan)
	assert.Equal(t, []string{"sh", "-c", "id;touch --reference /a /b"}, mutated.AllProcesses()[1].Args)
}

func mutate(t *testing.T, name string, plan effect.StepPlan) (effect.StepPlan, bool) {
	t.Helper()
	platform := effect.Linux
	if strings.Contains(plan.AllProcesses()[1].Image, `\`) {
		platform = effect.Windows
	}
	mutated := named(t, name).Apply([]effect.StepPlan{plan}, platform)[0]
	return mutated, !reflect.DeepEqual(plan, mutated)
}

func named(t *testing.T, name string) evasion.Mutation {
	t.Helper()
	for _, mutation := range evasion.All() {
		if mutation.Name == name {
			return mutation
		}
	}
	require.Fail(t, "no mutation "+name)
	return evasion.Mutation{}
}
