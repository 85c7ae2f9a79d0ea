package event

import "strings"

// LogSource is Sigma's: empty means not named.
type LogSource struct {
	Category string `json:"category,omitempty"`
	Product  string `json:"product,omitempty"`
	Service  string `json:"service,omitempty"`
}

// Contains reports whether a record of other is one of s: what s does not name,
// any record has.
func (s LogSource) Contains(other LogSource) bool {
	return (s.Category == "" || s.Category == other.Category) &&
		(s.Product == "" || s.Product == other.Product) &&
		(s.Service == "" || s.Service == other.Service)
}

// Sentence is a log source as a sentence needs it, such as "product windows,
// category file_event".
func (s LogSource) Sentence() string {
	var parts []string
	for _, part := range []struct{ name, value string }{{"product", s.Product}, {"category", s.Category}, {"service", s.Service}} {
		if part.value != "" {
			parts = append(parts, part.name+" "+part.value)
		}
	}
	return strings.Join(parts, ", ")
}
