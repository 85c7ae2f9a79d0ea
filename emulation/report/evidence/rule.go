package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Rule is what a report says of a rule.
type Rule struct {
	ID, Title, Description string
	Level, Status          string
	Tags                   []string
	// File is where it was read from. Path is the same in the user's repository;
	// empty if it is not there.
	File, Path string
	// Condition is the place in File that decides when the rule alerts.
	Condition Region
	// fields are the places in File that name a field, by its name.
	fields map[string]Region
}

// Field is the place in the rule's file that first names a field; ok is false if
// none does.
func (r Rule) Field(name string) (at Region, ok bool) {
	at, ok = r.fields[name]
	return at, ok
}

// readRules reads those rules of the files that are wanted. It fails if a file that
// has one is not YAML.
func readRules(files []File, wanted map[string]bool, inRepository func(string) (string, bool)) (map[string]Rule, error) {
	rules := map[string]Rule{}
	for _, file := range files {
		if !namesWanted(file.Content, wanted) {
			continue
		}
		path := ""
		if inRepository != nil {
			path, _ = inRepository(file.Name)
		}
		documents := yaml.NewDecoder(bytes.NewReader(file.Content))
		for {
			var document yaml.Node
			if err := documents.Decode(&document); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("read rules of %s: %w", file.Name, err)
			}
			if rule, ok := ruleOf(&document, file.Content); ok && wanted[rule.ID] {
				rule.File, rule.Path = file.Name, path
				rules[rule.ID] = rule
			}
		}
	}
	return rules, nil
}

// namesWanted reports whether a file has a line with the id of a rule that is
// wanted: most of thousands have not, and need not be parsed.
func namesWanted(content []byte, wanted map[string]bool) bool {
	for line := range bytes.Lines(content) {
		if id, ok := bytes.CutPrefix(line, []byte("id:")); ok && wanted[strings.Trim(string(id), " \t\r\n'\"")] {
			return true
		}
	}
	return false
}

func ruleOf(document *yaml.Node, content []byte) (Rule, bool) {
	if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return Rule{}, false
	}
	var said struct {
		ID, Title, Description, Level, Status string
		Tags                                  []string
	}
	if err := document.Decode(&said); err != nil {
		return Rule{}, false // it is no rule that could have been judged with
	}
	rule := Rule{ID: said.ID, Title: said.Title, Description: strings.TrimSpace(said.Description), Level: said.Level, Status: said.Status, Tags: said.Tags}
	lines := strings.Split(string(content), "\n")
	for _, path := range [][]string{{"detection", "condition"}, {"correlation", "condition"}, {"correlation"}, {"title"}} {
		if key, _ := findKey(document.Content[0], path...); key != nil {
			rule.Condition = regionOf(lines, key.Line)
			break
		}
	}
	rule.fields = map[string]Region{}
	if key, detection := findKey(document.Content[0], "detection"); key != nil {
		addFields(rule.fields, lines, detection)
	}
	return rule, true
}

// addFields adds the first line on which each field is named, with or without
// modifiers.
func addFields(to map[string]Region, lines []string, under *yaml.Node) {
	for i, node := range under.Content {
		if under.Kind == yaml.MappingNode && i%2 == 0 {
			name, _, _ := strings.Cut(node.Value, "|")
			if _, known := to[name]; !known {
				to[name] = regionOf(lines, node.Line)
			}
			continue
		}
		addFields(to, lines, node)
	}
}

// findKey finds a key that lies below others, and its value; both are nil if it is
// not there.
func findKey(mapping *yaml.Node, path ...string) (key, value *yaml.Node) {
	if mapping.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value != path[0] {
			continue
		}
		if len(path) == 1 {
			return mapping.Content[i], mapping.Content[i+1]
		}
		return findKey(mapping.Content[i+1], path[1:]...)
	}
	return nil, nil
}
