package event

import "strings"

// LogSource is a log source as Sigma names it; a part that is empty is not named.
type LogSource struct {
	Category string `json:"category,omitempty"`
	Product  string `json:"product,omitempty"`
	Service  string `json:"service,omitempty"`
}

// Contains reports whether records of other belong to s: a part that s does not
// name matches any.
func (s LogSource) Contains(other LogSource) bool {
	return (s.Category == "" || s.Category == other.Category) &&
		(s.Product == "" || s.Product == other.Product) &&
		(s.Service == "" || s.Service == other.Service)
}

// Sentence returns the log source as part of a sentence, such as "product windows,
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
