package behaviour

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// forms are what a text may be that is more than a plain name, by the word in
// a field's tag `form`. Each says what is wrong; empty is nothing. None of them
// makes a text safe for a shell: no text ever gets to one. They bound what is
// footprint, and confine what names a place to the asset's tree.
var forms = map[string]func(string) string{
	// A command line, a script's text, a record's value.
	"text": textProblem,
	// A file's content, which no interpreter may take for its own.
	"content": func(text string) string {
		if strings.HasPrefix(text, "#!") {
			return "must not begin with #!, which would name an interpreter"
		}
		return textProblem(text)
	},
	// A name, a title, an account: one line.
	"line": func(text string) string {
		if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 || !utf8.ValidString(text) {
			return "must be one line of printable text"
		}
		return ""
	},
	// A file, a program, a folder or a pipe of a Windows host.
	"path": func(text string) string {
		if artifact.IsRegistry(text) {
			return "must not be a registry path"
		}
		return pathProblem(text)
	},
	// A registry key, or a value with its key.
	"key": func(text string) string {
		if !artifact.IsRegistry(text) || !strings.Contains(strings.TrimRight(text, `\`), `\`) || strings.HasSuffix(text, `\`) {
			return `must be a registry path such as HKLM\SOFTWARE\…`
		}
		return pathProblem(text)
	},
	// What lies below a folder or key of its own: a task's name, a service's.
	"path_below": func(text string) string {
		if strings.Trim(text, `\`) == "" {
			return "must name something"
		}
		return pathProblem(`C:\` + text)
	},
	// An event log's channel, such as Microsoft-Windows-Bits-Client/Operational.
	"channel": func(text string) string {
		if !channelName().MatchString(text) {
			return "must be a channel: letters, digits, blanks and any of -_., with at most one slash"
		}
		return ""
	},
	// A moment, as RFC 3339 has it.
	"time": func(text string) string {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "must be a time such as 2019-03-18T22:46:31Z"
		}
		return ""
	},
	// An address of IP.
	"address": func(text string) string {
		if _, err := netip.ParseAddr(text); err != nil {
			return "must be an IP address such as 192.0.2.1 or 2001:db8::1"
		}
		return ""
	},
	// A name that DNS can carry.
	"host": func(text string) string {
		for _, label := range strings.Split(text, ".") {
			if label == "" || len(label) > 63 || strings.ContainsFunc(label, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return "must be a host name: labels of 1 to 63 printable characters"
			}
		}
		return ""
	},
}

func textProblem(text string) string {
	switch {
	case strings.ContainsRune(text, 0):
		return "must not contain a NUL"
	case !utf8.ValidString(text):
		return "must be UTF-8"
	}
	return ""
}

var channelName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._-]*(/[A-Za-z0-9][A-Za-z0-9 ._-]*)?$`)
})

// parseTime reads a text of the form time, or a default.
func parseTime(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic("behaviour: an unchecked time: " + text)
	}
	return at
}

// pathProblem says why a text names no place in an asset's tree.
func pathProblem(text string) string {
	if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 || !utf8.ValidString(text) {
		return "must be one line of printable text"
	}
	if err := effect.CheckPath(effect.Windows, text); err != nil {
		return "must be a path on the asset (" + err.Error() + ")"
	}
	return ""
}

func (a Argument) checkForm(text string) string {
	if len(text) > a.Max {
		return fmt.Sprintf("a value of %d bytes is too long: at most %d are allowed", len(text), a.Max)
	}
	if problem := forms[a.Form](text); problem != "" {
		return fmt.Sprintf("%.60q %s", text, problem)
	}
	return ""
}

// maxTexts is how many texts a list or map may have.
const maxTexts = 100

func (a Argument) checkTexts(texts map[string]string) string {
	if len(texts) > maxTexts {
		return fmt.Sprintf("%d values are too many: at most %d are allowed", len(texts), maxTexts)
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if name == "" || len(name) > 64 || forms["line"](name) != "" {
			return fmt.Sprintf("%.60q must be a name of 1 to 64 bytes on one line", name)
		}
		if problem := a.checkForm(texts[name]); problem != "" {
			return name + ": " + problem
		}
	}
	return ""
}
