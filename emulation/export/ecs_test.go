package export_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"encoding/json"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ecsTypes are the types that ECS expects of events of each category.
var ecsTypes = map[string]string{
	"authentication": "start end info", "configuration": "access change creation deletion info", "database": "access change info error",
	"driver": "change end info start", "file": "access change creation deletion info", "host": "access change end info start",
	"iam": "admin change creation deletion group info user", "library": "start",
	"network": "access allowed connection denied end info protocol start", "process": "access change end info start",
	"registry": "access change creation deletion", "session": "start end info", "web": "access error info",
}

func readECSFacts(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/ecs-9.4.0.txt")
	require.NoError(t, err)
	facts := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, kind, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			facts[name] = kind
		}
	}
	return facts
}

// ecsProblems lists what is wrong with a document.
func ecsProblems(facts map[string]string, at string, of map[string]any) (all []string) {
	for name, v := range of {
		path := strings.TrimPrefix(at+"."+name, ".")
		if inner, ok := v.(map[string]any); ok {
			all = append(all, ecsProblems(facts, path, inner)...)
			continue
		}
		kind, known := facts[path]
		if !known {
			all = append(all, path+" is no field of ECS")
			continue
		}
		kind, list := strings.CutSuffix(kind, " list")
		values, isList := v.([]any)
		if list != isList {
			all = append(all, path+" must be a list, or must not be one")
		}
		if !isList {
			values = []any{v}
		}
		for _, v := range values {
			if !ecsHas(kind, v) {
				all = append(all, fmt.Sprintf("%s is %v; it must be of type %s", path, v, kind))
			}
		}
	}
	return all
}

func ecsHas(kind string, v any) bool {
	text, isText := v.(string)
	switch kind {
	case "keyword", "wildcard", "match_only_text":
		return isText
	case "date":
		_, err := time.Parse(time.RFC3339Nano, text)
		return err == nil
	case "ip":
		_, err := netip.ParseAddr(text)
		return err == nil
	case "long":
		n, ok := v.(json.Number)
		_, err := n.Int64()
		return ok && err == nil
	case "boolean":
		_, ok := v.(bool)
		return ok
	}
	return false
}

func TestEveryFieldIsOneOfECSOrRingers(t *testing.T) {
	t.Parallel()
	facts, records := readECSFacts(t), allRecords(t)
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		text, left := written(t, "ecs", about(shape), records...)
		assert.Empty(t, left)
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		require.Len(t, lines, len(records))
		for i, r := range records {
			doc := decodedLine(t, lines[i])
			said := doc["ringer"].(map[string]any)
			delete(doc, "ringer")
			require.Empty(t, ecsProblems(facts, "", doc), "%v", doc)
			about := doc["event"].(map[string]any)
			categories, _ := about["category"].([]any)
			var expected []string
			for _, category := range categories {
				types, known := ecsTypes[category.(string)]
				require.True(t, known, category)
				expected = append(expected, strings.Fields(types)...)
			}
			for _, kind := range about["type"].([]any) {
				assert.True(t, len(expected) == 0 || slices.Contains(expected, kind.(string)), "%v of %v", kind, categories)
			}
			assert.Equal(t, r.Event.Provenance.String(), said["provenance"])
			assert.Equal(t, r.Event.Lineage.Step, said["step"])
			if r.Technique != "" {
				assert.Equal(t, "MITRE ATT&CK", doc["threat"].(map[string]any)["framework"])
			}
		}
	}
}
