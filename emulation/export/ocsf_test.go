package export_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ocsfFacts are what testdata/ocsf-1.8.0.txt has of the schema.
type ocsfFacts struct{ classes, objects map[string]ocsfShape }

// ocsfShape is a class or an object.
type ocsfShape struct {
	category   string
	atLeastOne []string
	justOne    []string
	attributes map[string]ocsfAttribute
}

type ocsfAttribute struct {
	kind         string // a plain type, or the name of an object
	required     bool
	object, list bool
	enum         []string
}

func readOCSFFacts(t *testing.T) ocsfFacts {
	t.Helper()
	file, err := os.Open("testdata/ocsf-1.8.0.txt")
	require.NoError(t, err)
	defer file.Close()
	facts := ocsfFacts{map[string]ocsfShape{}, map[string]ocsfShape{}}
	var shape ocsfShape
	for in := bufio.NewScanner(file); in.Scan(); {
		words := strings.Fields(in.Text())
		switch words[0] {
		case "#":
		case "class", "object":
			shape = ocsfShape{attributes: map[string]ocsfAttribute{}}
			name, rest := words[1], words[2:]
			for i, word := range rest {
				switch word {
				case "category":
					shape.category = rest[i+1]
				case "at_least_one":
					shape.atLeastOne = rest[i+1:]
				case "just_one":
					shape.justOne = rest[i+1:]
				}
			}
			if words[0] == "class" {
				facts.classes[name] = shape
			} else {
				facts.objects[name] = shape
			}
		default:
			a := ocsfAttribute{required: words[0] == "!"}
			kind := words[2:]
			if at := slices.Index(kind, "="); at >= 0 {
				kind, a.enum = kind[:at], kind[at+1:]
			}
			a.object, a.list = kind[0] == "object", kind[len(kind)-1] == "list"
			if a.object {
				kind = kind[1:]
			}
			a.kind = kind[0]
			shape.attributes[strings.TrimSuffix(words[1], ":")] = a
		}
	}
	return facts
}

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// problems lists what is wrong with an object of a shape.
func (f ocsfFacts) problems(at string, shape ocsfShape, of map[string]any) (all []string) {
	for name, a := range shape.attributes {
		if _, ok := of[name]; a.required && !ok {
			all = append(all, at+"."+name+" is required")
		}
	}
	found := func(names []string) (n int) {
		for _, name := range names {
			if of[name] != nil {
				n++
			}
		}
		return n
	}
	if len(shape.atLeastOne) > 0 && found(shape.atLeastOne) == 0 {
		all = append(all, fmt.Sprint(at, " must have one of ", shape.atLeastOne))
	}
	if len(shape.justOne) > 0 && found(shape.justOne) != 1 {
		all = append(all, fmt.Sprint(at, " must have just one of ", shape.justOne))
	}
	for name, v := range of {
		a, known := shape.attributes[name]
		if !known {
			all = append(all, at+"."+name+" is no attribute")
			continue
		}
		values := []any{v}
		if list, ok := v.([]any); ok && a.list {
			values = list
		} else if a.list {
			all = append(all, at+"."+name+" must be a list")
		}
		for _, v := range values {
			all = append(all, f.valueProblems(at+"."+name, a, v)...)
		}
	}
	return all
}

func (f ocsfFacts) valueProblems(at string, a ocsfAttribute, v any) []string {
	if a.object {
		inner, ok := v.(map[string]any)
		if !ok {
			return []string{at + " must be an object"}
		}
		return f.problems(at, f.objects[a.kind], inner)
	}
	text, isText := v.(string)
	number, isNumber := v.(json.Number)
	integer, err := number.Int64()
	good := true
	switch a.kind {
	case "string":
		good = isText && text != ""
	case "uuid":
		good = isText && uuidPattern.MatchString(text)
	case "ip":
		_, err := netip.ParseAddr(text)
		good = isText && err == nil
	case "integer", "timestamp":
		good = isNumber && err == nil
	case "port":
		good = isNumber && err == nil && integer >= 0 && integer <= 65535
	case "boolean":
		_, good = v.(bool)
	case "json", "any":
	default:
		good = false
	}
	if !good {
		return []string{fmt.Sprintf("%s is %v; it must be of type %s", at, v, a.kind)}
	}
	if len(a.enum) > 0 && !slices.Contains(a.enum, fmt.Sprint(v)) {
		return []string{fmt.Sprintf("%s is %v; expected one of %v", at, v, a.enum)}
	}
	return nil
}

func TestEveryLineIsOfItsClass(t *testing.T) {
	t.Parallel()
	facts, records := readOCSFFacts(t), allRecords(t)
	seen := map[string]bool{}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		text, left := written(t, "ocsf", about(shape), records...)
		assert.Empty(t, left)
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for _, r := range records {
			doc := decodedLine(t, lines[0])
			require.NotEqual(t, "2004", fmt.Sprint(doc["class_uid"]))
			for range 1 + len(r.Alerts) {
				doc := decodedLine(t, lines[0])
				lines = lines[1:]
				class := fmt.Sprint(doc["class_uid"])
				seen[class] = true
				shape, known := facts.classes[class]
				require.True(t, known, class)
				require.Empty(t, facts.problems(class, shape, doc), "%v", doc)
				assert.Equal(t, shape.category, fmt.Sprint(doc["category_uid"]))
				assert.Equal(t, fmt.Sprintf("%d", number(t, doc["class_uid"])*100+number(t, doc["activity_id"])), fmt.Sprint(doc["type_uid"]))
				assert.Equal(t, r.Event.Time.UnixMilli(), number(t, doc["time"]))
				said := doc["unmapped"].(map[string]any)["ringer"].(map[string]any)
				assert.Equal(t, r.Event.Provenance.String(), said["provenance"])
				assert.Equal(t, r.Event.Lineage.Step, said["step"])
			}
		}
		assert.Empty(t, lines)
	}
	for _, class := range strings.Fields("1001 201001 201002 1005 1006 201004 1007 1008 2004 3001 3002 4001 4003 6005") {
		assert.True(t, seen[class], "class %s is written", class)
	}
}

func decodedLine(t testing.TB, line string) map[string]any {
	t.Helper()
	in := json.NewDecoder(bytes.NewReader([]byte(line)))
	in.UseNumber()
	var doc map[string]any
	require.NoError(t, in.Decode(&doc), line)
	require.False(t, in.More())
	return doc
}

func number(t *testing.T, v any) int64 {
	t.Helper()
	n, err := v.(json.Number).Int64()
	require.NoError(t, err)
	return n
}
