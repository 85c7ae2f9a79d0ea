package sigma

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

var ruleFileName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9_]{10,90}\.yml$`) })

// conventions warns of names, titles and dates out of the ordinary.
// [Rules: File Structure, Title, Date]
func (l *linter) conventions() {
	r := l.rule
	if name := filepath.Base(r.File); r.File != "" && r.File != l.file && !ruleFileName().MatchString(name) {
		l.warnf(nil, "Rules: File Structure", "Unusual file name", "%q; expected 10 to 90 lower-case letters, digits and \"_\", followed by .yml", name)
	}
	l.file = r.File
	switch title := strings.ToLower(r.Title); {
	case strings.HasSuffix(title, "."):
		l.warnf(l.key("title"), "Rules: Title", "Title ends with a period", "%q", r.Title)
	case strings.HasPrefix(title, "detects "), strings.HasPrefix(title, "detection of "):
		l.warnf(l.key("title"), "Rules: Title", "Title begins with \"detects\"", "%q; name only what is detected", r.Title)
	}
	if first, taken := l.titles[strings.ToLower(r.Title)]; taken {
		l.warnf(l.key("title"), "Rules: Title", "Duplicate title", "%q is already used in %s:%d", r.Title, first.File, first.Line)
	} else {
		l.titles[strings.ToLower(r.Title)] = r
	}
	if r.Date != "" && r.Modified != "" && plainDate(r.Modified) < plainDate(r.Date) {
		l.warnf(l.key("modified"), "Rules: Modified", "Modified before created", "modified %s is earlier than date %s", r.Modified, r.Date)
	}
	if r.ID != "" && strings.Trim(r.ID, r.ID[:1]+"-") == "" {
		l.warnf(l.key("id"), "Rules: Identification", "Suspicious ID", "%q does not look like a random (v4) UUID", r.ID)
	}
	for _, other := range r.Related {
		if strings.EqualFold(other.ID, r.ID) {
			l.warnf(l.key("related"), "Rules: Related", "Rule related to itself", "%q is the rule's own id", r.ID)
		}
	}
}

func plainDate(s string) string { return strings.ReplaceAll(s, "/", "-") }

// duplicateDetection warns of a rule that asks for just what another one does.
func (l *linter) duplicateDetection(e *expr) {
	if e == nil {
		return
	}
	key := l.rule.LogSource.String() + "\n" + e.signature()
	if first, taken := l.detections[key]; taken {
		l.warnf(l.key("detection"), "Rules: Detection", "Duplicate detection", "%s:%d has the same detection", first.File, first.Line)
		return
	}
	l.detections[key] = l.rule
}

// tagNamespaces are those of the specification and the form of their names; one
// of one's own is allowed. [Tags appendix]
var tagNamespaces = sync.OnceValue(func() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"attack":    regexp.MustCompile(`^(t\d{4}(\.\d{3})?|(g|s|m|ds|c)\d{4}|a\d{4}|[a-z]+(-[a-z]+)*)$`),
		"car":       regexp.MustCompile(`^\d{4}-\d{2}-\d{3}$`),
		"cve":       regexp.MustCompile(`^\d{4}[-.]\d{4,}$`),
		"d3fend":    regexp.MustCompile(`^d3-[a-z0-9]+$|^d3f-[a-z0-9]+$|^[a-z-]+$`),
		"detection": regexp.MustCompile(`^(dfir|emerging-threats|threat-hunting)$`),
		"stp":       regexp.MustCompile(`^[1-5]?[auk]?$`),
		"tlp":       regexp.MustCompile(`^(red|amber|amber-strict|green|clear|white)$`),
	}
})

var tagForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9_-]+\.[a-z0-9._-]+$`) })

// tags warns of tags that nobody will find the rule by.
func (l *linter) tags() {
	for i, tag := range l.rule.Tags {
		at := l.rule.tagsAt[i]
		namespace, name, _ := strings.Cut(tag, ".")
		form := tagNamespaces()[namespace]
		switch {
		case slices.Contains(l.rule.Tags[:i], tag):
			l.warnf(at, "Tags", "Duplicate tag", "%q is listed more than once", tag)
		case !tagForm().MatchString(tag):
			l.warnf(at, "Tags", "Invalid tag", "%q; expected lower-case letters, digits, dots, \"-\" and \"_\"", tag)
		case form != nil && !form.MatchString(name):
			l.warnf(at, "Tags", "Invalid tag", "%q is not a valid tag of namespace %q", tag, namespace)
		case namespace == "attack" && l.knownTag != nil && !l.knownTag(tag):
			if l.unknown[tag] == nil {
				l.unknown[tag] = &unknownTag{l.rule, at, 0}
			}
			l.unknown[tag].rules++
		}
	}
}

// unknownTag is where a tag was seen first, and how many rules have it.
type unknownTag struct {
	rule  *Rule
	at    *yamldoc.Node
	rules int
}

// unknownTags warns of each once: a newer ATT&CK than the one asked brings tags
// that stand in hundreds of rules.
func (l *linter) unknownTags() {
	for tag, u := range l.unknown {
		l.rule = u.rule
		l.warnf(u.at, "Tags", "Tag unknown to ATT&CK", "%q may be newer than the known ATT&CK release; rules that use it: %d", tag, u.rules)
	}
}
