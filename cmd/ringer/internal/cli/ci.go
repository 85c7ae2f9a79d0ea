package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/pipeline"
	"github.com/ringer-lab/ringer/emulation/result"
)

// codeQualityFile is the file that GitLab's pipelines take a code quality report from, in
// GitLab's own words.
const codeQualityFile = "gl-code-quality-report.json"

var codeQuality = fileKind{"a code quality report written by ringer", byText(func(text []byte) bool {
	return bytes.Equal(bytes.TrimSpace(text), []byte("[]")) || bytes.Contains(text, []byte(`"check_name": "ringer/`))
})}

// reports are the files that a run is written to, besides stdout.
type reports struct {
	// junit and quality are nil where they are not asked for.
	junit, quality *output
	// ci is the pipeline that is told.
	ci string
}

// openReports checks the files before anything is started. It fails as openOutput does.
func (c *command) openReports(view viewFlags) (reports, error) {
	out := reports{ci: c.pipeline()}
	var err error
	if view.junit != "" {
		if out.junit, err = c.openOutput("--junit", string(view.junit), junitFile); err != nil {
			return out, err
		}
	}
	if out.ci == ciGitLab {
		out.quality, err = c.openOutput("--ci gitlab", codeQualityFile, codeQuality)
	}
	return out, err
}

// writeReports writes a run to its files and to the pipeline's page. It fails if one cannot
// be written.
func (c *command) writeReports(run result.Run, to reports, rules *ruleSet, view shown) error {
	var failed error
	if to.junit != nil {
		failed = to.junit.write(visible(func(w io.Writer) error { return report.JUnit(w, run, view.strict) }))
	}
	if to.ci != ciGitHub && to.quality == nil {
		return failed
	}
	findings := pipeline.Findings(run, places(func(id string) (string, int) {
		info := rules.info(id, run.Attack())
		return info.File, info.Line
	}))
	if to.quality != nil {
		failed = errors.Join(failed, to.quality.write(func(w io.Writer) error { return pipeline.CodeQuality(w, findings) }))
		fmt.Fprintf(c.Stderr, "%s written: name it under artifacts:reports:codequality\n", codeQualityFile)
	}
	if to.ci == ciGitHub {
		failed = errors.Join(failed, pipeline.GitHub(c.annotations, findings), c.appendSummary(run, findings))
	}
	return failed
}

// appendSummary appends a run to the summary of a job of GitHub's, where there is one.
func (c *command) appendSummary(run result.Run, findings []pipeline.Finding) error {
	name := c.Env("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return writing(name, err)
	}
	return writing(name, errors.Join(pipeline.Summary(file, run, findings), file.Close()))
}
