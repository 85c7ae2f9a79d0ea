package event

import "fmt"

// Provenance says how an event, or a field of one, came to be known. The order
// is that of trust lost, so the worst of several is their maximum.
type Provenance uint8

// The provenances. The zero value is no provenance and is never written.
const (
	Observed   Provenance = iota + 1 // the kernel saw it
	Translated                       // observed, then written in another system's words
	Declared                         // stated by the scenario; nothing happened
)

var provenances = [...]string{"", "observed", "translated", "declared"}

func (p Provenance) String() string {
	if int(p) >= len(provenances) || p == 0 {
		return "unknown"
	}
	return provenances[p]
}

// MarshalText writes the name.
func (p Provenance) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the name.
func (p *Provenance) UnmarshalText(text []byte) error {
	for i, name := range provenances[1:] {
		if name == string(text) {
			*p = Provenance(i + 1)
			return nil
		}
	}
	return fmt.Errorf("read provenance %q: want observed, translated or declared", text)
}
