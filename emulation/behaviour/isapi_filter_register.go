package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[isapiFilterRegister](About{
	Name:      "isapi_filter_register",
	Technique: "T1505.004",
	Also:      []string{"T1036.005"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"exchange"},
	Platform:  effect.Windows,
	Phase:     "persistence",
	Summary:   "an inert library named as the authentication filter of Outlook on the web is entered in the synthetic configuration of IIS and mapped by the worker's stand-in",
	Footprint: "a library in a neighbouring bin folder, appcmd.exe started, the configuration written by it, 29 in the configuration log of IIS, the library mapped by w3wp.exe; the worker's note of it",
	Undo:      "put the configuration back, delete library and note",
	Source:    "ATT&CK v18.1 S0072 (OwaAuth, exclusive to G0027) T1505.004, T1036.005; Cybereason 2021 cluster C compares its OWA backdoor with Iron Tiger's. G0027 itself does not list T1505.004.",
})

type isapiFilterRegister struct {
	Name    string `arg:"name" doc:"the filter's name" like:"*" default:"Exchange OWA Cookie Authentication Filter"`
	Library string `arg:"library" doc:"the library's name" like:"*.dll" default:"owaauth.dll"`
}

// Plan enters a filter, which is no module: rules know the modules of IIS only.
func (i isapiFilterRegister) Plan(on asset.Host) effect.StepPlan {
	const folder = asset.ExchangeFolder + `ClientAccess\Owa\bin\`
	library := effect.Write{Path: folder + i.Library, Content: artifact.Library(artifact.Resource{}, artifact.Signature{})}
	settings := effect.Write{Path: artifact.WebSettingsFile, Content: append(append([]byte{}, on.Content(artifact.WebSettingsFile)...),
		artifact.WebSetting{Name: artifact.FilterSetting(i.Name, "path"), Value: library.Path}.Encode()...)}
	load := effect.Load{Path: library.Path, Record: folder + `mapped.txt`}

	line := `appcmd.exe set config "Default Web Site" /section:isapiFilters "/+[name='` + i.Name + `',path='` + library.Path + `',enabled='true']"`
	shell := windowsShell(on)
	shell.Acts = []effect.Act{library, effect.Run{Process: windowsProgram(system32+`inetsrv\appcmd.exe`, line, settings)}}
	return effect.StepPlan{
		Processes: []effect.Process{shell, outlookWorker(on, load)},
		Checks: []effect.Check{
			effect.ContentIs{Path: library.Path, Content: library.Content},
			effect.ContentIs{Path: settings.Path, Content: settings.Content},
			effect.ContentIs{Path: load.Record, Content: load.Recorded(library.Content)},
		},
	}
}
