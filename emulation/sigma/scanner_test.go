package sigma

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/require"
)

// TestScannerAgainstSearch holds the scanner against looking for each literal by
// itself: for few and for very many of them, of all lengths and places, in texts
// that hold some of them in any case.
func TestScannerAgainstSearch(t *testing.T) {
	t.Parallel()
	for seed, c := range []struct {
		name            string
		needles         int
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
			var refs []literalRef
			for id := range c.needles {
				letters := []rune(c.alphabet)
				if r.Intn(10) == 0 {
					letters = append(letters, []rune(c.other)...)
				}
				lit := fold.String(word(letters, c.least+r.Intn(c.most-c.least+1)))
				refs = append(refs, literalRef{literal{position(r.Intn(4)), lit}, int32(id), true})
			}
			s := newScanner(refs)
			x := newMatchState(&program{predicates: make([]compiledPredicate, len(refs))})
			for range 400 {
				text := word([]rune(c.alphabet+c.alphabet+strings.ToUpper(c.alphabet)+c.other), r.Intn(40))
				if r.Intn(3) > 0 {
					text = word([]rune(c.alphabet), r.Intn(12))
				}
				for range r.Intn(3) {
					lit := refs[r.Intn(len(refs))].text
					if r.Intn(2) == 0 {
						lit = strings.ToUpper(lit)
					}
					text = []string{text + lit, lit + text, lit}[r.Intn(3)]
				}
				x.begin(&logevent.Event{})
				x.Texts = append(x.Texts, text)
				s.scan(0, x)
				low := fold.String(text)
				for id, f := range refs {
					want := map[position]bool{anywhere: strings.Contains(low, f.text), atStart: strings.HasPrefix(low, f.text), atEnd: strings.HasSuffix(low, f.text), wholeText: low == f.text}[f.position]
					require.Equal(t, want, x.answers[id] == x.epoch<<2|answerYes, "%q, place %d, in %q", f.text, f.position, text)
				}
				x.end()
			}
		})
	}
}
