package sigma

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

var (
	levels   = []string{"informational", "low", "medium", "high", "critical"}
	statuses = []string{"stable", "test", "experimental", "deprecated", "unsupported"}
	related  = []string{"derived", "obsolete", "merged", "renamed", "similar"}
	// oldRelated were valid before version 2 or are so for pySigma.
	oldRelated = []string{"obsoletes", "correlation"}
)

// LevelRank is the place of a level among those that rules have, counted from 1 for
// informational to 5 for critical; 0 is none of them.
func LevelRank(level string) int { return slices.Index(levels, level) + 1 }

const maxTitle = 256

// readMetadata reads what describes a rule; what a rule says beyond the
// specification is kept. [Rules: File Structure]
func (p *parser) readMetadata(r *Rule, root *yamldoc.Node) {
	root = ofWazuh(root)
	for i, k := range root.Keys {
		if k.Text == "title" && root.Items[i].IsString() {
			p.rule = oneLine(root.Items[i].Text)
		}
		if k.Text == "id" && root.Items[i].IsString() {
			p.rule = oneLine(root.Items[i].Text)
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
	for i, k := range root.Keys {
		v := root.Items[i]
		switch k.Text {
		case "logsource", "detection", "correlation", "filter", "action":
		case "related":
			p.readRelated(r, v)
		default:
			if dst := texts[k.Text]; dst != nil {
				*dst = p.readString(k, v)
				if k.Text != "description" {
					*dst = oneLine(*dst)
				}
			} else if dst := lists[k.Text]; dst != nil {
				*dst = p.readStrings(k, v)
			} else {
				if r.Custom == nil {
					r.Custom = map[string]any{}
				}
				r.Custom[k.Text] = v.GoValue()
			}
		}
	}
	p.checkMetadata(r, root)
}

// ofWazuh is a rule of Wazuh 5 as others are written: it has its title and what else
// describes it under "metadata", the techniques of ATT&CK under "mitre", and times for
// dates.
func ofWazuh(root *yamldoc.Node) *yamldoc.Node {
	metadata := root.Get("metadata")
	if root.Get("title") != nil || metadata == nil || metadata.Get("title") == nil {
		return root
	}
	out := &yamldoc.Node{Kind: yamldoc.Map, Line: root.Line, Col: root.Col, Keys: slices.Clone(root.Keys), Items: slices.Clone(root.Items)}
	add := func(key, value *yamldoc.Node) {
		if root.Get(key.Text) == nil {
			out.Keys, out.Items = append(out.Keys, key), append(out.Items, value)
		}
	}
	for i, key := range metadata.Keys {
		value := metadata.Items[i]
		switch key.Text {
		case "title", "author", "description", "references":
			add(key, value)
		case "date", "modified":
			day := *value
			day.Text, _, _ = strings.Cut(day.Text, "T")
			add(key, &day)
		}
	}
	add(&yamldoc.Node{Kind: yamldoc.Scalar, Text: "taxonomy", Line: metadata.Line, Col: metadata.Col},
		&yamldoc.Node{Kind: yamldoc.Scalar, Text: "wazuh", Line: metadata.Line, Col: metadata.Col})
	tags := &yamldoc.Node{Kind: yamldoc.List, Line: metadata.Line, Col: metadata.Col}
	for _, name := range []string{"technique", "subtechnique"} {
		ids := root.Get("mitre").Get(name)
		if ids == nil || ids.Kind != yamldoc.List {
			continue
		}
		for _, id := range ids.Items {
			if id.Kind == yamldoc.Scalar {
				tag := *id
				tag.Text = "attack." + strings.ToLower(id.Text)
				tags.Items = append(tags.Items, &tag)
			}
		}
	}
	if len(tags.Items) > 0 {
		add(&yamldoc.Node{Kind: yamldoc.Scalar, Text: "tags", Line: tags.Line, Col: tags.Col}, tags)
	}
	return out
}

// oneLine is text of one line, as it stands in lines of reports.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (p *parser) readString(k, v *yamldoc.Node) string {
	if v.IsNull() {
		return ""
	}
	if !v.IsString() {
		p.errorf(v, sectionOf(k.Text), "String expected", "%q must be a string", k.Text)
		return ""
	}
	return strings.TrimSpace(v.Text)
}

// sectionOf is the specification's section about a key.
func sectionOf(key string) string {
	if key == "falsepositives" {
		return "Rules: FalsePositives"
	}
	return "Rules: " + strings.ToUpper(key[:1]) + key[1:]
}

func (p *parser) readStrings(k, v *yamldoc.Node) []string {
	if v.IsNull() {
		return nil
	}
	if v.Kind != yamldoc.List {
		p.errorf(v, sectionOf(k.Text), "List expected", "%q must be a list of strings", k.Text)
		return nil
	}
	out := make([]string, 0, len(v.Items))
	for _, e := range v.Items {
		if e.Kind != yamldoc.Scalar {
			p.errorf(e, sectionOf(k.Text), "String expected", "%q must be a list of strings", k.Text)
			continue
		}
		out = append(out, e.Text)
	}
	return out
}

func (p *parser) checkMetadata(r *Rule, root *yamldoc.Node) {
	at := func(key string) *yamldoc.Node {
		if v := root.Get(key); v != nil {
			return v
		}
		return root
	}
	switch n := len([]rune(r.Title)); {
	case r.Title == "" && (root.Get("title").IsNull() || at("title").IsString()):
		p.errorf(at("title"), "Rules: Title", "Title missing", "a rule must have a title")
	case n > maxTitle:
		p.errorf(at("title"), "Rules: Title", "Title too long", "%d characters; at most %d are allowed", n, maxTitle)
	}
	if r.ID != "" && !isUUID(r.ID) {
		p.errorf(at("id"), "Rules: Identification", "Invalid ID", "%q is not a valid UUID", r.ID)
	}
	for _, key := range []string{"name", "taxonomy"} {
		if v := root.Get(key); v != nil && v.IsString() && strings.TrimSpace(v.Text) == "" {
			p.errorf(v, sectionOf(key), "Empty string", "%q must not be empty; omit it instead", key)
		}
	}
	p.checkOneOf(at("level"), "Rules: Level", "Unknown level", r.Level, levels)
	p.checkOneOf(at("status"), "Rules: Status", "Unknown status", r.Status, statuses)
	p.checkDate(at("date"), r.Date)
	p.checkDate(at("modified"), r.Modified)
	if v := root.Get("tags"); v != nil && v.Kind == yamldoc.List {
		for _, e := range v.Items {
			if e.Kind == yamldoc.Scalar {
				r.tagsAt = append(r.tagsAt, e)
				p.checkTag(e)
			}
		}
	}
}

func (p *parser) checkOneOf(n *yamldoc.Node, section, summary, got string, valid []string) {
	if got != "" && !slices.Contains(valid, got) {
		p.errorf(n, section, summary, "%q; expected one of %s", got, strings.Join(valid, ", "))
	}
}

func (p *parser) checkDate(n *yamldoc.Node, s string) {
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

func (p *parser) checkTag(n *yamldoc.Node) {
	namespace, name, ok := strings.Cut(n.Text, ".")
	if !ok || namespace == "" || name == "" {
		p.errorf(n, "Rules: Tags", "Tag without namespace", "%q; expected \"namespace.name\"", n.Text)
	}
}

func (p *parser) readRelated(r *Rule, v *yamldoc.Node) {
	if v.IsNull() {
		return
	}
	if v.Kind != yamldoc.List {
		p.errorf(v, "Rules: Related", "List expected", "\"related\" must be a list of entries with id and type")
		return
	}
	for _, e := range v.Items {
		id, kind := e.Get("id"), e.Get("type")
		if e.Kind != yamldoc.Map || id == nil || kind == nil || id.Kind != yamldoc.Scalar || kind.Kind != yamldoc.Scalar {
			p.errorf(e, "Rules: Related", "Incomplete relation", "each entry of \"related\" must have an id and a type")
			continue
		}
		if !isUUID(id.Text) {
			p.errorf(id, "Rules: Related", "Invalid ID", "%q is not a valid UUID", id.Text)
		}
		if slices.Contains(oldRelated, kind.Text) {
			p.warnf(kind, "Rules: Related", "Outdated relation type", "%q; expected one of %s", kind.Text, strings.Join(related, ", "))
		} else {
			p.checkOneOf(kind, "Rules: Related", "Unknown relation type", kind.Text, related)
			if kind.Text == "" {
				p.errorf(kind, "Rules: Related", "Unknown relation type", "\"type\" must not be empty")
			}
		}
		r.Related = append(r.Related, Related{id.Text, kind.Text})
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
