package variant_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/variant"
)

// typed has somebody start a program in a shell that is open already.
func typed(image string, args ...string) effect.Plan {
	return effect.Plan{Do: []effect.Process{{Image: "/usr/bin/bash", Args: []string{"-bash"}, Resident: true, Acts: []effect.Act{
		effect.Run{Process: effect.Process{Image: image, Args: args}},
	}}}}
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
		{"long_options", "/usr/bin/tar", []string{"tar", "-czf", "a.tgz", "-C", "/srv", "."}, "tar --create --gzip --file a.tgz --directory /srv ."},
		{"long_options", "/usr/bin/rm", []string{"rm", "--force", "a"}, "rm -f a"},
		{"long_options", `C:\Windows\System32\whoami.exe`, []string{"whoami /all"}, ""},
		{"upper_case", `C:\Windows\System32\net.exe`, []string{`net user Standin-1 /add`}, `NET user Standin-1 /ADD`},
		{"mixed_case", `C:\t\rar.exe`, []string{`rar a -hpStandin C:\x.rar`}, `rAr a -hpStandin c:\X.rAr`},
		{"extra_quotes", `C:\Windows\System32\schtasks.exe`, []string{tasks}, `"schtasks.exe" /cr""eate /tn "a b" /sc ons""tart /f`},
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

// A later step, which deletes the tool, finds it under its new name.
func TestALaterStepFindsWhatAnEarlierOneMoved(t *testing.T) {
	t.Parallel()
	renamed := variant.All()[0]
	_, moves, _ := renamed.Alter(typed(`C:\PerfLogs\tt.exe`, "tt.exe"), effect.Windows, nil)
	later := effect.Plan{Do: []effect.Process{{
		Image: `C:\Windows\explorer.exe`, Args: []string{"explorer"}, Resident: true, Acts: []effect.Act{effect.Remove{Path: `C:\PerfLogs\tt.exe`}},
	}}}
	altered, _, ok := renamed.Alter(later, effect.Windows, moves)
	assert.True(t, ok)
	assert.Equal(t, []string{`C:\PerfLogs\updater.exe`}, altered.Touches())
	_, _, ok = renamed.Alter(later, effect.Windows, nil)
	assert.False(t, ok)
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
		_, _, ok := alteration.Alter(plan, effect.Windows, nil)
		assert.False(t, ok, alteration.Name)
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
	for _, one := range variant.All() {
		if one.Name == name {
			altered, _, ok := one.Alter(plan, persona, nil)
			return altered, ok
		}
	}
	require.Fail(t, "no alteration "+name)
	return effect.Plan{}, false
}
