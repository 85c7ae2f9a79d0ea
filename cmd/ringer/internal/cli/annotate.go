package cli

import (
	"os"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/report/pipeline"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// The pipelines that are told on their own page.
const (
	ciAuto   = "auto"
	ciGitHub = "github"
	ciGitLab = "gitlab"
	ciNone   = "none"
)

// pipeline is the one that is told: that of the flag, or else the one that this process
// runs in.
func (c *command) pipeline() string {
	switch {
	case c.ci != "" && c.ci != ciAuto:
		return c.ci
	case c.Env("GITHUB_ACTIONS") == "true":
		return ciGitHub
	case c.Env("GITLAB_CI") == "true":
		return ciGitLab
	}
	return ciNone
}

// annotateDiagnostics tells GitHub's page of what is wrong in files.
func (c *command) annotateDiagnostics(problems hcl.Diagnostics) {
	if c.pipeline() != ciGitHub {
		return
	}
	var found []pipeline.Finding
	for _, problem := range problems {
		f := pipeline.NewFinding(problem.Severity == hcl.DiagError, problem.Summary, problem.Detail)
		if problem.Subject != nil {
			f.File, f.Line = places(nil).At(problem.Subject.Filename, problem.Subject.Start.Line)
		}
		found = append(found, f)
	}
	_ = pipeline.GitHub(c.annotations, found) // who is gone needs nothing
}

// annotateBroken tells GitHub's page of rules that were left out.
func (c *command) annotateBroken(problems []sigma.Problem) {
	if c.pipeline() != ciGitHub {
		return
	}
	var found []pipeline.Finding
	for _, problem := range problems {
		f := pipeline.NewFinding(false, "rule left out", problem.String())
		f.File, f.Line = places(nil).At(problem.File, problem.Line)
		found = append(found, f)
	}
	_ = pipeline.GitHub(c.annotations, found)
}

func places(rule func(id string) (string, int)) pipeline.Places {
	return pipeline.Places{InRepository: inRepository, Rule: rule}
}

// inRepository is a file's path from the root of the git repository that the working
// folder is in.
func inRepository(file string) (string, bool) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return "", false
	}
	if _, err := os.Stat(absolute); err != nil {
		return "", false
	}
	for folder := filepath.Dir(absolute); ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, ".git")); err == nil {
			path, err := filepath.Rel(folder, absolute)
			return filepath.ToSlash(path), err == nil
		}
		if folder == filepath.Dir(folder) {
			return "", false
		}
	}
}
