package placeholder

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// Values are the values of placeholders by name.
type Values map[string][]string

// Argument adds what an argument says: name=value,value. It fails if there is no name or
// no value.
func (v Values) Argument(text string) error {
	name, list, ok := strings.Cut(text, "=")
	name = bare(name)
	if !ok || name == "" || list == "" {
		return fmt.Errorf("%q: expected NAME=VALUE,…", text)
	}
	v[name] = append(v[name], strings.Split(list, ",")...)
	return nil
}

// File adds what a YAML file says, which maps names to a value or a list of values,
// by itself or, as in pySigma's pipelines, under "vars". It fails if the file is no such
// mapping.
func (v Values) File(content []byte) error {
	for _, document := range yamldoc.Documents(content) {
		if document.Err != nil {
			return fmt.Errorf("line %d: %s", document.Err.Line, document.Err.Detail)
		}
		root := document.Root
		if inside := root.Get("vars"); inside != nil && inside.Kind == yamldoc.Map {
			root = inside
		}
		if root.Kind != yamldoc.Map {
			return errors.New("expected a mapping of names to values")
		}
		for i, key := range root.Keys {
			values, err := valuesOf(root.Items[i])
			if err != nil {
				return fmt.Errorf("line %d: %q: %w", key.Line, key.Text, err)
			}
			v[bare(key.Text)] = append(v[bare(key.Text)], values...)
		}
	}
	return nil
}

func valuesOf(n *yamldoc.Node) ([]string, error) {
	nodes := n.Items
	if n.Kind == yamldoc.Scalar {
		nodes = []*yamldoc.Node{n}
	}
	if n.Kind == yamldoc.Map || n.IsNull() || len(nodes) == 0 {
		return nil, errors.New("expected a value or a list of values")
	}
	values := make([]string, len(nodes))
	for i, value := range nodes {
		if value.Kind != yamldoc.Scalar || value.IsNull() {
			return nil, errors.New("expected a value or a list of values")
		}
		values[i] = value.Text
	}
	return values, nil
}

// bare is a name without the percent signs that rules have around it.
func bare(name string) string {
	name = strings.TrimSpace(name)
	if inside, ok := strings.CutPrefix(name, "%"); ok && strings.HasSuffix(inside, "%") {
		return strings.TrimSuffix(inside, "%")
	}
	return name
}
