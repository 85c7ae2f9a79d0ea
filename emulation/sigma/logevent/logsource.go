package logevent

import (
	"strings"
)

// LogSource names where events come from, in lower case; an empty part is not
// named. [Rules specification: LogSource]
type LogSource struct {
	Category string
	Product  string
	Service  string
}

// String is "product/category/service" with "*" for what is not named.
func (l LogSource) String() string {
	star := func(s string) string {
		if s == "" {
			return "*"
		}
		return s
	}
	return star(l.Product) + "/" + star(l.Category) + "/" + star(l.Service)
}

// IsZero says that nothing is named at all.
func (l LogSource) IsZero() bool { return l == LogSource{} }

// Contains says whether everything l names is named the same by other: l may
// name fewer parts, not more.
func (l LogSource) Contains(other LogSource) bool {
	return (l.Category == "" || l.Category == other.Category) &&
		(l.Product == "" || l.Product == other.Product) &&
		(l.Service == "" || l.Service == other.Service)
}

// AppliesTo says whether a rule of log source l is for an event that belongs to
// sources; nil sources are not checked.
func (l LogSource) AppliesTo(sources []LogSource) bool {
	if sources == nil {
		return true
	}
	for _, s := range sources {
		if l.Contains(s) {
			return true
		}
	}
	return false
}

// NewLogSource is the log source of the parts in lower case, as rules are read.
func NewLogSource(category, product, service string) LogSource {
	return LogSource{strings.ToLower(category), strings.ToLower(product), strings.ToLower(service)}
}
