package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ringer-lab/ringer/emulation/record"
	starter "github.com/ringer-lab/ringer/emulation/skeleton/project"
)

const (
	actionFile = "../../.github/actions/ringer/action.yml"
	gitlabFile = "../../.gitlab/ringer.gitlab-ci.yml"
	// firstRun is a recorded run of what init writes; TestLivePipeline records it anew.
	firstRun = "testdata/pipeline/first.ringer"
)

// action is what is looked at in the composite action.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Steps []struct {
			Name, Uses, Run, Shell string
			Env                    map[string]string
		}
	}
}

// gitlabJob is what is looked at in a job of GitLab's.
type gitlabJob struct {
	Script      []string
	AfterScript []string `yaml:"after_script"`
}

func readYAML(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, into)
}

// pipelineSteps are the commands of the pipelines, by the file that a story finds them in.
func pipelineSteps() (map[string]string, error) {
	var a action
	var g struct{ Ringer gitlabJob }
	if err := errors.Join(readYAML(actionFile, &a), readYAML(gitlabFile, &g)); err != nil {
		return nil, err
	}
	steps := map[string]string{
		"gitlab.sh":         "set -e\nmkdir -p .ringer\n" + strings.Join(g.Ringer.Script, "\n"),
		"gitlab_reports.sh": "set -e\n" + strings.Join(g.Ringer.AfterScript, "\n"),
	}
	for _, step := range a.Runs.Steps {
		switch step.Name {
		case "Perform and judge":
			steps["github.sh"] = step.Run
		case "Write reports":
			steps["github_reports.sh"] = step.Run
		}
	}
	return steps, nil
}

// writeSteps puts the commands of the pipelines beside a story.
func writeSteps(env *testscript.Env) error {
	steps, err := pipelineSteps()
	if err != nil {
		return err
	}
	recording, err := filepath.Abs(firstRun)
	if err != nil {
		return err
	}
	env.Setenv("FIRST_RUN", recording)
	for name, text := range steps {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func TestTheRecordedPipelineIsOfWhatInitWrites(t *testing.T) {
	t.Parallel()
	recording, err := record.Open(firstRun)
	require.NoError(t, err)
	defer recording.Close()
	sources, err := recording.Sources()
	require.NoError(t, err)
	rules, err := recording.Rules()
	require.NoError(t, err)
	recorded := map[string]string{}
	for _, source := range append(sources, rules...) {
		recorded[source.Name] = string(source.Content)
	}
	for _, file := range starter.Files("") {
		if file.Path == ".gitignore" {
			continue
		}
		assert.Equal(t, string(file.Content), recorded[file.Path], "%s: `go test -run TestLivePipeline ./cmd/ringer -update` records it anew", file.Path)
	}
}

func TestTheTemplateOfGitLabIsWhatInitWrites(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(gitlabFile)
	require.NoError(t, err)
	written := false
	for _, file := range starter.Files(starter.GitLab) {
		if file.Path == ".gitlab-ci.yml" {
			written = true
			assert.Equal(t, string(file.Content), string(text))
		}
	}
	assert.True(t, written)
}

func TestTheWorkflowOfInitGivesTheActionWhatItTakes(t *testing.T) {
	t.Parallel()
	var a action
	require.NoError(t, readYAML(actionFile, &a))
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]string
			}
		}
	}
	files := starter.Files(starter.GitHub)
	require.NoError(t, yaml.Unmarshal(files[len(files)-1].Content, &workflow))
	used := false
	for _, step := range workflow.Jobs["detections"].Steps {
		if !strings.HasPrefix(step.Uses, "ringer-lab/ringer/") {
			continue
		}
		used = true
		path, _, _ := strings.Cut(strings.TrimPrefix(step.Uses, "ringer-lab/ringer/"), "@")
		assert.FileExists(t, filepath.Join("../..", path, "action.yml"))
		for name := range step.With {
			assert.Contains(t, a.Inputs, name)
		}
	}
	assert.True(t, used)
}

// Whatever somebody may write into a pull request must never be part of a command.
func TestNoTextOfAPullRequestReachesAShell(t *testing.T) {
	t.Parallel()
	var a action
	require.NoError(t, readYAML(actionFile, &a))
	runs := 0
	for _, step := range a.Runs.Steps {
		if step.Run == "" {
			continue
		}
		runs++
		assert.NotContains(t, step.Run, "${{", step.Name)
		assert.Equal(t, "bash", step.Shell, step.Name)
		for name, value := range step.Env {
			for _, others := range []string{"title", "body", "head_ref", "head.ref", "head.label", "commits", "message", "actor"} {
				assert.NotContains(t, value, others, name)
			}
		}
	}
	assert.Greater(t, runs, 4)
}
