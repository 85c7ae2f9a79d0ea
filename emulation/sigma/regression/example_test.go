package regression_test

import (
	"fmt"
	"testing/fstest"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/regression"
)

// A data set must make its rule fire twice, but the recording has one such event.
func ExampleRun() {
	rules, _ := sigma.Parse("rule.yml", []byte(`title: Command prompt
id: 0f3d1d0e-6b6b-4a5e-9d34-2d2b1c0f7a11
logsource: {product: windows, category: process_creation}
detection: {selection: {Image|endswith: '\cmd.exe'}, condition: selection}
`))
	set, _ := sigma.Compile(rules)
	files := fstest.MapFS{
		"prompt/info.yml": {Data: []byte(`rule_metadata: [{id: 0f3d1d0e-6b6b-4a5e-9d34-2d2b1c0f7a11}]
regression_tests_info: [{name: two prompts, type: json, path: prompt/prompts.json, match_count: 2}]
`)},
		"prompt/prompts.json": {Data: []byte(`{"Image": "C:\\Windows\\System32\\cmd.exe"}`)},
	}
	sets, _ := regression.Load(files)
	for _, deviation := range regression.Run(set, files, sets[0]) {
		fmt.Println(deviation, deviation.Failed())
	}
	// Output:
	// prompt: two prompts: match count of rule 0f3d1d0e-6b6b-4a5e-9d34-2d2b1c0f7a11 is 1, expected 2 true
}
