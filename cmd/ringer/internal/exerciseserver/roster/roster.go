package roster

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Team is a team with its members' names.
type Team struct {
	Name    string
	Members []string
}

// MaxBytes is the most bytes that a file of teams may have.
const MaxBytes = 1 << 20

// Parse reads teams. A file whose name ends in .hcl has blocks, any other a line a team:
//
//	team "Blue" { members = ["Ann", "Bob"] }
//
//	Blue: Ann, Bob
//
// Empty lines, and those that begin with #, say nothing. It returns every problem.
func Parse(name string, text []byte) ([]Team, hcl.Diagnostics) {
	read := parseLines
	if strings.EqualFold(filepath.Ext(name), ".hcl") {
		read = parseBlocks
	}
	teams, ranges, problems := read(name, text)
	if problems.HasErrors() {
		return nil, problems
	}
	return teams, append(problems, check(name, teams, ranges)...)
}

func parseBlocks(name string, text []byte) ([]Team, []hcl.Range, hcl.Diagnostics) {
	file, problems := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if problems.HasErrors() {
		return nil, nil, problems
	}
	content, more := file.Body.Content(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "team", LabelNames: []string{"name"}}}})
	problems = append(problems, more...)
	var teams []Team
	var ranges []hcl.Range
	for _, block := range content.Blocks {
		var body struct {
			Members []string `hcl:"members"`
		}
		problems = append(problems, gohcl.DecodeBody(block.Body, nil, &body)...)
		teams, ranges = append(teams, Team{block.Labels[0], body.Members}), append(ranges, block.DefRange)
	}
	return teams, ranges, problems
}

func parseLines(name string, text []byte) ([]Team, []hcl.Range, hcl.Diagnostics) {
	var teams []Team
	var ranges []hcl.Range
	var problems hcl.Diagnostics
	for i, line := range strings.Split(string(text), "\n") {
		at := hcl.Range{Filename: name, Start: hcl.Pos{Line: i + 1, Column: 1}, End: hcl.Pos{Line: i + 1, Column: len(line) + 1}}
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		team, members, ok := strings.Cut(line, ":")
		if !ok {
			problems = append(problems, problem(at, "Team without members", fmt.Sprintf("Expected a team and its members, such as \"Blue: Ann, Bob\"; found %q.", line)))
			continue
		}
		out := Team{Name: strings.TrimSpace(team)}
		for member := range strings.SplitSeq(members, ",") {
			if member = strings.TrimSpace(member); member != "" {
				out.Members = append(out.Members, member)
			}
		}
		teams, ranges = append(teams, out), append(ranges, at)
	}
	return teams, ranges, problems
}

func problem(at hcl.Range, summary, detail string) *hcl.Diagnostic {
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at}
}

func check(file string, teams []Team, ranges []hcl.Range) hcl.Diagnostics {
	var problems hcl.Diagnostics
	if len(teams) == 0 {
		problems = append(problems, problem(hcl.Range{Filename: file, Start: hcl.InitialPos, End: hcl.InitialPos}, "No teams", "The file must name at least one team."))
	}
	if len(teams) > exercise.MaxTeams {
		problems = append(problems, problem(ranges[exercise.MaxTeams], "Too many teams", fmt.Sprintf("There are %d teams; at most %d are allowed.", len(teams), exercise.MaxTeams)))
	}
	seen := map[string]bool{}
	for i, team := range teams {
		at := ranges[i]
		if key := strings.ToLower(team.Name); seen[key] {
			problems = append(problems, problem(at, "Team named twice", fmt.Sprintf("There is a team %q before it. Put all members into one.", team.Name)))
		} else {
			seen[key] = true
		}
		if len(team.Members) > exercise.MaxMembers {
			problems = append(problems, problem(at, "Too many members", fmt.Sprintf("The team %q has %d members; at most %d are allowed.", team.Name, len(team.Members), exercise.MaxMembers)))
		}
		for j, name := range append([]string{team.Name}, team.Members...) {
			if strings.TrimSpace(name) == "" {
				problems = append(problems, problem(at, "Empty name", "The names of teams and members must not be empty."))
			} else if err := exercise.CheckText("name", name, exercise.MaxName, false); err != nil {
				problems = append(problems, problem(at, "Name that cannot be used", fmt.Sprintf("%q: %v.", name, err)))
			}
			if j > 0 && slices.ContainsFunc(team.Members[:j-1], func(other string) bool { return strings.EqualFold(other, name) }) {
				problems = append(problems, problem(at, "Member named twice", fmt.Sprintf("The team %q has a member %q before it. Tell the two apart by their names.", team.Name, name)))
			}
		}
	}
	return problems
}
