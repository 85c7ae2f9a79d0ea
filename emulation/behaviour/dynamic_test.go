package behaviour_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// dynamicBlock is a block with its label, what it repeats, its iterator, and the path in it.
const dynamicBlock = `
dynamic %s {
  for_each = %s
  iterator = %s
  content {
    path    = %s
    content = inert("repeated")
  }
}
write {`

// What a block `dynamic` says, and what it repeats, is under the same bounds as what
// stands in a block.
func TestNoTextOfADynamicBlockLeavesTheAsset(t *testing.T) {
	t.Parallel()
	for _, on := range []effect.Platform{effect.Windows, effect.Linux} {
		file, place := everySpot()[0].file(on, ""), samplePath(on)
		require.Contains(t, file, "write {")
		with := func(label, repeats, iterator, path string) string {
			return strings.Replace(file, "write {", fmt.Sprintf(dynamicBlock, label, repeats, iterator, path), 1)
		}
		plans, problems := plannedLibrary("sample.hcl", with(`"write"`, `["a"]`, "each_path", place))
		require.Empty(t, problems)
		usual := planText(t, plans)
		var refused, performed int
		for _, text := range hostile {
			said := quoted(text, true)
			for _, library := range []string{
				with(`"write"`, "["+said+"]", "at", "at.value"), with(`"write"`, "{ ("+said+") = 1 }", "at", "at.key"), with(`"write"`, said, "at", place),
				with(`"write"`, `["a"]`, said, place), with(quoted(text, false), `["a"]`, "at", place),
			} {
				is := tried(t, on, library, usual, text, fmt.Sprintf("dynamic on %s: %.200q", on, text))
				refused, performed = refused+is.refused, performed+is.performed
			}
		}
		assert.Greater(t, refused, 10, on)
		assert.Positive(t, performed, on)
	}
}
