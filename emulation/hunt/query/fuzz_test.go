package query_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

func FuzzParse(f *testing.F) {
	for _, text := range []string{`Image:*\schtasks.exe`, `-(abc or "d""e"f*) after:2027-01-08`, `"host":x:*"y"*`, `((((abc`, `C:\x a:b:c not not -x`, "É\xffK"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, problems := query.Parse(text)
		if len(problems) > 0 {
			assert.Nil(t, q.Root())
			for _, problem := range problems {
				assert.True(t, 0 <= problem.From && problem.From <= problem.To && problem.To <= len(text), problem)
				assert.NotEmpty(t, problem.Text)
			}
			return
		}
		again := q.String()
		if len(again) > query.MaxBytes {
			return // quotes made it longer
		}
		parsed, problems := query.Parse(again)
		require.Empty(t, problems, again)
		assert.Equal(t, again, parsed.String())
	})
}

// FuzzPivot holds that the query of a value is parsed back to this value.
func FuzzPivot(f *testing.F) {
	for _, value := range []string{"", `C:\Windows\*`, `say ""`, `"`, "a b:c", "not", "É K ſ", "new\nline", "<script>", `\"`} {
		f.Add("CommandLine", value)
		f.Add(value, value)
	}
	f.Fuzz(func(t *testing.T, field, value string) {
		text := query.Pivot(field, value)
		if field == "" || !utf8.ValidString(text) || len(text) > query.MaxBytes {
			return
		}
		q, problems := query.Parse(text)
		require.Empty(t, problems, text)
		root := q.Root()
		require.True(t, root.Pattern.Exact(), text)
		assert.True(t, root.Pattern.Fits(query.Fold(value)))
		assert.True(t, strings.EqualFold(root.Pattern.Pieces[0], value), "%q %q", root.Pattern.Pieces[0], value)
		switch field {
		case query.HostName:
			assert.Equal(t, query.Host, root.Op)
		case query.SourceName:
			assert.Equal(t, query.Source, root.Op)
		default:
			assert.Equal(t, query.Field, root.Op)
			assert.Equal(t, field, root.Name)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("Kelvin K", "KELVIN k")
	f.Add("ſtraße\xff", "STRAßE\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		assert.Equal(t, query.Fold(a), query.Fold(query.Fold(a)))
		if utf8.ValidString(a) && utf8.ValidString(b) {
			assert.Equal(t, strings.EqualFold(a, b), query.Fold(a) == query.Fold(b))
		}
	})
}
