package block_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/functions"
)

type note struct {
	Path string `arg:"path" doc:"where it is" form:"path" max:"20"`
	Days int    `arg:"days" doc:"its age" min:"0" max:"9" default:"1"`
}

var (
	noteBlock = &block.Block{Name: "note", Attributes: argument.Of[note](), Repeats: true}
	fileBlock = &block.Block{Name: "file", Blocks: func() []*block.Block { return []*block.Block{noteBlock} }}
)

// notes evaluates the blocks of a text. It returns the notes, and what is wrong.
func notes(t *testing.T, text string) (all []note, details []string) {
	t.Helper()
	file, problems := hclsyntax.ParseConfig([]byte(text), "a.hcl", hcl.InitialPos)
	require.False(t, problems.HasErrors(), problems)
	e := block.Evaluator{Platform: effect.Linux, Read: &block.Cache{}}
	ctx := &hcl.EvalContext{Functions: functions.Table()}
	for one := range e.Each(e.Content(file.Body, fileBlock).Blocks, fileBlock, ctx) {
		var says note
		if e.Fill(&says, one) {
			all = append(all, says)
		}
	}
	for _, problem := range e.Diagnostics() {
		details = append(details, fmt.Sprintf("%d: %s", problem.Subject.Start.Line, problem.Detail))
	}
	return all, details
}

func TestABlockIsThereAsOftenAsItSays(t *testing.T) {
	t.Parallel()
	all, problems := notes(t, `
note {
  path = "/a"
  days = null
}
note {
  when = 1 > 2
  path = "/never"
}
note {
  for_each = { b = 2, c = 3 }
  when     = each.key != "b"
  path     = "/${each.key}"
  days     = each.value
}
dynamic "note" {
  for_each = ["d", "e"]
  iterator = it
  content {
    path = "/${it.value}"
    days = it.key
  }
}
`)
	assert.Empty(t, problems)
	assert.Equal(t, []note{{"/a", 1}, {"/c", 3}, {"/d", 0}, {"/e", 1}}, all)
}

func TestWhatIsWrongInABlockIsToldAtItsPlace(t *testing.T) {
	t.Parallel()
	all, problems := notes(t, `
note {
  path = "../a"
}
note {
  days = 2
}
note {
  path = "/b"
  day  = 2
}
note {
  for_each = 3
  path     = "/c"
}
dynamic "page" {
  for_each = ["d"]
  content {}
}
`)
	assert.Equal(t, []note{{"/b", 1}}, all)
	assert.Equal(t, []string{
		`3: "path": "../a" must be a path on the asset (locate "../a": expected an absolute path).`,
		`5: This note must have "path": where it is.`,
		`10: An argument named "day" is not expected here. Did you mean "days"?`,
		`13: "for_each" is a number; expected a list, a set or an object.`,
		`16: It must name a block that may be repeated here, and have one block "content".`,
	}, problems)
}
