package logline

import (
	"cmp"
	"regexp"
	"strconv"
	"sync"
)

// Access is a line in the combined log format that nginx and Apache share.
type Access struct {
	Client       string
	Method, Path string
	// Query is what follows the question mark; empty is none.
	Query              string
	Status, Bytes      string
	Referer, UserAgent string
}

var combined = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\S+) \S+ \S+ \[[^\]]*\] "(\S+) ([^ ?]+)(?:\?(\S*))? [^"]*" (\d+) (\d+|-) "([^"]*)" "([^"]*)"$`)
})

// Encode returns the line, with its line end. Its time is fixed, as the plan that
// has the line written is pure.
func (a Access) Encode() []byte {
	page := a.Path
	if a.Query != "" {
		page += "?" + a.Query
	}
	return []byte(a.Client + ` - - [01/Mar/2021:08:00:00 +0000] "` + a.Method + " " + page + ` HTTP/1.1" ` + a.Status + " " + a.Bytes +
		` "` + a.Referer + `" "` + a.UserAgent + "\"\n")
}

// Fields are the parts of the line, as W3C's extended log format names them, which Sigma's
// category webserver takes over. What is a number is one.
func (a Access) Fields() map[string]any {
	return map[string]any{
		"c-ip": a.Client, "cs-method": a.Method, "cs-uri-stem": a.Path, "cs-uri-query": cmp.Or(a.Query, "-"),
		"sc-status": numberOf(a.Status), "sc-bytes": numberOf(a.Bytes), "cs-referer": a.Referer, "cs-user-agent": a.UserAgent,
	}
}

func numberOf(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return text
}

// DecodeAccess reads a line without its line end. ok is false for one that is not in
// the format.
func DecodeAccess(line string) (a Access, ok bool) {
	part := combined().FindStringSubmatch(line)
	if part == nil {
		return Access{}, false
	}
	return Access{
		Client: part[1], Method: part[2], Path: part[3], Query: part[4], Status: part[5], Bytes: part[6], Referer: part[7], UserAgent: part[8],
	}, true
}
