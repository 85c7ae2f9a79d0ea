package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{
			name: "indents, aligns and keeps comments",
			text: "# why\nstep \"a\"   \"b\" {\nby=actor.x # who\n   technique = \"T1505.003\"\n/* long */\n}\n",
			want: "# why\nstep \"a\" \"b\" {\n  by        = actor.x # who\n  technique = \"T1505.003\"\n  /* long */\n}\n",
		},
		{name: "leaves alone what is right", text: "a = 1\n", want: "a = 1\n"},
		{name: "nothing stays nothing", text: "", want: ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, problems := scenario.Format("x.hcl", []byte(tc.text))
			assert.Empty(t, problems)
			assert.Equal(t, tc.want, string(got))
		})
	}
	t.Run("what is no HCL is not touched", func(t *testing.T) {
		t.Parallel()
		got, problems := scenario.Format("x.hcl", []byte("step {"))
		assert.Nil(t, got)
		assert.Equal(t, []string{"Unclosed configuration block"}, summaries(problems))
		assert.Equal(t, "x.hcl", problems[0].Subject.Filename)
	})
}
