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

	"github.com/ringer-lab/ringer/emulation/effect"
)

// forms are what a text may hold that is more than a plain name, by the word in
// a field's tag `form`. Each says what is wrong; empty is nothing. None of them
// makes a text safe for a shell: no text ever gets to one. They bound what is
// footprint, and confine what names a place to the asset's tree.
var forms = map[string]func(string) string{
	// A command line, a script's text, a record's value.
	"text": textProblem,
	// A file's content, which no interpreter may take for its own.
	"content": func(text string) string {
		if strings.HasPrefix(text, "#!") {
			return "names an interpreter"
		}
		return textProblem(text)
	},
	// A name, a title, an account: one line.
	"line": func(text string) string {
		if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 || !utf8.ValidString(text) {
			return "is not one line of printable text"
		}
		return ""
	},
	// A file, a program, a folder or a pipe of a Windows host.
	"path": func(text string) string {
		if effect.IsRegistry(text) {
			return "is a registry path"
		}
		return pathProblem(text)
	},
	// A registry key, or a value with its key.
	"key": func(text string) string {
		if !effect.IsRegistry(text) || !strings.Contains(strings.TrimRight(text, `\`), `\`) || strings.HasSuffix(text, `\`) {
			return `is no registry path: want one such as HKLM\SOFTWARE\…`
		}
		return pathProblem(text)
	},
	// What lies below a folder or key of its own: a task's name, a service's.
	"path_below": func(text string) string {
		if strings.Trim(text, `\`) == "" {
			return "names nothing"
		}
		return pathProblem(`C:\` + text)
	},
	// An event log's channel, such as Microsoft-Windows-Bits-Client/Operational.
	"channel": func(text string) string {
		if !channelName().MatchString(text) {
			return "is no channel: want a name of letters, digits, blanks and -_. with at most one slash in it"
		}
		return ""
	},
	// A moment, as RFC 3339 has it.
	"time": func(text string) string {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "is no time such as 2019-03-18T22:46:31Z"
		}
		return ""
	},
	// An address of IP.
	"address": func(text string) string {
		if _, err := netip.ParseAddr(text); err != nil {
			return "is no address such as 192.0.2.1 or 2001:db8::1"
		}
		return ""
	},
	// A name that DNS can carry.
	"host": func(text string) string {
		for _, label := range strings.Split(text, ".") {
			if label == "" || len(label) > 63 || strings.ContainsFunc(label, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return "is no host name: want labels of 1 to 63 printable characters"
			}
		}
		return ""
	},
}

func textProblem(text string) string {
	switch {
	case strings.ContainsRune(text, 0):
		return "holds a NUL"
	case !utf8.ValidString(text):
		return "is not UTF-8"
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
		return "is not one line of printable text"
	}
	if err := effect.CheckPath(effect.Windows, text); err != nil {
		return "names no place on the asset (" + err.Error() + ")"
	}
	return ""
}

func (a Argument) checkForm(text string) string {
	if len(text) > a.Max {
		return fmt.Sprintf("a text of %d bytes is too long: want at most %d", len(text), a.Max)
	}
	if problem := forms[a.Form](text); problem != "" {
		return fmt.Sprintf("%.60q %s", text, problem)
	}
	return ""
}

// maxTexts is how many a list or map may hold.
const maxTexts = 100

func (a Argument) checkTexts(texts map[string]string) string {
	if len(texts) > maxTexts {
		return fmt.Sprintf("%d texts are too many: want at most %d", len(texts), maxTexts)
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if name == "" || len(name) > 64 || forms["line"](name) != "" {
			return fmt.Sprintf("%.60q is no name for a text: want 1 to 64 bytes on one line", name)
		}
		if problem := a.checkForm(texts[name]); problem != "" {
			return name + ": " + problem
		}
	}
	return ""
}
