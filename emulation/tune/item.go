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
	// poor is whether a filter on it would leave little of the rule, as it is what the rule
	// looks for, or a program that starts whatever it is told to.
	poor bool
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
			`computer|hostname|tty|uid|gid|success|exit|arch$|channel|provider|description|product|company|originalfilename|fileversion|integritylevel|keywords|opcode|^(id|ses|type|syscall|key|level|task|version|a[0-9])$)`)
	})
	unsteadyValue = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)([0-9]{4}|(^| )[0-9]{2,}( |$)|[0-9a-f]{12}|[0-9]{1,2}:[0-9]{2}|[0-9a-f]{8}-[0-9a-f]{4}-|\{)`)
	})
)

// The lengths of values that a filter may have, in bytes: a shorter one says too little.
const (
	leastValue = 4
	leastWord  = 6
	mostValue  = 160
)

// starters are the names of programs that start whatever they are told to.
var starters = map[string]bool{
	"cmd": true, "powershell": true, "pwsh": true, "sh": true, "bash": true, "dash": true, "zsh": true, "ksh": true, "busybox": true, "python": true, "python3": true,
	"perl": true, "ruby": true, "php": true, "node": true, "wscript": true, "cscript": true, "mshta": true, "rundll32": true, "regsvr32": true, "svchost": true,
	"services": true, "explorer": true, "wmiprvse": true, "taskeng": true, "init": true, "systemd": true, "sudo": true, "su": true, "env": true, "xargs": true,
}

// isStarter reports whether a value is the path of such a program.
func isStarter(value string) bool {
	name := strings.ToLower(value[strings.LastIndexAny(value, `/\`)+1:])
	return starters[strings.TrimSuffix(name, ".exe")]
}

// steady reports whether a filter may rest on a value of a field.
func steady(field, value string) bool {
	return len(value) >= leastValue && len(value) <= mostValue && !unsteadyField().MatchString(field) && !unsteadyValue().MatchString(value) &&
		!strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) && strings.TrimSpace(value) == value &&
		!isTopFolder(value)
}

// isTopFolder reports whether a value is a folder that has most of a disk below it.
func isTopFolder(value string) bool {
	return strings.HasSuffix(value, "/") && strings.Count(value, "/") < 3 || strings.HasSuffix(value, `\`) && strings.Count(value, `\`) < 3
}

// parts are what of a value a filter may look for, besides the whole.
func parts(field, value string) []string {
	switch partly[field] {
	case "contains":
		if of := words(value); len(of) > 1 {
			return phrases(of[1:]) // a program's name is in a field of its own
		}
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

// phrases are the words of a command line that are somebody's own, and each two that
// follow each other of which one is.
func phrases(words []string) []string {
	var out []string
	for i, word := range words {
		if isOwn(word) && len(word) >= leastWord {
			out = append(out, word)
		}
		if i > 0 && (isOwn(word) || isOwn(words[i-1])) {
			out = append(out, words[i-1]+" "+word)
		}
	}
	return out
}

// isOwn reports whether a word is a path, a quotation or a name with a digit or the like:
// the options and verbs of a program are everybody's.
func isOwn(word string) bool {
	word = strings.TrimLeft(word, "-/")
	return strings.ContainsAny(word, `/\."_@$`) || strings.ContainsAny(word, "0123456789") && strings.ContainsFunc(word, unicode.IsLetter)
}
