package telemetry_test

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// further are the acts that no behaviour does by default, only re-enacted
// recordings do.
func further(on effect.Platform) map[string]effect.StepPlan {
	if on == effect.Linux {
		return map[string]effect.StepPlan{"a connection": Endpoints("/usr/bin/curl"), "a query": doing("/usr/bin/dig", effect.Resolve{Name: "an.example"})}
	}
	const system32 = `C:\Windows\System32\`
	library := effect.Precondition{Path: `C:\ProgramData\tool.dll`, Content: artifact.Library(
		artifact.Resource{OriginalFileName: "tool.dll", Company: "A Maker"}, artifact.Signature{By: "A Maker", Status: "Valid"},
	)}
	driver := doing("System", effect.Load{Path: library.Path})
	driver.Preconditions = []effect.Precondition{library}
	mapped := doing(system32+"rundll32.exe", effect.Load{Path: library.Path})
	mapped.Preconditions = driver.Preconditions
	filter := artifact.WMIObject{Kind: "filter", Data: map[string]string{"EventNamespace": `root\cimv2`, "Name": "n", "Query": "select * from x"}}
	change := artifact.DirectoryChange{What: "password_reset", Data: map[string]string{"TargetUserName": "ops02"}}
	renamed := effect.Process{
		Image: `C:\ProgramData\ps.exe`, Args: []string{"ps.exe -Command Get-Process"}, Resource: &artifact.Resource{OriginalFileName: "PowerShell.EXE"},
	}
	return map[string]effect.StepPlan{
		"a connection":        Endpoints(system32 + "curl.exe"),
		"a query":             doing(system32+"nslookup.exe", effect.Resolve{Name: "an.example"}),
		"a driver":            driver,
		"a library":           mapped,
		"a pipe":              doing(system32+"svchost.exe", effect.Write{Path: artifact.PipeFolder + "x"}, effect.Append{Path: artifact.PipeFolder + "x", Content: []byte("x")}),
		"a stream":            doing(system32+"cmd.exe", effect.Write{Path: `C:\ProgramData\x.txt:hidden`, Content: []byte(artifact.Marker)}),
		"an access":           doing(system32+"taskmgr.exe", effect.Access{Target: effect.Process{Image: system32 + "lsass.exe", Args: []string{"lsass.exe"}}}),
		"a subscription":      doing(system32+`wbem\WmiPrvSE.exe`, effect.Write{Path: filter.Path(), Content: filter.Encode()}),
		"a directory's entry": doing(system32+"lsass.exe", effect.Append{Path: artifact.DirectoryChangesFile, Content: change.Encode()}),
		"a record of a log":   doing(system32+"svchost.exe", effect.Log{Channel: "Application", Record: artifact.LogRecord{Provider: "p", ID: 7, Data: map[string]string{"User": "x", "Detail": "y"}}}),
		"a renamed engine":    {Processes: []effect.Process{renamed}},
		"a share used by two accounts": {Processes: []effect.Process{
			share(`CARRIER\one`, "a.txt"), share(`CARRIER\two`, "b.txt"),
		}},
	}
}

func doing(image string, acts ...effect.Act) effect.StepPlan {
	return effect.StepPlan{Processes: []effect.Process{{Image: image, Args: []string{image}, Integrity: "High", Acts: acts}}}
}

// Endpoints has a program that was told of another host connect to it.
func Endpoints(program string) effect.StepPlan {
	const here = "127.1.0.2"
	plan := doing(program, effect.Connect{To: here, Port: 443})
	plan.Processes[0].Peers = []effect.Peer{{Loopback: here, Address: "203.0.113.9", Name: "away.example"}}
	return plan
}

func share(user, file string) effect.Process {
	return effect.Process{Image: "System", Args: []string{"System"}, User: user, Resident: true, Acts: []effect.Act{
		effect.Write{Path: `\\DC01\C$\` + file, Content: []byte(artifact.Marker)},
	}}
}
