package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxYAML is the most bytes of a file of YAML: the largest of the public corpora has
// 170 KB.
const maxYAML = 1 << 20

// decodeYAML decodes all documents of a file, which is a list in each. What has another
// shape where one is expected is an error.
func decodeYAML[T any](text []byte) ([]T, error) {
	if len(text) > maxYAML {
		return nil, fmt.Errorf("it has more than %d KiB", maxYAML>>10)
	}
	in := yaml.NewDecoder(bytes.NewReader(text))
	var all []T
	for {
		var document yaml.Node
		err := in.Decode(&document)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("it is not YAML: %w", firstLine(err))
		}
		root := &document
		if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
			root = root.Content[0]
		}
		var some []T
		switch root.Kind {
		case yaml.SequenceNode:
			err = root.Decode(&some)
		case yaml.MappingNode:
			some = make([]T, 1)
			err = root.Decode(&some[0])
		}
		if err != nil {
			return nil, fmt.Errorf("it has another shape: %w", firstLine(err))
		}
		all = append(all, some...)
	}
}

// firstLine keeps what YAML's own errors say first: they can have a line for each value.
func firstLine(err error) error {
	lines := strings.Split(strings.TrimPrefix(err.Error(), "yaml: unmarshal errors:\n"), "\n")
	return errors.New(strings.TrimSpace(lines[0]))
}

// anyText is a scalar of YAML, or nothing if it is something else.
type anyText string

// UnmarshalYAML never fails.
func (t *anyText) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode && node.Tag != "!!null" {
		*t = anyText(node.Value)
	}
	return nil
}

// unfilled begins a place for an argument that has no default.
const unfilled = "#{"

// maxCommand is the most bytes of a command in which arguments are put in.
const maxCommand = 64 << 10

// withArguments puts the defaults of arguments in the places that a command has for
// them, #{name}. A command that becomes too long is left as it is written.
func withArguments(command string, defaults map[string]string) string {
	var out strings.Builder
	rest := command
	for {
		before, after, found := strings.Cut(rest, unfilled)
		name, behind, closed := strings.Cut(after, "}")
		if !found || !closed {
			out.WriteString(rest)
			return out.String()
		}
		out.WriteString(before)
		if value, known := defaults[strings.TrimSpace(name)]; known {
			out.WriteString(strings.TrimSpace(value))
		} else {
			out.WriteString(unfilled + name + "}")
		}
		if out.Len() > maxCommand {
			return command
		}
		rest = behind
	}
}
