package effect_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// rows is a database server that answers everything.
func rows(text string) func(effect.Export) ([]byte, error) {
	return func(effect.Export) ([]byte, error) { return []byte(text), nil }
}

func TestAnExportLeavesRowsBelowTheMarker(t *testing.T) {
	t.Parallel()
	tree := effect.Tree{Root: t.TempDir(), Platform: effect.Linux}
	export := effect.Export{Program: "pg_dump", Role: "billing", Table: "cdr_voice", Columns: effect.Columns("cdr_voice"), Into: "/var/tmp/v.dmp"}
	check := effect.Exported{Path: export.Into, Least: 2}
	require.Error(t, check.Verify(tree))
	require.NoError(t, export.Perform(effect.Executor{Tree: tree, Export: rows("a\nb\n")}))
	require.NoError(t, check.Verify(tree))
	check.Least = 3
	require.EqualError(t, check.Verify(tree), "/var/tmp/v.dmp has 2 rows")
}

func TestAnExportNamesOnlyWhatIsOnTheList(t *testing.T) {
	t.Parallel()
	sound := effect.Export{Program: "psql", Role: "billing", Table: "cdr_voice", Columns: []string{"a_msisdn"}, Into: "/var/tmp/x"}
	for _, c := range []struct {
		name   string
		change func(*effect.Export)
	}{
		{"another table", func(e *effect.Export) { e.Table = "pg_authid" }},
		{"a table with more to it", func(e *effect.Export) { e.Table = "cdr_voice; DROP TABLE cdr_voice" }},
		{"another column", func(e *effect.Export) { e.Columns = []string{"a_msisdn", "pg_sleep(9)"} }},
		{"a role with more to it", func(e *effect.Export) { e.Role = "billing host=192.0.2.1" }},
		{"a program with more to it", func(e *effect.Export) { e.Program = "psql options='-c log_statement=none'" }},
		{"no column", func(e *effect.Export) { e.Columns = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			export := sound
			c.change(&export)
			in := effect.Executor{Tree: effect.Tree{Root: t.TempDir(), Platform: effect.Linux}, Export: func(effect.Export) ([]byte, error) {
				assert.Fail(t, "the server is not asked")
				return nil, nil
			}}
			require.Error(t, export.Perform(in))
		})
	}
	require.Error(t, sound.Perform(effect.Executor{}), "an asset without a server")
	require.ErrorIs(t, sound.Perform(effect.Executor{Export: func(effect.Export) ([]byte, error) { return nil, errRefused }}), errRefused)
}

var errRefused = errors.New("refused")

// Whatever a request holds, either it is refused or it is one request line with
// an address of nobody's.
func FuzzRequest(f *testing.F) {
	f.Add("GET", "/uploads/x.php?c=id", "198.51.100.23", "Mozilla/5.0")
	f.Add("GET", "//elsewhere/", "198.51.100.23", "")
	f.Add("PUT", "/ HTTP/1.1\r\nHost: x", "127.0.0.1", "a\nb")
	f.Fuzz(func(t *testing.T, method, path, from, agent string) {
		request := effect.Request{Method: method, Path: path, From: from, Agent: agent}
		asked := false
		err := request.Perform(effect.Executor{Request: func(got effect.Request) error {
			asked = true
			assert.Equal(t, request, got)
			return nil
		}})
		assert.Equal(t, err == nil, asked)
		if asked {
			assert.Contains(t, []string{"GET", "POST"}, method)
			assert.False(t, strings.ContainsAny(path+agent, "\r\n\x00"))
			assert.True(t, strings.HasPrefix(from, "192.0.2.") || strings.HasPrefix(from, "198.51.100.") || strings.HasPrefix(from, "203.0.113."))
		}
	})
}

func TestAPlanSaysWhichServiceItAsks(t *testing.T) {
	t.Parallel()
	process := func(acts ...effect.Act) effect.Process {
		return effect.Process{Image: "/usr/bin/x", Args: []string{"x"}, Acts: acts}
	}
	request, export := effect.Request{Method: "GET", Path: "/", From: "192.0.2.1"}, effect.Export{Table: "cdr_voice"}
	for _, c := range []struct {
		name string
		plan effect.StepPlan
		want string
	}{
		{"none", effect.StepPlan{Processes: []effect.Process{process(effect.Write{Path: "/x"})}}, ""},
		{"a web server", effect.StepPlan{Processes: []effect.Process{process(), process(request)}}, effect.WebService},
		{"a database server, of a child", effect.StepPlan{Processes: []effect.Process{process(effect.Run{Process: process(export)})}}, effect.DatabaseService},
	} {
		assert.Equal(t, c.want, c.plan.Service(), c.name)
		text, err := json.Marshal(c.plan)
		require.NoError(t, err)
		var back effect.StepPlan
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, c.want, back.Service(), "the wire keeps it: %s", c.name)
	}
}
