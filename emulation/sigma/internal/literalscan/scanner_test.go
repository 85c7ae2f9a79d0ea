package literalscan

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/stretchr/testify/require"
)

// TestScannerAgainstSearch holds the scanner against looking for each literal by
// itself: for few and for very many of them, of all lengths and places, in texts
// that hold some of them in any case.
func TestScannerAgainstSearch(t *testing.T) {
	t.Parallel()
	for seed, c := range []struct {
		name            string
		literals        int
		least, most     int
		alphabet, other string // of most literals and of a few
	}{
		{"a few of any length", 5, 1, 20, `ab\.-`, `é`},
		{"long ones only, so that places are far apart", 40, 17, 30, `abcd \x`, `kſ`},
		{"very many short ones, so that pairs share", 3000, 1, 5, `abcdefghijklmnopqrstuvwxyz0123456789-/.\ `, `→é`},
		{"very many of any length", 3000, 1, 24, `abcdefgh.\`, `Kß`},
		{"many alike", 200, 6, 9, `ab`, `ä`},
		{"beside bytes beyond ASCII", 60, 1, 8, "@[é", "z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewSource(int64(seed)))
			word := func(letters []rune, n int) string {
				var b strings.Builder
				for range n {
					b.WriteRune(letters[r.Intn(len(letters))])
				}
				return b.String()
			}
			var refs []Ref
			for id := range c.literals {
				letters := []rune(c.alphabet)
				if r.Intn(10) == 0 {
					letters = append(letters, []rune(c.other)...)
				}
				lit := fold.String(word(letters, c.least+r.Intn(c.most-c.least+1)))
				refs = append(refs, Ref{Literal{Position(r.Intn(4)), lit}, int32(id), true})
			}
			s := NewScanner(refs)
			x := NewState(make([][]int32, len(refs)), 0)
			for range 400 {
				text := word([]rune(c.alphabet+c.alphabet+strings.ToUpper(c.alphabet)+c.other), r.Intn(40))
				if r.Intn(3) > 0 {
					text = word([]rune(c.alphabet), r.Intn(12))
				}
				for range r.Intn(3) {
					lit := refs[r.Intn(len(refs))].Text
					if r.Intn(2) == 0 {
						lit = strings.ToUpper(lit)
					}
					text = []string{text + lit, lit + text, lit}[r.Intn(3)]
				}
				x.Begin(nil)
				x.Texts = append(x.Texts, text)
				s.Scan(0, &x)
				low := fold.String(text)
				for id, f := range refs {
					want := map[Position]bool{Anywhere: strings.Contains(low, f.Text), AtStart: strings.HasPrefix(low, f.Text), AtEnd: strings.HasSuffix(low, f.Text), WholeText: low == f.Text}[f.Position]
					require.Equal(t, want, x.Answer(int32(id)) == Yes, "%q, place %d, in %q", f.Text, f.Position, text)
				}
				x.End()
			}
		})
	}
}
