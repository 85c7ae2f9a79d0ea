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
		l.warnf(nil, "Rules: File Structure", "Unusual file name", "%q; 10 to 90 lower-case letters, digits and \"_\", and .yml", name)
	}
	l.file = r.File
	switch title := strings.ToLower(r.Title); {
	case strings.HasSuffix(title, "."):
		l.warnf(l.key("title"), "Rules: Title", "Title ends in a full stop", "%q", r.Title)
	case strings.HasPrefix(title, "detects "), strings.HasPrefix(title, "detection of "):
		l.warnf(l.key("title"), "Rules: Title", "Title says that it detects", "%q; name what is detected", r.Title)
	}
	if first, taken := l.titles[strings.ToLower(r.Title)]; taken {
		l.warnf(l.key("title"), "Rules: Title", "Title used twice", "%q is also %s:%d", r.Title, first.File, first.Line)
	} else {
		l.titles[strings.ToLower(r.Title)] = r
	}
	if r.Date != "" && r.Modified != "" && plainDate(r.Modified) < plainDate(r.Date) {
		l.warnf(l.key("modified"), "Rules: Modified", "Modified before it was made", "%s is before %s", r.Modified, r.Date)
	}
	if r.ID != "" && strings.Trim(r.ID, r.ID[:1]+"-") == "" {
		l.warnf(l.key("id"), "Rules: Identification", "ID is no random UUID", "%q was made up", r.ID)
	}
	for _, other := range r.Related {
		if strings.EqualFold(other.ID, r.ID) {
			l.warnf(l.key("related"), "Rules: Related", "Rule related to itself", "%q", r.ID)
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
		l.warnf(l.key("detection"), "Rules: Detection", "Same detection twice", "%s:%d asks for the same", first.File, first.Line)
		return
	}
	l.detections[key] = l.rule
}
