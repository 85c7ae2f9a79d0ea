package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// system32 is the folder of Windows' own programs.
const system32 = artifact.System32

// windowsProgram is a program started with a command line, to the letter as it
// was typed.
func windowsProgram(image, line string, acts ...effect.Act) effect.Process {
	return effect.Process{Image: image, Args: []string{line}, Dir: `C:\Windows\System32`, Acts: acts}
}

// windowsShell is an administrator's command prompt, open already, in which
// programs are started one after the other.
func windowsShell(on asset.Host, typed ...effect.Process) effect.Process {
	return asResident(windowsProgram(system32+"cmd.exe", `"C:\Windows\system32\cmd.exe"`, started(typed)...), on.Account("admin"))
}

// taskScheduler is the service host that keeps the tasks: it, not schtasks.exe,
// writes their files and keys.
func taskScheduler(acts ...effect.Act) effect.Process {
	return asResident(windowsProgram(system32+"svchost.exe", `C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`, acts...), asset.WindowsSystem)
}

// serviceControl is the service control manager: it, not sc.exe, writes the
// services' keys and starts them.
func serviceControl(acts ...effect.Act) effect.Process {
	return asResident(windowsProgram(system32+"services.exe", `C:\Windows\system32\services.exe`, acts...), asset.WindowsSystem)
}

// outlookWorker is the IIS worker process of Outlook on the web.
func outlookWorker(on asset.Host, acts ...effect.Act) effect.Process {
	return poolWorker("MSExchangeOWAAppPool", on.Account("service"), acts...)
}

// poolWorker is an IIS worker process of an Exchange application pool.
func poolWorker(pool, user string, acts ...effect.Act) effect.Process {
	line := `c:\windows\system32\inetsrv\w3wp.exe -ap "` + pool + `" -v "v4.0" -c "` + asset.ExchangeFolder +
		`bin\GenericAppPoolConfigWithGCServerEnabledFalse.config" -a \\.\pipe\iisipm5f1d2c60-7a1e-4b0f-9c55-2f6d1f6f2a11 -h "C:\inetpub\temp\apppools\` +
		pool + `\` + pool + `.config" -w "" -m 0`
	worker := asResident(windowsProgram(system32+`inetsrv\w3wp.exe`, line, acts...), user)
	worker.Dir = `C:\Windows\System32\inetsrv`
	return worker
}

func asResident(p effect.Process, user string) effect.Process {
	p.Resident, p.User = true, user
	return p
}

func started(children []effect.Process) []effect.Act {
	acts := make([]effect.Act, len(children))
	for i, child := range children {
		acts[i] = effect.Run{Process: child}
	}
	return acts
}
