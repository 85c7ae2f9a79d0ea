package literalscan

import (
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
)

// State is what a scan finds in one event. It is reused from event to event
// and grows to the size of the events, so that scanning does not allocate.
type State struct {
	fieldreader.Reader           // of the texts to scan
	Triggered          []uint64  // a bit for each rule that has to be evaluated
	triggers           [][]int32 // by predicate: the rules that it triggers

	foldedTexts []string // beside the first texts: folded, or empty until asked for
	foldArena   []byte
	Epoch       uint32
	answers     []uint32 // by predicate: epoch<<2 | answer; of another epoch: unknown
}

// Answer is what is known of a predicate in the present event.
type Answer uint32

const (
	answerMaybe Answer = iota // a literal was found; the predicate has to be evaluated
	Yes                       // it is true
	No                        // it is false
	Unknown                   // no literal was found
)

// The most that a reused state keeps after an event.
const (
	keptBytes = 1 << 20
	keptTexts = 1 << 14
)

// NewState returns the state for as many predicates as triggers lists, and for
// as many rules as a bit set of that many words holds.
func NewState(triggers [][]int32, words int) State {
	return State{triggers: triggers, answers: make([]uint32, len(triggers)), Triggered: make([]uint64, words)}
}

// Begin forgets the event before. The rules of the bit set always are evaluated
// whatever is found. It reports whether epochs begin anew.
func (s *State) Begin(always []uint64) (restarted bool) {
	if s.Epoch++; s.Epoch == 1<<30 {
		s.Epoch, restarted = 1, true
		clear(s.answers)
	}
	copy(s.Triggered, always)
	return restarted
}

// End lets go of the texts, and of memory that only an unusual event needs.
func (s *State) End() {
	clear(s.Texts)
	clear(s.foldedTexts)
	s.Texts, s.foldedTexts, s.foldArena, s.Arena = s.Texts[:0], s.foldedTexts[:0], s.foldArena[:0], s.Arena[:0]
	if cap(s.foldArena) > keptBytes || cap(s.Arena) > keptBytes || cap(s.Texts) > keptTexts {
		s.Texts, s.foldedTexts, s.foldArena, s.Arena = nil, nil, nil, nil
	}
}

// FoldedAt is the text of index i, folded when it is first asked for.
func (s *State) FoldedAt(i int32) string {
	for len(s.foldedTexts) <= int(i) {
		s.foldedTexts = append(s.foldedTexts, "")
	}
	if s.foldedTexts[i] == "" && s.Texts[i] != "" {
		start := len(s.foldArena)
		s.foldArena = fold.Append(s.foldArena, s.Texts[i])
		folded := s.foldArena[start:]
		s.foldedTexts[i] = unsafe.String(unsafe.SliceData(folded), len(folded))
	}
	return s.foldedTexts[i]
}

// Answer is what is known of a predicate so far.
func (s *State) Answer(predicate int32) Answer {
	a := s.answers[predicate]
	if a>>2 != s.Epoch {
		return Unknown
	}
	return Answer(a & 3)
}

// SetAnswer keeps the answer of a predicate that was evaluated.
func (s *State) SetAnswer(predicate int32, a Answer) {
	s.answers[predicate] = s.Epoch<<2 | uint32(a)
}

// markFound notes that a literal of a predicate stands in the event, and the rules
// that this triggers; exact says that the predicate is true.
func (s *State) markFound(predicate int32, exact bool) {
	if s.answers[predicate]>>2 == s.Epoch {
		return
	}
	a := s.Epoch << 2
	if exact {
		a |= uint32(Yes)
	}
	s.answers[predicate] = a
	for _, i := range s.triggers[predicate] {
		s.Triggered[i>>6] |= 1 << (i & 63)
	}
}
