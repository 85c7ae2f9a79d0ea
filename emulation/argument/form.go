package argument

import (
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// forms are what a text may be that is more than a plain name, by the word in
// a field's tag `form`. Each says what is wrong; empty is nothing. None of them
// makes a text safe for a shell: no text ever gets to one. They bound what is
// footprint, and confine what names a place to the asset's tree.
var forms = map[string]func(effect.Platform, string) string{
	// A command line, a script's text, a record's value.
	"text": func(_ effect.Platform, text string) string { return textProblem(text) },
	// A file's content, which no interpreter may take for its own.
	"content": func(_ effect.Platform, text string) string {
		if _, standIn := artifact.DecodeResource([]byte(text)); strings.HasPrefix(text, "#!") && !standIn {
			return "must not begin with #!, which would name an interpreter"
		}
		return textProblem(text)
	},
	// A name, a title, an account: one line.
	"line": func(_ effect.Platform, text string) string {
		if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 || !utf8.ValidString(text) {
			return "must be one line of printable text"
		}
		return ""
	},
	// A file, a program, a folder or a pipe.
	"path": func(on effect.Platform, text string) string {
		if on == effect.Windows && artifact.IsRegistry(text) {
			return "must not be a registry path"
		}
		return pathProblem(on, text)
	},
	// The same, or a key or value of the registry.
	"place": pathProblem,
	// A registry key, or a value with its key.
	"key": func(on effect.Platform, text string) string {
		if on != effect.Windows {
			return "cannot be used: only Windows has a registry"
		}
		if !artifact.IsRegistry(text) || !strings.Contains(strings.TrimRight(text, `\`), `\`) || strings.HasSuffix(text, `\`) {
			return `must be a registry path such as HKLM\SOFTWARE\…`
		}
		return pathProblem(on, text)
	},
	// What lies below a folder or key of its own: a task's name, a service's.
	"path_below": func(_ effect.Platform, text string) string {
		if strings.Trim(text, `\`) == "" {
			return "must name something"
		}
		return pathProblem(effect.Windows, `C:\`+text)
	},
	// An event log's channel, such as Microsoft-Windows-Bits-Client/Operational.
	"channel": func(_ effect.Platform, text string) string {
		if !channelName().MatchString(text) {
			return "must be a channel: letters, digits, blanks and any of -_., with at most one slash"
		}
		return ""
	},
	// A moment, as RFC 3339 has it.
	"time": func(_ effect.Platform, text string) string {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "must be a time such as 2019-03-18T22:46:31Z"
		}
		return ""
	},
	// An address of IP.
	"address": func(_ effect.Platform, text string) string {
		if _, err := netip.ParseAddr(text); err != nil {
			return "must be an IP address such as 192.0.2.1 or 2001:db8::1"
		}
		return ""
	},
	// A name that DNS can carry.
	"host": func(_ effect.Platform, text string) string {
		for _, label := range strings.Split(text, ".") {
			if label == "" || len(label) > 63 || strings.ContainsFunc(label, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return "must be a host name: labels of 1 to 63 printable characters"
			}
		}
		return ""
	},
	// Permission bits, such as 0644.
	"mode": func(_ effect.Platform, text string) string {
		if _, err := strconv.ParseUint(text, 8, 12); err != nil || len(text) < 3 {
			return "must be permission bits in octal, such as 0644"
		}
		return ""
	},
	// A whole number that is kept as text.
	"number": func(_ effect.Platform, text string) string {
		if _, err := strconv.ParseUint(text, 10, 16); err != nil {
			return "must be a whole number from 0 to 65535"
		}
		return ""
	},
	// A field of a file whose fields are separated by colons.
	"entry": func(_ effect.Platform, text string) string {
		if strings.ContainsFunc(text, func(r rune) bool { return r == ':' || unicode.IsControl(r) }) || !utf8.ValidString(text) {
			return "must be one line of printable text without a colon"
		}
		return ""
	},
	"technique": func(_ effect.Platform, text string) string {
		if !techniqueID().MatchString(text) {
			return "must be an ATT&CK technique such as T1053.005"
		}
		return ""
	},
	"directory_change": func(_ effect.Platform, text string) string {
		events := artifact.DirectoryChangeEvents()
		if _, known := events[text]; !known {
			return "is not a change of a directory. " + diagnostic.Suggest(text, slices.Collect(maps.Keys(events)))
		}
		return ""
	},
	// The path of a page, with a query.
	"page": func(_ effect.Platform, text string) string {
		if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return "must begin with one slash and be printable ASCII"
		}
		return ""
	},
	// A file's content as it is found.
	"any": func(effect.Platform, string) string { return "" },
}

var techniqueID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^T[0-9]{4}(\.[0-9]{3})?$`) })

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

// Time reads a text of the form time, or a default. It panics for any other.
func Time(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic("argument: an unchecked time: " + text)
	}
	return at
}

// pathProblem says why a text names no place in an asset's tree.
func pathProblem(on effect.Platform, text string) string {
	if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 || !utf8.ValidString(text) {
		return "must be one line of printable text"
	}
	if err := effect.CheckPath(on, text); err != nil {
		return "must be a path on the asset (" + err.Error() + ")"
	}
	return ""
}

// Bytes returns a text as content; it is nil for an empty text, as nothing is left of it.
func Bytes(text string) []byte {
	if text == "" {
		return nil
	}
	return []byte(text)
}

// Mode reads a text of the form mode; 0 is for an empty text.
func Mode(text string) fs.FileMode {
	bits, err := strconv.ParseUint(text, 8, 12)
	if err != nil {
		return 0
	}
	return fs.FileMode(bits)
}

// CheckPath returns what is wrong with a text as a path on a platform, other than of the
// registry; empty is that nothing is.
func CheckPath(on effect.Platform, text string) string { return forms["path"](on, text) }

func (a Argument) checkForm(on effect.Platform, text string) string {
	if len(text) > a.Max {
		return fmt.Sprintf("a value of %d bytes is too long: at most %d are allowed", len(text), a.Max)
	}
	if problem := forms[a.Form](on, text); problem != "" {
		return fmt.Sprintf("%.60q %s", text, problem)
	}
	return ""
}

// maxTexts is how many texts a list or map may have.
const maxTexts = 100

func (a Argument) checkTexts(on effect.Platform, texts map[string]string) string {
	if len(texts) > maxTexts {
		return fmt.Sprintf("%d values are too many: at most %d are allowed", len(texts), maxTexts)
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if name == "" || len(name) > 64 || forms["line"](on, name) != "" {
			return fmt.Sprintf("%.60q must be a name of 1 to 64 bytes on one line", name)
		}
		if problem := a.checkForm(on, texts[name]); problem != "" {
			return name + ": " + problem
		}
	}
	return ""
}
