package scenario_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// evaluate returns what a scenario makes of an expression that is a string.
func evaluate(t *testing.T, expression string) string {
	t.Helper()
	text := "locals { title = \"x\" }\nscenario \"x\" { title = " + expression + " }\n"
	folder := fstest.MapFS{"main.hcl": &fstest.MapFile{Data: []byte(text)}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary}, folder, "main.hcl")
	require.Empty(t, problems, expression)
	return set.Scenarios[0].Title
}

// The functions that there are are those of the list, so each has an example.
func TestEveryFunctionReturnsWhatItsExampleSays(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var groups []string
	for _, f := range scenario.Functions() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			assert.NotEmpty(t, f.Doc)
			assert.Contains(t, f.Example, f.Name+"(")
			assert.Equal(t, evaluate(t, "jsonencode("+f.Result+")"), evaluate(t, "jsonencode("+f.Example+")"))
		})
		assert.False(t, seen[f.Name], f.Name)
		seen[f.Name] = true
		if len(groups) == 0 || groups[len(groups)-1] != f.Group {
			assert.NotContains(t, groups, f.Group, "the functions of a group stand together")
			groups = append(groups, f.Group)
		}
	}
	assert.True(t, slices.Contains(groups, "Strings"))
}

func TestExpressionsCombine(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ expr, want string }{
		{`join(",", [for n in range(3) : tostring(n)])`, "0,1,2"},
		{`contains(["a"], "a") ? "yes" : "no"`, "yes"},
		{`try(local.title.x, "no such")`, "no such"},
		{`"%{ for x in ["a", "b"] }<${x}>%{ endfor }"`, "<a><b>"},
	} {
		t.Run(tc.expr, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, evaluate(t, tc.expr))
		})
	}
}
