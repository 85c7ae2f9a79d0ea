package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
	"github.com/ringer-lab/ringer/emulation/report"
)

// said is what a command has written so far; it is safe for concurrent use.
type said struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (s *said) Write(text []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.Write(text)
}

func (s *said) String() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.String()
}

// watched is a watch that goes on.
type watched struct {
	stdout, stderr said
	end            context.CancelFunc
	code           chan int
}

func startWatch(t *testing.T, args ...string) *watched {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	w := &watched{end: cancel, code: make(chan int, 1)}
	go func() {
		w.code <- cli.Main(t.Context(), &cli.State{
			Args: append([]string{"watch"}, args...), Env: func(string) string { return "" }, Stdin: strings.NewReader(""), Stdout: &w.stdout, Stderr: &w.stderr,
			Now: time.Now, Interruptible: func(context.Context) context.Context { return ctx },
		})
	}()
	t.Cleanup(cancel)
	w.says(t, &w.stderr, "watching")
	return w
}

// says waits until a stream has a text.
func (*watched) says(t *testing.T, in *said, text string) {
	t.Helper()
	if !assert.Eventually(t, func() bool { return strings.Contains(in.String(), text) }, time.Minute, 5*time.Millisecond, "%q", text) {
		t.Fatal(in.String())
	}
}

const watchedRule = `title: Add-In
id: 11111111-2222-4333-8444-555555555555
logsource:
  category: file_event
  product: windows
detection:
  add_in:
    TargetFilename|endswith: '.wll'
  condition: add_in
`

func save(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// A rule is saved in the ways in which editors do; each time what it does is told, and
// what it no longer sees is explained.
func TestASavedRuleIsJudgedAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "add_in.yml")
	save(t, file, watchedRule)
	w := startWatch(t, "--rules", folder, "--recording", "shipped:small", "--json")

	save(t, file, strings.Replace(watchedRule, ".wll", ".xll", 1))
	w.says(t, &w.stdout, `"change":"lost_detection"`)
	w.says(t, &w.stdout, `TargetFilename must end with \".xll\"`)
	w.says(t, &w.stdout, `"before":"noisy","after":"untested"`)

	save(t, file, "title: [half of a file")
	w.says(t, &w.stdout, "the last good state stays")

	save(t, file, "")
	w.says(t, &w.stdout, "the file has no rule")

	save(t, file+"~", watchedRule)
	require.NoError(t, os.Rename(file+"~", file))
	w.says(t, &w.stdout, `"change":"gained_detection"`)

	save(t, file, strings.Replace(watchedRule, ".wll", ".exe", 1))
	w.says(t, &w.stdout, `"after":"noisy"`)
	w.says(t, &w.stdout, `"change":"gained_alarm"`)

	require.NoError(t, os.Remove(file))
	w.says(t, &w.stdout, "the rule is gone")
	w.end()
	assert.Equal(t, 130, <-w.code)

	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.WatchSchema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("watch.json", document))
	schema := compiler.MustCompile("watch.json")
	for line := range strings.Lines(w.stdout.String()) {
		change, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(change), line)
	}
}

// A scenario is judged again by what was recorded of it.
func TestASavedScenarioIsJudgedAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text, err := os.ReadFile("../../scenarios/naikon.hcl")
	require.NoError(t, err)
	file := filepath.Join(folder, "naikon.hcl")
	save(t, file, string(text))
	w := startWatch(t, "--recording", "shipped:small", "--json", file)

	require.Contains(t, string(text), "verdict = fires")
	save(t, file, strings.Replace(string(text), "verdict = fires", "verdict = silent\n    because = \"it is a test\"", 1))
	w.says(t, &w.stdout, `"change":"verdict"`)
	w.says(t, &w.stdout, `"before":"detected","after":"false_alarm"`)
	save(t, file, string(text)+"\nstep {")
	w.says(t, &w.stdout, `"change":"problem"`)
	w.end()
	assert.Equal(t, 130, <-w.code)
}

func TestWhatCannotBeWatchedIsInvalidInput(t *testing.T) {
	t.Parallel()
	for _, args := range []string{
		"watch", "watch --rules rules.zip --recording shipped:small", "watch --rules nothing.yml --recording shipped:small", "watch --recording shipped:small ../../scenarios/soft_cell.hcl",
	} {
		var stderr said
		code := cli.Main(t.Context(), &cli.State{
			Args: strings.Fields(args), Env: func(string) string { return "" }, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr, Now: time.Now,
			Interruptible: func(ctx context.Context) context.Context { return ctx },
		})
		assert.Equal(t, 2, code, "%s: %s", args, stderr.String())
	}
}
