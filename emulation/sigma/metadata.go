package sigma

import (
	"slices"
	"strings"
	"time"
)

var (
	levels   = []string{"informational", "low", "medium", "high", "critical"}
	statuses = []string{"stable", "test", "experimental", "deprecated", "unsupported"}
	related  = []string{"derived", "obsolete", "merged", "renamed", "similar"}
	// oldRelated were valid before version 2 or are so for pySigma.
	oldRelated = []string{"obsoletes", "correlation"}
)

const maxTitle = 256

// readMetadata reads what describes a rule; what a rule says beyond the
// specification is kept. [Rules: File Structure]
func (p *parser) readMetadata(r *Rule, root *node) {
	for i, k := range root.keys {
		if k.text == "title" && root.items[i].isString() {
			p.rule = root.items[i].text
		}
		if k.text == "id" && root.items[i].isString() {
			p.rule = root.items[i].text
			break
		}
	}
	texts := map[string]*string{
		"id": &r.ID, "name": &r.Name, "title": &r.Title, "description": &r.Description, "status": &r.Status,
		"level": &r.Level, "author": &r.Author, "date": &r.Date, "modified": &r.Modified,
		"license": &r.License, "taxonomy": &r.Taxonomy,
	}
	lists := map[string]*[]string{
		"tags": &r.Tags, "falsepositives": &r.FalsePositives, "references": &r.References,
		"fields": &r.ListedFields, "scope": &r.Scope,
	}
	for i, k := range root.keys {
		v := root.items[i]
		switch k.text {
		case "logsource", "detection", "correlation", "filter", "action":
		case "related":
			p.readRelated(r, v)
		default:
			if dst := texts[k.text]; dst != nil {
				*dst = p.readString(k, v)
			} else if dst := lists[k.text]; dst != nil {
				*dst = p.readStrings(k, v)
			} else {
				if r.Custom == nil {
					r.Custom = map[string]any{}
				}
				r.Custom[k.text] = v.goValue()
			}
		}
	}
	p.checkMetadata(r, root)
}

func (p *parser) readString(k, v *node) string {
	if v.isNull() {
		return ""
	}
	if !v.isString() {
		p.errorf(v, sectionOf(k.text), "String expected", "%q must be a string", k.text)
		return ""
	}
	return strings.TrimSpace(v.text)
}

// sectionOf is the specification's section about a key.
func sectionOf(key string) string {
	if key == "falsepositives" {
		return "Rules: FalsePositives"
	}
	return "Rules: " + strings.ToUpper(key[:1]) + key[1:]
}

func (p *parser) readStrings(k, v *node) []string {
	if v.isNull() {
		return nil
	}
	if v.kind != listNode {
		p.errorf(v, sectionOf(k.text), "List expected", "%q must be a list of strings", k.text)
		return nil
	}
	out := make([]string, 0, len(v.items))
	for _, e := range v.items {
		if e.kind != scalarNode {
			p.errorf(e, sectionOf(k.text), "String expected", "%q must be a list of strings", k.text)
			continue
		}
		out = append(out, e.text)
	}
	return out
}

func (p *parser) checkMetadata(r *Rule, root *node) {
	at := func(key string) *node {
		if v := root.get(key); v != nil {
			return v
		}
		return root
	}
	switch n := len([]rune(r.Title)); {
	case r.Title == "" && (root.get("title").isNull() || at("title").isString()):
		p.errorf(at("title"), "Rules: Title", "Title missing", "a rule must have a title")
	case n > maxTitle:
		p.errorf(at("title"), "Rules: Title", "Title too long", "%d characters; at most %d are allowed", n, maxTitle)
	}
	if r.ID != "" && !isUUID(r.ID) {
		p.errorf(at("id"), "Rules: Identification", "Invalid ID", "%q is not a valid UUID", r.ID)
	}
	for _, key := range []string{"name", "taxonomy"} {
		if v := root.get(key); v != nil && v.isString() && strings.TrimSpace(v.text) == "" {
			p.errorf(v, sectionOf(key), "Empty string", "%q must not be empty; omit it instead", key)
		}
	}
	p.checkOneOf(at("level"), "Rules: Level", "Unknown level", r.Level, levels)
	p.checkOneOf(at("status"), "Rules: Status", "Unknown status", r.Status, statuses)
	p.checkDate(at("date"), r.Date)
	p.checkDate(at("modified"), r.Modified)
	if v := root.get("tags"); v != nil && v.kind == listNode {
		for _, e := range v.items {
			if e.kind == scalarNode {
				r.tagsAt = append(r.tagsAt, e)
				p.checkTag(e)
			}
		}
	}
}

func (p *parser) checkOneOf(n *node, section, summary, got string, valid []string) {
	if got != "" && !slices.Contains(valid, got) {
		p.errorf(n, section, summary, "%q; expected one of %s", got, strings.Join(valid, ", "))
	}
}

func (p *parser) checkDate(n *node, s string) {
	if s == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return
	}
	if _, err := time.Parse("2006/1/2", s); err == nil {
		p.warnf(n, "Rules: Date", "Outdated date format", "%q; write the date as YYYY-MM-DD", s)
		return
	}
	p.errorf(n, "Rules: Date", "Invalid date", "%q; expected YYYY-MM-DD", s)
}

func (p *parser) checkTag(n *node) {
	namespace, name, ok := strings.Cut(n.text, ".")
	if !ok || namespace == "" || name == "" {
		p.errorf(n, "Rules: Tags", "Tag without namespace", "%q; expected \"namespace.name\"", n.text)
	}
}

func (p *parser) readRelated(r *Rule, v *node) {
	if v.isNull() {
		return
	}
	if v.kind != listNode {
		p.errorf(v, "Rules: Related", "List expected", "\"related\" must be a list of entries with id and type")
		return
	}
	for _, e := range v.items {
		id, kind := e.get("id"), e.get("type")
		if e.kind != mapNode || id == nil || kind == nil || id.kind != scalarNode || kind.kind != scalarNode {
			p.errorf(e, "Rules: Related", "Incomplete relation", "each entry of \"related\" must have an id and a type")
			continue
		}
		if !isUUID(id.text) {
			p.errorf(id, "Rules: Related", "Invalid ID", "%q is not a valid UUID", id.text)
		}
		if slices.Contains(oldRelated, kind.text) {
			p.warnf(kind, "Rules: Related", "Outdated relation type", "%q; expected one of %s", kind.text, strings.Join(related, ", "))
		} else {
			p.checkOneOf(kind, "Rules: Related", "Unknown relation type", kind.text, related)
			if kind.text == "" {
				p.errorf(kind, "Rules: Related", "Unknown relation type", "\"type\" must not be empty")
			}
		}
		r.Related = append(r.Related, Related{id.text, kind.text})
	}
}

// isUUID takes the form only: SigmaHQ has ids of every version.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		default:
			return false
		}
	}
	return true
}
