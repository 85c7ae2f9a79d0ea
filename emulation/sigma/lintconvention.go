package sigma

import (
	"path/filepath"
	"regexp"
	"strings"
	"sync"
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
