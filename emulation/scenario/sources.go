package scenario

import (
	"errors"
	"io/fs"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// source is one file; parsed is false if it could not be parsed.
type source struct {
	name   string
	file   *hcl.File
	parsed bool
}

// hasScenario reports whether the file has a scenario block.
func (s source) hasScenario() bool {
	if s.file.Body == nil {
		return false
	}
	content, _, _ := s.file.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{scenarioBlock.Header()}})
	return len(content.Blocks) > 0
}

// onlyConditions reports whether the file has profiles, faults, gates, destinations exercises or detectors, and no block of a
// scenario.
func (s source) onlyConditions() bool {
	if s.file.Body == nil {
		return false
	}
	found := map[string]bool{}
	content, _, _ := s.file.Body.PartialContent(language.Body())
	for _, block := range content.Blocks {
		found[block.Type] = true
	}
	return (found["profile"] || found["fault"] || found["gate"] || found["ship"] || found["exercise"] || found["detector"]) && !found["scenario"] && !found["actor"] && !found["asset"] && !found["step"] && !found["gap"] && !found["baseline"]
}

// parseFiles parses files that a file system has, each only once. In it a file has a
// name, and in the set the one that the name is joined with.
func (l *loader) parseFiles(in fs.FS, names []string, joined func(name string) string) []source {
	var all []source
	for _, inside := range names {
		name := joined(inside)
		if _, known := l.set.Files[name]; known {
			continue
		}
		text, err := userfile.ReadFS(in, inside, MaxSource)
		if _, tooLarge := errors.AsType[*userfile.TooLargeError](err); tooLarge {
			l.incomplete = true
			l.Report(bounded.FileTooLarge(name))
			continue
		}
		if err != nil {
			l.reportUnreadable(err)
			continue
		}
		file, problems := bounded.Parse(name, text)
		if body, ok := file.Body.(*hclsyntax.Body); ok {
			l.budget.Bind(body)
		}
		l.set.Files[name] = file
		l.Report(problems...)
		all = append(all, source{name, file, !problems.HasErrors()})
	}
	return all
}

// groupFiles groups a folder's files into scenarios.
func groupFiles(files []source) [][]source {
	var scenarios, conditions [][]source
	var parts []source
	for _, f := range files {
		switch {
		case f.hasScenario():
			scenarios = append(scenarios, []source{f})
		case f.onlyConditions():
			conditions = append(conditions, []source{f})
		default:
			parts = append(parts, f)
		}
	}
	return append(assignParts(scenarios, parts), conditions...)
}

// assignParts adds the files without a scenario block to the scenario of the folder
// if there is exactly one.
func assignParts(scenarios [][]source, parts []source) [][]source {
	switch len(scenarios) {
	case 0:
		if len(parts) == 0 {
			return nil
		}
		return [][]source{parts}
	case 1:
		return [][]source{append(scenarios[0], parts...)}
	}
	for _, f := range parts {
		scenarios = append(scenarios, []source{f})
	}
	return scenarios
}
