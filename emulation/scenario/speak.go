package scenario

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Speak returns a file of scenarios, or of a library, with the techniques that it names
// as a version of ATT&CK has them, and with that version as the one that its scenario
// speaks; comments and layout stay. An id for which the version has nothing, or several,
// stays as it is, and a warning says so. If the file cannot be parsed, Speak returns nil
// and the diagnostics.
//
// What is rewritten are ids that are written out: in `technique`, also as the key of an
// object, and in a behaviour's `attack`. A behaviour always speaks the current version.
func Speak(name string, text []byte, to attack.Version) ([]byte, hcl.Diagnostics) {
	file, problems := bounded.Parse(name, text)
	if problems.HasErrors() {
		return nil, problems
	}
	s := &speaker{to: to, text: text}
	if body, ok := file.Body.(*hclsyntax.Body); ok {
		s.body(body, "")
	}
	return s.edited(), diagnostic.Sort(s.Diagnostics())
}

// speaker gathers what is to be changed in one file.
type speaker struct {
	diagnostic.Reporter
	to    attack.Version
	text  []byte
	edits []edit
}

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	with       string
}

// edited is the text with all changes.
func (s *speaker) edited() []byte {
	slices.SortStableFunc(s.edits, func(a, b edit) int { return a.start - b.start })
	var out bytes.Buffer
	from := 0
	for _, edit := range s.edits {
		if edit.start < from {
			continue // of what is taken out, or the same once more
		}
		out.Write(s.text[from:edit.start])
		out.WriteString(edit.with)
		from = edit.end
	}
	out.Write(s.text[from:])
	return out.Bytes()
}

func (s *speaker) body(body *hclsyntax.Body, inside string) {
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		attr := body.Attributes[name]
		switch {
		case name == "attack" && inside == "scenario":
			s.version(attr)
		case name == "attack" && inside == "behaviour":
			if s.to == attack.Current {
				s.ids(attr.Expr)
			}
		case name == "technique":
			s.ids(attr.Expr)
		default:
			s.keys(attr.Expr)
		}
	}
	for _, block := range body.Blocks {
		if block.Type == "scenario" && block.Body.Attributes["attack"] == nil && s.to != attack.Current {
			s.addVersion(block)
		}
		s.body(block.Body, block.Type)
	}
}

// version rewrites a scenario's `attack`.
func (s *speaker) version(attr *hclsyntax.Attribute) {
	given, at, ok := s.literal(attr.Expr)
	if !ok {
		s.Warnf(diagnostic.At(attr.SrcRange), "ATT&CK version not rewritten", "\"attack\" is not written out here: set it to %q where its value comes from.", s.to)
		return
	}
	if version, known := attack.FindVersion(given); !known || version != s.to {
		s.edits = append(s.edits, edit{at.Start.Byte, at.End.Byte, `"` + string(s.to) + `"`})
	}
}

// addVersion adds `attack` to a scenario block that has none.
func (s *speaker) addVersion(block *hclsyntax.Block) {
	after := block.OpenBraceRange.End.Byte
	added := "\n  attack = \"" + string(s.to) + "\""
	if block.OpenBraceRange.Start.Line == block.CloseBraceRange.Start.Line {
		added += "\n"
		if len(block.Body.Attributes) > 0 {
			before := block.CloseBraceRange.Start.Byte
			s.edits = append(s.edits, edit{before, before, "\n"})
		}
	}
	s.edits = append(s.edits, edit{after, after, added})
}

// keys rewrites the ids in objects whose key is `technique`.
func (s *speaker) keys(expr hclsyntax.Expression) {
	s.visit(expr, func(node hclsyntax.Node) {
		object, ok := node.(*hclsyntax.ObjectConsExpr)
		if !ok {
			return
		}
		for _, item := range object.Items {
			if hcl.ExprAsKeyword(item.KeyExpr) == "technique" {
				s.ids(item.ValueExpr)
			}
		}
	})
}

// ids rewrites the ids that an expression has written out.
func (s *speaker) ids(expr hclsyntax.Expression) {
	s.visit(expr, func(node hclsyntax.Node) {
		switch node := node.(type) {
		case *hclsyntax.TupleConsExpr:
			s.dropDoubles(node)
		case *hclsyntax.TemplateExpr:
			if given, at, ok := s.literal(node); ok && techniqueID().MatchString(given) {
				s.id(given, at)
			}
		}
	})
}

func (s *speaker) id(given string, at hcl.Range) {
	all := s.to.Counterparts(given)
	switch {
	case len(all) == 1 && all[0] != given:
		s.edits = append(s.edits, edit{at.Start.Byte, at.End.Byte, `"` + all[0] + `"`})
	case len(all) > 1:
		s.Warnf(diagnostic.At(at), "Technique not rewritten", "ATT&CK %s has several in the place of %s: %s. Write the one that is meant.", s.to, given, strings.Join(all, ", "))
	case len(all) == 0:
		s.Warnf(diagnostic.At(at), "Technique not rewritten", "ATT&CK %s has nothing in the place of %s.", s.to, given)
	}
}

// dropDoubles takes ids out of a list that become one that is before them in it.
func (s *speaker) dropDoubles(list *hclsyntax.TupleConsExpr) {
	seen := map[string]bool{}
	for i, element := range list.Exprs {
		given, at, ok := s.literal(element)
		becomes := s.to.Counterparts(given)
		if !ok || len(becomes) != 1 {
			continue
		}
		if i > 0 && seen[becomes[0]] {
			from := list.Exprs[i-1].Range().End.Byte
			if between := s.text[from:at.Start.Byte]; strings.TrimSpace(string(between)) == "," {
				s.edits = append(s.edits, edit{from, at.End.Byte, ""})
			}
		}
		seen[becomes[0]] = true
	}
}

// literal returns a string that is written out, and where.
func (s *speaker) literal(expr hclsyntax.Expression) (text string, at hcl.Range, ok bool) {
	template, is := expr.(*hclsyntax.TemplateExpr)
	if !is || !template.IsStringLiteral() {
		return "", hcl.Range{}, false
	}
	value, problems := template.Value(nil)
	at = template.SrcRange
	if problems.HasErrors() || string(at.SliceBytes(s.text)) != `"`+value.AsString()+`"` {
		return "", hcl.Range{}, false // it has escapes, as no id and no version has
	}
	return value.AsString(), at, true
}

func (s *speaker) visit(expr hclsyntax.Expression, do func(hclsyntax.Node)) {
	// The visitor itself reports nothing.
	_ = hclsyntax.VisitAll(expr, func(node hclsyntax.Node) hcl.Diagnostics {
		do(node)
		return nil
	})
}

var techniqueID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^T[0-9]{4}(\.[0-9]{3})?$`) })
