package scenario_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

func TestFunctions(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ expr, want string }{
		{`upper("a")`, "A"},
		{`lower("A")`, "a"},
		{`format("%s-%02d", "x", 7)`, "x-07"},
		{`join(",", split("-", "a-b"))`, "a,b"},
		{`tostring(length(concat([1], [2, 3])))`, "3"},
		{`contains(["a"], "a") ? "yes" : "no"`, "yes"},
		{`join(",", keys({ b = 1, a = 2 }))`, "a,b"},
		{`join(",", values({ b = "1", a = "2" }))`, "2,1"},
		{`merge({ a = "1" }, { a = "2" }).a`, "2"},
		{`join(",", [for n in range(3) : tostring(n)])`, "0,1,2"},
		{`join(",", tolist(toset(["b", "a", "b"])))`, "a,b"},
		{`tostring(tonumber("5") + 1)`, "6"},
		{`replace("a.b", ".", "-")`, "a-b"},
		{`substr("abcdef", 1, 3)`, "bcd"},
		{`trim("  a ", " ")`, "a"},
		{`trimprefix("ab", "a")`, "b"},
		{`trimsuffix("ab", "b")`, "a"},
		{`trimspace(" a ")`, "a"},
		{`lookup({ a = "1" }, "b", "none")`, "none"},
		{`element(["a", "b"], 3)`, "b"},
		{`try(local.title.x, "no such")`, "no such"},
		{`jsonencode({ a = 1 })`, `{"a":1}`},
		{`"%{ for x in ["a", "b"] }<${x}>%{ endfor }"`, "<a><b>"},
	} {
		t.Run(tc.expr, func(t *testing.T) {
			t.Parallel()
			text := "locals { title = \"x\" }\nscenario \"x\" { title = " + tc.expr + " }\n"
			folder := fstest.MapFS{"main.hcl": &fstest.MapFile{Data: []byte(text)}}
			set, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary()}, folder, "main.hcl")
			require.Empty(t, problems)
			assert.Equal(t, tc.want, set.Scenarios[0].Title)
		})
	}
}
