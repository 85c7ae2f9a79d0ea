package tune

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// edit replaces lines of a text: those from the index from to before the index to.
type edit struct {
	from, to int
	lines    []string // with their line ends
}

// apply returns the lines with the edit made.
func (e edit) apply(lines []string) []string {
	return slices.Concat(lines[:e.from], e.lines, lines[e.to:])
}

// errUneditable says of a rule's text that no filter can be added to it.
var errUneditable = errors.New("the rule's text cannot be edited")

func uneditable(why string) error { return fmt.Errorf("%w: %s", errUneditable, why) }

// linesOf splits a text into lines with their line ends.
func linesOf(text string) []string { return slices.Collect(strings.Lines(text)) }

// addFilter returns the edit that adds items, any of which excludes an event, to the rule
// that stands at a line (from 1) of a text. It fails with errUneditable where the rule is
// written in a way that leaves no place for it.
func addFilter(lines []string, line int, items []Item) (edit, error) {
	document, offset, err := documentAt(lines, line)
	if err != nil {
		return edit{}, err
	}
	detection := value(document, "detection")
	if detection == nil || detection.Kind != yaml.MappingNode || isFlow(document) || isFlow(detection) {
		return edit{}, uneditable("its detection is not written as lines of its own")
	}
	at := slices.IndexFunc(detection.Content, func(n *yaml.Node) bool { return n.Value == "condition" })
	for at >= 0 && at%2 == 1 { // a value that is called so
		next := slices.IndexFunc(detection.Content[at+1:], func(n *yaml.Node) bool { return n.Value == "condition" })
		if next < 0 {
			return edit{}, uneditable("it has no condition")
		}
		at += 1 + next
	}
	if at < 0 {
		return edit{}, uneditable("it has no condition")
	}
	key, condition := detection.Content[at], detection.Content[at+1]
	e := edit{from: offset + key.Line - 1}
	e.to = endOf(lines, document, detection, at, offset)
	end := "\n"
	if strings.HasSuffix(lines[e.from], "\r\n") {
		end = "\r\n"
	}
	name, term, err := filterName(detection, condition, len(items))
	if err != nil {
		return edit{}, err
	}
	indent := strings.Repeat(" ", key.Column-1)
	if !strings.HasPrefix(lines[e.from], indent+"condition") {
		return edit{}, uneditable("its condition does not stand on a line of its own")
	}
	for _, line := range filterLines(name, items, indent, strings.Repeat(" ", stepOf(detection))) {
		e.lines = append(e.lines, line+end)
	}
	changed, err := conditionLines(lines[e.from:e.to], condition, term, indent, end, offset-e.from)
	if err != nil {
		return edit{}, err
	}
	e.lines = append(e.lines, changed...)
	if last := lines[e.to-1]; !strings.HasSuffix(last, "\n") { // the end of the file stays as it is
		e.lines[len(e.lines)-1] = strings.TrimRight(e.lines[len(e.lines)-1], "\r\n")
	}
	return e, nil
}

// documentAt returns the YAML document of a line, and how many lines come before it.
func documentAt(lines []string, line int) (*yaml.Node, int, error) {
	start, end := 0, len(lines)
	for i, text := range lines {
		if !strings.HasPrefix(text, "---") && !strings.HasPrefix(text, "...") {
			continue
		}
		if i >= line {
			end = i
			break
		}
		start = i + 1
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(strings.TrimPrefix(strings.Join(lines[start:end], ""), "\ufeff")), &document); err != nil {
		return nil, 0, uneditable(err.Error())
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, 0, uneditable("it is not a document of its own")
	}
	return document.Content[0], start, nil
}

// soughtBy are the values that a rule's selections look for, by field; keywords have none.
func soughtBy(lines []string, line int) map[string][]string {
	document, _, err := documentAt(lines, line)
	if err != nil {
		return nil
	}
	all := map[string][]string{}
	detection := value(document, "detection")
	for i := 0; detection != nil && i+1 < len(detection.Content); i += 2 {
		if name := detection.Content[i].Value; name != "condition" && !strings.HasPrefix(name, "filter") {
			addSought(all, "", detection.Content[i+1])
		}
	}
	return all
}

// addSought adds the texts below a node, each to the field that it is of.
func addSought(all map[string][]string, field string, n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		all[field] = append(all[field], n.Value)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, _, _ := strings.Cut(n.Content[i].Value, "|")
			addSought(all, name, n.Content[i+1])
		}
	case yaml.SequenceNode:
		for _, child := range n.Content {
			addSought(all, field, child)
		}
	case yaml.DocumentNode, yaml.AliasNode:
	}
}

func value(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// endOf returns the index of the line after the condition's value: before what comes next
// in the detection or else in the document, without the blank lines and comments between.
func endOf(lines []string, document, detection *yaml.Node, at, offset int) int {
	end := len(lines)
	for i := offset + detection.Content[at].Line; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "---") || strings.HasPrefix(lines[i], "...") {
			end = i
			break
		}
	}
	next := slices.Concat(detection.Content[min(at+2, len(detection.Content)):], document.Content)
	for _, node := range next {
		if after := offset + node.Line - 1; node.Line > detection.Content[at].Line && after < end && node != detection.Content[at+1] {
			end = after
		}
	}
	for end > offset+detection.Content[at].Line {
		if text := strings.TrimSpace(lines[end-1]); text != "" && !strings.HasPrefix(text, "#") {
			break
		}
		end--
	}
	return end
}

