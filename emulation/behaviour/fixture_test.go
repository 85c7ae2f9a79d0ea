package behaviour_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

var update = flag.Bool("update", false, "write the fixtures anew")

// fixture is what a reviewer reads of a behaviour: what it has done, and what a
// detector would be given of it.
type fixture struct {
	Asset  string          `json:"asset"`
	Plan   effect.StepPlan `json:"plan"`
	Events []left          `json:"events"`
}

// left is an event without what is the same in all: host, times and numbers,
// and the acting process once more.
type left struct {
	Sources    []string       `json:"sources"`
	Provenance string         `json:"provenance"`
	Fields     map[string]any `json:"fields"`
	// Stated are the fields of these that are, where the event is not.
	Stated []string `json:"stated,omitempty"`
}

// same are the fields left out.
var same = []string{
	"Channel", "Company", "Computer", "CreationUtcTime", "FileVersion", "Hashes", "LogonGuid", "LogonId", "ParentProcessGuid", "ParentProcessId",
	"ParentUser", "ProcessGuid", "ProcessId", "Product", "Provider_Name", "RuleName", "SubjectLogonId", "SubjectUserSid", "TerminalSessionId", "UtcTime",
	"ClientProcessId", "ClientProcessStartKey", "ParentProcessId", "RpcCallClientLocality", "FQDN", "SubjectDomainName",
}

func TestEveryBehaviourDoesWhatItsFixtureSays(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			kind, ok := scenarios.Library().Kind(b.Assets[0])
			require.True(t, ok, b.Assets[0])
			place := asset.Host{Kind: kind, Hostname: kind.Hostname}
			plan := labtest.Planned(t, b, place, nil)
			got := readable(t, fixture{Asset: kind.Name, Plan: plan, Events: leaves(t, place, plan)})

			file := filepath.Join("testdata", b.Name+".json")
			if *update {
				require.NoError(t, os.MkdirAll("testdata", 0o755))
				require.NoError(t, os.WriteFile(file, got, 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err, "write it with -update, and read it")
			assert.Equal(t, string(want), string(got))
		})
	}
}

func TestNoFixtureIsLeftOver(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	require.NoError(t, err)
	for _, file := range files {
		name := filepath.Base(file[:len(file)-len(".json")])
		_, ok := scenarios.Library().Behaviour(name)
		assert.True(t, ok, "%s is of no behaviour", file)
	}
}

// leaves gives the events of a plan that is performed in memory.
func leaves(t *testing.T, place asset.Host, plan effect.StepPlan) []left {
	t.Helper()
	day := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	stage, err := runner.Verified(fake.Lab{Now: func() time.Time { return day }}).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	var all []left
	events := telemetry.New("host", place).Translate(outcome.Observations, day)
	require.NoError(t, telemetry.NewCompletenessCheck("host", place).Verify(outcome.Observations, events))
	for _, e := range events {
		record := left{Provenance: e.Provenance.String(), Fields: maps.Clone(e.Fields)}
		for _, source := range e.Sources {
			record.Sources = append(record.Sources, strings.Join(strings.Fields(source.Product+" "+source.Category+" "+source.Service), "/"))
		}
		maps.DeleteFunc(record.Fields, func(name string, _ any) bool { return slices.Contains(same, name) })
		for _, name := range slices.Sorted(maps.Keys(e.FieldProvenance)) {
			if _, shown := record.Fields[name]; shown && e.FieldProvenance[name] == event.Stated {
				record.Stated = append(record.Stated, name)
			}
		}
		all = append(all, record)
	}
	return all
}

// readable is JSON with file contents as text.
func readable(t *testing.T, f fixture) []byte {
	t.Helper()
	raw, err := json.Marshal(f)
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(raw, &tree))
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(asText(t, tree)))
	return out.Bytes()
}

func asText(t *testing.T, value any) any {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			text, isText := inner.(string)
			if name == "content" && isText {
				content, err := base64.StdEncoding.DecodeString(text)
				require.NoError(t, err)
				v[name] = string(content)
				continue
			}
			v[name] = asText(t, inner)
		}
	case []any:
		for i := range v {
			v[i] = asText(t, v[i])
		}
	}
	return value
}

// nowhere is a disk on which nothing is: names are as given.
type nowhere struct{ effect.Disk }

func (nowhere) Lstat(name string) (fs.FileInfo, error) {
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

func (nowhere) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
}
