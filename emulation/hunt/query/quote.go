package query

import "strings"

// Pivot is the query for a field's value: parsed, it finds the events that have exactly
// this value in the field, but for case. Of the name [HostName] or [SourceName] it is the
// query for that host or log source.
func Pivot(field, value string) string {
	if field == HostName || field == SourceName {
		return field + ":" + quote(value)
	}
	return quoteName(field) + ":" + quote(value)
}

// The names that are no fields of events.
const (
	HostName   = "host"
	SourceName = "source"
	afterName  = "after"
	beforeName = "before"
)

// isOwn reports whether a name means something other than a field of that name.
func isOwn(folded string) bool {
	return folded == HostName || folded == SourceName || folded == afterName || folded == beforeName
}

// quote is a text as it is typed so that every character stands for itself.
func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// quoteName is the same of a field's name, bare where it can be.
func quoteName(name string) string {
	if name == "" || isOwn(Fold(name)) || strings.HasPrefix(name, "-") || strings.ContainsFunc(name, ends) ||
		strings.ContainsAny(name, `:"*\/`) || len(name) == 1 {
		return quote(name)
	}
	return name
}