// stepOf returns by how many columns a selection's fields are further in than its name.
func stepOf(detection *yaml.Node) int {
	for i := 0; i+1 < len(detection.Content); i += 2 {
		if of := detection.Content[i+1]; of.Kind == yaml.MappingNode && !isFlow(of) && len(of.Content) > 0 && of.Column > detection.Content[i].Column {
			return of.Column - detection.Content[i].Column
		}
	}
	return 4
}

// patternWord finds the words of a condition that name several selections.
var patternWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z0-9_-]*\*[A-Za-z0-9_*-]*|\bthem\b`) })

// filterName returns what the new selections are called, with a number where they are
// several, and the term by which a condition names them. No pattern of the condition may
// mean them, and none of the rule's own selections may have the name.
func filterName(detection, condition *yaml.Node, n int) (name, term string, err error) {
	var texts []string
	for _, c := range append([]*yaml.Node{condition}, condition.Content...) {
		texts = append(texts, c.Value)
	}
	patterns := patternWord().FindAllString(strings.Join(texts, " "), -1)
	for _, name := range []string{"filter_ordinary", "ordinary", "known_ordinary", "_filter_ordinary"} {
		taken := false
		for i := 0; i+1 < len(detection.Content); i += 2 {
			taken = taken || strings.HasPrefix(detection.Content[i].Value, name)
		}
		for _, pattern := range patterns {
			stem, _, _ := strings.Cut(pattern, "*")
			meant := strings.HasPrefix(name, stem) || strings.HasPrefix(stem, name)
			if pattern == "them" || stem == "" {
				meant = name[0] != '_'
			}
			taken = taken || meant
		}
		switch {
		case taken:
		case n == 1:
			return name, "not " + name, nil
		default:
			return name, "not 1 of " + name + "_*", nil
		}
	}
	return "", "", uneditable("its condition means selections of any name")
}

// filterLines are the new selections.
func filterLines(name string, items []Item, indent, step string) []string {
	var lines []string
	for i, item := range items {
		of := name
		if len(items) > 1 {
			of = fmt.Sprintf("%s_%d", name, i+1)
		}
		lines = append(lines, indent+of+":")
		if len(item.Values) == 1 {
			lines = append(lines, fmt.Sprintf("%s%s: %s", indent+step, item.Key(), quoted(item.Values[0])))
			continue
		}
		lines = append(lines, indent+step+item.Key()+":")
		for _, value := range item.Values {
			lines = append(lines, indent+step+step+"- "+quoted(value))
		}
	}
	return lines
}

// quoted is a value as a rule has it: wildcards are escaped, and so are backslashes that
// would escape something.
func quoted(value string) string {
	var out strings.Builder
	for i, r := range value {
		switch {
		case r == '*' || r == '?':
			out.WriteByte('\\')
		case r == '\\' && i+1 < len(value) && strings.ContainsRune(`\*?`, rune(value[i+1])):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return "'" + strings.ReplaceAll(out.String(), "'", "''") + "'"
}

// alternative finds what may make parentheses needed.
var alternative = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)[()]|\bor\b`) })

// hasAlternative reports whether a condition has an "or" outside of all parentheses.
func hasAlternative(condition string) bool {
	depth := 0
	for _, found := range alternative().FindAllString(condition, -1) {
		switch found {
		case "(":
			depth++
		case ")":
			depth--
		default:
			if depth <= 0 {
				return true
			}
		}
	}
	return false
}

// narrowed is a condition that the term must hold beside.
func narrowed(condition, term string) string {
	condition = strings.Join(strings.Fields(condition), " ")
	if hasAlternative(condition) {
		condition = "(" + condition + ")"
	}
	return condition + " and " + term
}

// conditionLines are the lines of a condition, or of a list of them, with the term in
// each. Lines begins with that of the key; before is what to add to a node's line to have
// its index in lines.
func conditionLines(lines []string, condition *yaml.Node, term, indent, end string, before int) ([]string, error) {
	lines = slices.Clone(lines)
	switch {
	case condition.Kind == yaml.ScalarNode && condition.Anchor == "" && len(lines) == 1:
		return lines, replaceScalar(lines, condition, term, before)
	case condition.Kind == yaml.ScalarNode && condition.Anchor == "":
		return []string{indent + "condition: " + narrowed(condition.Value, term) + end}, nil
	case condition.Kind == yaml.SequenceNode && !isFlow(condition):
		for _, item := range condition.Content {
			if item.Kind != yaml.ScalarNode || item.Anchor != "" {
				return nil, uneditable("its conditions are not texts")
			}
			if err := replaceScalar(lines, item, term, before); err != nil {
				return nil, err
			}
		}
		return lines, nil
	}
	return nil, uneditable("its condition is not a text")
}

// replaceScalar replaces a text that stands on one of the lines by its narrowed form.
func replaceScalar(lines []string, scalar *yaml.Node, term string, before int) error {
	at := scalar.Line - 1 + before
	if at < 0 || at >= len(lines) {
		return uneditable("its condition is not where it should be")
	}
	line := []rune(lines[at])
	if scalar.Column-1 > len(line) {
		return uneditable("its condition is not where it should be")
	}
	lead, rest := string(line[:scalar.Column-1]), string(line[scalar.Column-1:])
	quote := ""
	switch {
	case scalar.Style&yaml.SingleQuotedStyle != 0:
		quote = "'"
	case scalar.Style&yaml.DoubleQuotedStyle != 0:
		quote = `"`
	}
	tail, ok := strings.CutPrefix(rest, quote+scalar.Value+quote)
	if !ok {
		return uneditable("its condition goes over several lines or has escapes")
	}
	lines[at] = lead + quote + narrowed(scalar.Value, term) + quote + tail
	return nil
}
