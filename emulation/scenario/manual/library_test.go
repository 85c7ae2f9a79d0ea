package manual_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/functions/hostfunc"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
	"github.com/ringer-lab/ringer/scenarios"
)

// blocksOfLibraries are all blocks of a library, each once.
func blocksOfLibraries() []*behaviour.Block {
	seen := map[*behaviour.Block]bool{}
	var all []*behaviour.Block
	var add func([]*behaviour.Block)
	add = func(blocks []*behaviour.Block) {
		for _, block := range blocks {
			if seen[block] {
				continue
			}
			seen[block] = true
			all = append(all, block)
			if block.Blocks != nil {
				add(block.Blocks())
			}
		}
	}
	add(behaviour.Blocks())
	return all
}

// planned plans a behaviour that is written out, on one of ringer's hosts.
func planned(t *testing.T, host, text string) hcl.Diagnostics {
	t.Helper()
	kind, ok := scenarios.Library().Kind(host)
	require.True(t, ok)
	file, problems := behaviour.Parse("example.hcl", fmt.Appendf(nil, `behaviour "example" {
  platform = %s
  hosts    = [%q]
  summary  = "an example"
  source   = "none"
%s
}
`, kind.Platform, host, text))
	require.Empty(t, problems, text)
	library, problems := behaviour.ReadSource(behaviour.Source{Name: "test", Files: []*hcl.File{file}, Uses: []*behaviour.Library{scenarios.Library()}})
	if problems.HasErrors() {
		return problems
	}
	example, ok := library.Behaviour("example")
	require.True(t, ok, text)
	_, problems = example.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname}, nil)
	return append(problems, library.Check()...)
}

// What the manual shows of an act or a check can be planned as it stands there, on a host
// of one platform at least.
func TestEveryActAndCheckHasAnExampleThatIsPlanned(t *testing.T) {
	t.Parallel()
	document := manual.Markdown()
	count := 0
	for _, block := range blocksOfLibraries() {
		if !block.IsAct() && !block.IsCheck() {
			continue
		}
		count++
		example := manual.LibraryExample(block)
		assert.Contains(t, document, example)
		for _, attribute := range block.Attributes {
			if attribute.Required {
				assert.Contains(t, example, "\n  "+attribute.Name+" ", "%s must have %s", block.Name, attribute.Name)
			}
		}
		note := "write {\n path = %s\n content = inert(\"what it did\")\n}\n"
		var problems hcl.Diagnostics
		for host, paths := range map[string][2]string{"billing": {`"/usr/bin/example"`, `"/srv/app/other"`}, "workstation": {`"C:\\Windows\\example.exe"`, `"C:\\ProgramData\\other"`}} {
			inside, prove := example, ""
			if block.IsCheck() {
				inside, prove = "", "prove {\n"+example+"\n}\n"
			}
			found := planned(t, host, fmt.Sprintf("process \"example\" {\nimage = %s\n%s\n%s}\n%s", paths[0], inside, fmt.Sprintf(note, paths[1]), prove))
			if !found.HasErrors() {
				problems = nil
				break
			}
			problems = append(problems, found...)
		}
		assert.Empty(t, problems, "%s", example)
	}
	assert.Greater(t, count, 40)
}

func TestEveryFunctionOfALibraryHasAnExampleThatIsEvaluated(t *testing.T) {
	t.Parallel()
	document, examples := manual.Markdown(), manual.FunctionExamples()
	for _, f := range hostfunc.All() {
		example, ok := examples[f.Name]
		require.True(t, ok, f.Name)
		assert.True(t, strings.HasPrefix(example, f.Name+"("), example)
		assert.Contains(t, document, "Such as `"+example+"`.")
		assert.Empty(t, planned(t, "billing", "locals {\n value = "+example+"\n}\nprocess \"example\" {\nimage = \"/usr/bin/example\"\nwrite {\npath = \"/srv/x\"\ncontent = inert(jsonencode(local.value))\n}\n}\n"), example)
	}
	assert.Len(t, examples, len(hostfunc.All()))
}
