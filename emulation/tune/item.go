package tune

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Item is one line of a filter: one field, and the values of which one must match.
type Item struct {
	Field string `json:"field"`
	// Modifier is "", "contains" or "startswith".
	Modifier string   `json:"modifier,omitempty"`
	Values   []string `json:"values"`
}

// Key is the field with its modifier, as a rule has it.
func (i Item) Key() string {
	if i.Modifier == "" {
		return i.Field
	}
	return i.Field + "|" + i.Modifier
}

// candidate is a value that tells some alarms from every attack.
type candidate struct {
	field, modifier, value string
	covers                 []bool // by alarm
	// selected is whether the rule itself looks for it: then a filter on it leaves little
	// of the rule.
	selected bool
}

// matches reports whether it matches a value, in any case as rules do.
func (c candidate) matches(value string) bool {
	value, own := strings.ToLower(value), strings.ToLower(c.value)
	switch c.modifier {
	case "contains":
		return strings.Contains(value, own)
	case "startswith":
		return strings.HasPrefix(value, own)
	}
	return value == own
}

// stable are the fields that filters rest on best, in this order; any other comes after.
var stable = [...]string{"Image", "exe", "ParentImage", "CommandLine", "ParentCommandLine", "User", "SubjectUserName", "TargetFilename", "TargetObject"}

func (c candidate) rank() int {
	if at := slices.Index(stable[:], c.field); at >= 0 {
		return at
	}
	return len(stable)
}

// byPreference orders candidates that cover the same.
func byPreference(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.modifier, b.modifier), cmp.Compare(a.field, b.field), cmp.Compare(a.vague(), b.vague()), cmp.Compare(len(b.value), len(a.value)), cmp.Compare(a.value, b.value))
}

// vague is how little a part of a command line says: 0 for one with a path, 1 for several
// words, 2 for one word.
func (c candidate) vague() int {
	switch {
	case c.modifier != "contains" || strings.ContainsAny(strings.TrimLeft(c.value, `/\-"`), `/\`):
		return 0
	case strings.Contains(c.value, " "):
		return 1
	}
	return 2
}

// partly are the fields of which parts are looked at: command lines by their words, paths
// by their folders.
var partly = map[string]string{
	"CommandLine": "contains", "ParentCommandLine": "contains", "TargetFilename": "startswith", "TargetObject": "startswith",
}

// Fields that say nothing of what happened (a host, a channel) or only what a program says
// of itself, and fields and values that are others on the next day: no filter rests on
// them.
var (
	unsteadyField = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(time|date|pid|processid|threadid|guid|logonid|luid|record|sequence|serial|hash|md5|sha1|sha256|imphash|port|session|handle|msg|inode|` +
			`computer|hostname|channel|provider|description|product|company|originalfilename|fileversion|integritylevel|keywords|opcode|^(id|ses|type|syscall|key|level|task|version|a[0-9])$)`)
	})
	unsteadyValue = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)([0-9]{4}|[0-9a-f]{12}|[0-9]{1,2}:[0-9]{2}|[0-9a-f]{8}-[0-9a-f]{4}-|\{)`)
	})
)

// The lengths of values that a filter may have, in bytes: a shorter one says too little.
const (
	leastValue = 4
	leastWord  = 6
	mostValue  = 160
)

// steady reports whether a filter may rest on a value of a field.
func steady(field, value string) bool {
	return len(value) >= leastValue && len(value) <= mostValue && !unsteadyField().MatchString(field) && !unsteadyValue().MatchString(value) &&
		!strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) && strings.TrimSpace(value) == value
}

// parts are what of a value a filter may look for, besides the whole.
func parts(field, value string) []string {
	switch partly[field] {
	case "contains":
		return phrases(words(value))
	case "startswith":
		var folders []string
		for at, r := range value {
			if (r == '\\' || r == '/') && strings.Count(value[:at+1], string(r)) >= 3 {
				folders = append(folders, value[:at+1])
			}
		}
		return folders
	}
	return nil
}

// words are those of a command line; what stands in quotes is one.
func words(line string) []string {
	quoted := false
	return strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
}

// phrases are words that are more than an option, and each two that follow each other.
func phrases(words []string) []string {
	var out []string
	for i, word := range words {
		option := strings.HasPrefix(word, "-") || strings.HasPrefix(word, "/") && strings.Count(word, "/") == 1
		if !option && len(word) >= leastWord {
			out = append(out, word)
		}
		if i > 0 {
			out = append(out, words[i-1]+" "+word)
		}
	}
	return out
}
