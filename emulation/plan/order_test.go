package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/plan"
)

func TestOrder(t *testing.T) {
	t.Parallel()
	type step struct{ name, at, after string }
	for _, tc := range []struct {
		name  string
		steps []step
		want  string
	}{
		{
			name:  "virtual time comes first",
			steps: []step{{"late", "45d", ""}, {"early", "1d", ""}, {"first", "", ""}},
			want:  "first 0d, early 1d, late 45d",
		},
		{
			name:  "at the same time, what another comes after",
			steps: []step{{"b", "1d", "a"}, {"a", "1d", ""}},
			want:  "a 1d, b 1d",
		},
		{
			name:  "else the order of the file, also behind a chain",
			steps: []step{{"x", "", "a"}, {"a", "", ""}, {"b", "", ""}, {"c", "", ""}},
			want:  "a 0d, x 0d, b 0d, c 0d",
		},
		{
			name:  "without a time of its own, at the latest of those before",
			steps: []step{{"last", "", "middle,early"}, {"middle", "36h", "early"}, {"early", "2h", ""}},
			want:  "early 2h, middle 1d12h, last 1d12h",
		},
		{
			name:  "twice after the same is once",
			steps: []step{{"b", "", "a,a"}, {"a", "3d", ""}},
			want:  "a 3d, b 3d",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var text strings.Builder
			text.WriteString("scenario \"order\" {}\nactor \"panda\" { group = \"G0027\" }\nasset \"exchange\" \"mail\" {}\n")
			for _, s := range tc.steps {
				fmt.Fprintf(&text, "step \"owa_web_shell_drop\" %q {\n  by = actor.panda\n  on = asset.mail\n", s.name)
				if s.at != "" {
					fmt.Fprintf(&text, "  at = %q\n", s.at)
				}
				if s.after != "" {
					fmt.Fprintf(&text, "  after = [step.%s]\n", strings.ReplaceAll(s.after, ",", ", step."))
				}
				text.WriteString("}\n")
			}
			_, plans, problems := build(t, fstest.MapFS{"main.hcl": &fstest.MapFile{Data: []byte(text.String())}})
			require.False(t, problems.HasErrors(), "%s", problems)
			var got []string
			for _, s := range plans[0].Steps {
				got = append(got, s.ID+" "+plan.FormatOffset(s.At))
			}
			assert.Equal(t, tc.want, strings.Join(got, ", "))
		})
	}
}
