package export_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/sigma/regression"
)

// rsigmaExpectations is the file as rsigma documents it; it refuses other keys.
// https://github.com/timescale/rsigma, docs/content/cli/rule/backtest.md
type rsigmaExpectations struct {
	Defaults struct {
		UnexpectedDetections string `yaml:"unexpected_detections"`
	} `yaml:"defaults"`
	Expectations []struct {
		Rule    string `yaml:"rule"`
		Corpus  string `yaml:"corpus"`
		AtLeast *int   `yaml:"at_least"`
		AtMost  *int   `yaml:"at_most"`
		Exactly *int   `yaml:"exactly"`
	} `yaml:"expectations"`
}

func TestACorpusHasTheAlertsThatItsExpectationsSay(t *testing.T) {
	t.Parallel()
	records, set := shipped(t), ruleSet(t)
	files, left := writtenFolder(t, "rsigma", about(event.EDR), records...)
	assert.Empty(t, left)
	var said rsigmaExpectations
	in := yaml.NewDecoder(strings.NewReader(files["expectations.yml"].String()))
	in.KnownFields(true)
	require.NoError(t, in.Decode(&said))
	assert.Equal(t, "warn", said.Defaults.UnexpectedDetections)
	assert.Greater(t, len(said.Expectations), 50)
	fired, events := map[string]map[string]int{}, 0
	for name, file := range files {
		corpus, ok := strings.CutPrefix(name, "corpus/")
		if !ok {
			assert.Equal(t, "expectations.yml", name)
			continue
		}
		assert.True(t, strings.HasSuffix(corpus, ".ndjson"))
		read := decoded(t, file.String())
		events += len(read)
		fired[corpus] = map[string]int{}
		for _, id := range alertsOf(set, read) {
			fired[corpus][id]++
		}
	}
	assert.Equal(t, len(records), events)
	for _, e := range said.Expectations {
		require.NotNil(t, e.AtLeast)
		assert.Nil(t, e.AtMost)
		assert.Nil(t, e.Exactly)
		assert.Equal(t, fired[e.Corpus][e.Rule], *e.AtLeast, "%s on %s", e.Rule, e.Corpus)
		delete(fired[e.Corpus], e.Rule)
	}
	for corpus, more := range fired {
		assert.Empty(t, more, corpus)
	}
}

func TestSigmaHQsLayoutIsMetByTheRulesThatAlerted(t *testing.T) {
	t.Parallel()
	set := ruleSet(t)
	files, left := writtenFolder(t, "sigmahq", about(event.EDR), shipped(t)...)
	folder := fstest.MapFS{}
	for name, file := range files {
		folder[name] = &fstest.MapFile{Data: []byte(file.String())}
		if strings.HasSuffix(name, "info.yml") {
			assert.Contains(t, file.String(), "# Emulated by ringer: no Windows or Linux host recorded these events")
			assert.NotContains(t, file.String(), "evtx")
		}
	}
	sets, problems := regression.Load(folder)
	require.Empty(t, problems)
	assert.Greater(t, len(sets), 50)
	for _, data := range sets {
		assert.True(t, strings.HasPrefix(data.Dir, "regression_data/"), data.Dir)
		require.Len(t, data.Rules, 1)
		require.Len(t, data.Tests, 1)
		if _, ok := set.Rule(data.Rules[0]); assert.True(t, ok) {
			assert.Empty(t, regression.Run(set, folder, data))
		}
	}
	reasons := map[string]bool{}
	for _, l := range left {
		reasons[l.Reason] = l.Count > 0
	}
	assert.Equal(t, map[string]bool{
		"events that no rule alerted on": true, "further events of a rule: a data set has 8": true, "alerts that rest on several events": true,
	}, reasons)
}

func TestRulesOfOneNameAreKeptApart(t *testing.T) {
	t.Parallel()
	r := moreRecords()[0]
	r.Alerts = []export.Rule{
		{ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11", Title: "A Rule"}, {ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12", Title: "a rule"},
		{ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b13", Title: "x", File: `windows\network_connection\../..//net_conn.yml`}, {Title: "without"}, {},
	}
	files, left := writtenFolder(t, "sigmahq", about(event.EDR), r)
	assert.Equal(t, []export.Left{{Reason: "alerts of rules that have no UUID", Count: 2}}, left)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	assert.ElementsMatch(t, []string{
		"regression_data/a_rule/info.yml", "regression_data/a_rule/5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11.json",
		"regression_data/a_rule_5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12/info.yml",
		"regression_data/a_rule_5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12/5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12.json",
		"regression_data/net_conn/info.yml", "regression_data/net_conn/5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b13.json",
	}, names)
	other := r
	other.Scenario, r.Scenario = "A b", "a/b"
	files, left = writtenFolder(t, "rsigma", about(event.EDR), r, other)
	assert.Equal(t, []export.Left{{Reason: "alerts of rules that have neither an id nor a title", Count: 2}}, left)
	assert.Len(t, files, 3, "two scenarios of one name as files are two files")
}

var errFull = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
func (full) Close() error              { return errFull }

func TestADestinationThatFailsIsTold(t *testing.T) {
	t.Parallel()
	r := moreRecords()[0]
	for _, f := range export.Formats() {
		for name, create := range map[string]export.FolderWriter{
			"cannot be created": func(string) (io.WriteCloser, error) { return nil, errFull },
			"cannot be written": func(string) (io.WriteCloser, error) { return full{}, nil },
		} {
			w, err := export.New(f.Name, full{}, export.Run{})
			if f.Folder {
				w, err = export.NewFolder(f.Name, create, export.Run{})
			}
			require.NoError(t, err)
			if f.Name == "auditd" {
				r.Event.Sources, r.Event.Fields = []event.LogSource{{Product: "linux", Service: "auditd"}}, map[string]any{"type": "CWD"}
			} else {
				r = moreRecords()[0]
			}
			assert.ErrorIs(t, errors.Join(w.Write(r), w.Close()), errFull, "%s %s", f.Name, name)
		}
	}
}
