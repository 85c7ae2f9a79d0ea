package event

import "fmt"

// Provenance says how an event, or a field of one, is known. The constants are in
// the order of trust lost, so the worst of several is their maximum.
type Provenance uint8

// The provenances. The zero value is no provenance and is never written.
const (
	Observed   Provenance = iota + 1 // the kernel saw it
	Translated                       // observed, then written in another system's words
	Stated                           // the act that left it was seen; what it says is its author's word
	Declared                         // a statement of the scenario; nothing happened
)

var provenances = [...]string{"", "observed", "translated", "stated", "declared"}

func (p Provenance) String() string {
	if int(p) >= len(provenances) || p == 0 {
		return "unknown"
	}
	return provenances[p]
}

// MarshalText writes the name. Its error is always nil.
func (p Provenance) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the name. It returns an error for any other text.
func (p *Provenance) UnmarshalText(text []byte) error {
	for i, name := range provenances[1:] {
		if name == string(text) {
			*p = Provenance(i + 1)
			return nil
		}
	}
	return fmt.Errorf("read provenance %q: expected observed, translated, stated or declared", text)
}
