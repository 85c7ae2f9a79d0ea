package placeholder_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/placeholder"
)

func TestValuesOfArgumentsAndFiles(t *testing.T) {
	t.Parallel()
	values := placeholder.Values{}
	require.NoError(t, values.Argument("admins=root,svc_*"))
	require.NoError(t, values.Argument("%admins%=eve"))
	require.NoError(t, values.File([]byte("hosts: [dc01, 'dc02']\nnet: 10.\nid: 007\n")))
	require.NoError(t, values.File([]byte("vars:\n    hosts: dc03\n")))
	assert.Equal(t, placeholder.Values{"admins": {"root", "svc_*", "eve"}, "hosts": {"dc01", "dc02", "dc03"}, "net": {"10."}, "id": {"007"}}, values)
}

func TestWhatIsNoValueIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "admins", "=root", "admins=", "%%=x"} {
		assert.Error(t, placeholder.Values{}.Argument(text), text)
	}
	for text, want := range map[string]string{
		"- a\n":            "expected a mapping of names to values",
		"a: {b: c}\n":      `line 1: "a": expected a value or a list of values`,
		"a: 1\nb: [[c]]\n": `line 2: "b": expected a value or a list of values`,
		"a:\n":             `line 1: "a": expected a value or a list of values`,
		"a: []\n":          `line 1: "a": expected a value or a list of values`,
	} {
		assert.EqualError(t, placeholder.Values{}.File([]byte(text)), want)
	}
	assert.Error(t, placeholder.Values{}.File([]byte("a: [b\n")))
}

// FuzzFile holds: a file is taken or refused, and each name taken has values.
func FuzzFile(f *testing.F) {
	f.Add([]byte("vars:\n  a: [b, c]\n---\nd: e\n"))
	f.Add([]byte("a: &x [b]\nc: *x\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		values := placeholder.Values{}
		if values.File(content) == nil {
			for name, list := range values {
				require.NotEmpty(t, list, name)
			}
		}
	})
}
