package scenario_test

import (
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// vocabulary is a small one of the tests' own, so that they stay the same while
// the real one grows.
func vocabulary() scenario.Vocabulary {
	return scenario.Vocabulary{
		Behaviours: []behaviour.Behaviour{
			{
				About: behaviour.About{Name: "web_shell_drop", Technique: "T1505.003", Also: []string{"T1190", "T1034"}, Assets: []string{"exchange"}, Platform: effect.Windows},
				Arguments: []argument.Argument{
					{Name: "folder", Type: "string", Doc: "where the page goes", OneOf: []string{"owa_auth", "ecp_auth"}, Default: "owa_auth"},
					{Name: "name", Type: "string", Doc: "the page's file name", Like: "*.aspx", Default: "OutlookEN.aspx"},
				},
			},
			{
				About: behaviour.About{Name: "archive_collected", Technique: "T1560.001", Assets: []string{"billing", "exchange"}},
				Arguments: []argument.Argument{
					{Name: "tool", Type: "string", Doc: "what packs", OneOf: []string{"rar", "7z"}, Required: true},
					{Name: "volumes", Type: "number", Doc: "how many parts", Min: 1, Max: 9, Default: "1"},
					{Name: "keep", Type: "bool", Doc: "whether the sources stay", Default: "true"},
					{Name: "sources", Type: "list(string)", Doc: "what is packed", Like: "*.*", Default: "mail.pst"},
				},
			},
			{About: behaviour.About{Name: "log_clear", Technique: "T1685.005", Also: []string{"T1685"}, Assets: []string{"exchange"}}},
			{About: behaviour.About{Name: "voice_made", Technique: "T1683.002", Assets: []string{"exchange"}}},
		},
		Baselines: []behaviour.Baseline{{Name: "office_day", Assets: []string{"exchange"}}, {Name: "billing_run", Assets: []string{"billing"}}},
		Kinds: []asset.Kind{
			{Name: "exchange", Platform: effect.Windows, Hostname: "MAIL01"},
			{Name: "image", Platform: effect.Linux, Hostname: "app01"},
			{Name: "billing", Platform: effect.Linux, Hostname: "bill01", Services: []string{"postgresql"}},
		},
	}
}
