package sarif_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	reader "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/report/sarif"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, sarif.Write(&out, run))
	return out.Bytes()
}

// read has the document read by others, after it was held to OASIS's schema.
func read(t *testing.T, document []byte) *reader.Run {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	require.NoError(t, err)
	require.NoError(t, oasisSchema(t).Validate(value))
	report, err := reader.FromBytes(document)
	require.NoError(t, err)
	require.Len(t, report.Runs, 1)
	return report.Runs[0]
}

// oasisSchema is the schema that the reader's module holds, in a constant of its own:
// its Validate looks at what the reader would write, not at what was read.
func oasisSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	folder, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(folder)), "schema.go"), nil, 0)
	require.NoError(t, err)
	var text string
	ast.Inspect(file, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING && len(literal.Value) > len(text) {
			text = literal.Value
		}
		return true
	})
	text, err = strconv.Unquote(text)
	require.NoError(t, err)
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	id := schema.(map[string]any)["id"].(string)
	require.NoError(t, compiler.AddResource(id, schema))
	compiled, err := compiler.Compile(id)
	require.NoError(t, err)
	return compiled
}

func TestTheDocumentIsAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	got := written(t, reporttest.Sample(t))
	reporttest.Golden(t, *update, "sample.golden", got)
	run := read(t, got)
	assert.Len(t, run.Results, 14)
	var gaps []string
	for _, result := range run.Results {
		if *result.RuleID == "ringer/gap" {
			assert.Equal(t, "note", result.Level)
			gaps = append(gaps, fmt.Sprintf("%s:%d", *result.Locations[0].PhysicalLocation.ArtifactLocation.URI, *result.Locations[0].PhysicalLocation.Region.StartLine))
		}
	}
	assert.Equal(t, []string{"scenarios/mail.hcl:60", "scenarios/mail.hcl:65", "scenarios/mail.hcl:70"}, gaps)
	require.Len(t, run.Invocations, 1)
	assert.False(t, *run.Invocations[0].ExecutionSuccessful, "a scenario was interrupted")
	assert.Len(t, run.Invocations[0].ToolExecutionNotifications, 1)

	lab := fake.Lab{Now: func() time.Time { return reporttest.Started }}
	declared := read(t, written(t, reporttest.Perform(t, lab, "naikon.hcl")))
	assert.NotEmpty(t, declared.Results, "a lab in which nothing happens gives no green verdict")
}

// What code scanning requires beyond the schema.
func TestCodeScanningTakesEveryResult(t *testing.T) {
	t.Parallel()
	got := written(t, reporttest.Sample(t))
	run := read(t, got)
	assert.Regexp(t, `^ringer/[0-9a-f-]+$`, *run.AutomationDetails.ID)
	for _, rule := range run.Tool.Driver.Rules {
		for name, text := range map[string]*string{
			"short": rule.ShortDescription.Text, "full": rule.FullDescription.Text, "help": rule.Help.Text,
		} {
			require.NotNil(t, text, name)
			assert.NotEmpty(t, *text, name)
			assert.LessOrEqual(t, len([]rune(*text)), 1024, name)
		}
		assert.LessOrEqual(t, len(rule.Properties.Tags), 10)
	}
	seen := map[string]bool{}
	for _, result := range run.Results {
		assert.Contains(t, []string{"note", "warning", "error"}, result.Level)
		require.Len(t, result.Locations, 1)
		region := result.Locations[0].PhysicalLocation.Region
		for _, part := range []*int{region.StartLine, region.StartColumn, region.EndLine, region.EndColumn} {
			require.NotNil(t, part)
			assert.GreaterOrEqual(t, *part, 1)
		}
		assert.Equal(t, *region.StartLine, *region.EndLine)
		assert.Greater(t, *region.EndColumn, *region.StartColumn)
		assert.Equal(t, *run.Tool.Driver.Rules[result.RuleIndex].ID, *result.RuleID)
		print := result.PartialFingerprints["primaryLocationLineHash"]
		assert.Regexp(t, `^[0-9a-f]{16}:1$`, print)
		assert.False(t, seen[print], "two results are one: %s", *result.Message.Text)
		seen[print] = true
		for _, link := range regexp.MustCompile(`[^\\]\]\((\d+)\)`).FindAllStringSubmatch(*result.Message.Text, -1) {
			assert.Equal(t, "1", link[1])
			require.Len(t, result.RelatedLocations, 1)
			assert.Equal(t, 1, result.RelatedLocations[0].ID)
		}
	}
}

func TestAFaultOfTheRuleIsLocatedOnItsConditionAndAnyOtherOnTheExpectation(t *testing.T) {
	t.Parallel()
	place := func(l *reader.Location) string {
		return fmt.Sprintf("%s:%d", *l.PhysicalLocation.ArtifactLocation.URI, *l.PhysicalLocation.Region.StartLine)
	}
	run := read(t, written(t, reporttest.Sample(t)))
	places := map[string][]string{}
	for _, result := range run.Results {
		at := []string{place(result.Locations[0])}
		for _, related := range result.RelatedLocations {
			at = append(at, place(related))
		}
		places[result.Properties.Properties["verdict"].(string)] = at
		assert.Equal(t, result.Properties.Properties["verdict"] == "missed", len(result.CodeFlows) == 1)
	}
	assert.Equal(t, []string{"rules/page.yml:11", "scenarios/mail.hcl:29"}, places["missed"])
	assert.Equal(t, []string{"rules/page.yml:11", "scenarios/mail.hcl:28"}, places["false alarm"])
	assert.Equal(t, []string{"scenarios/mail.hcl:26"}, places["no effect"])

	source := reporttest.Source()
	source.InRepository = nil
	outside, err := evidence.Collect(source)
	require.NoError(t, err)
	for _, result := range read(t, written(t, outside)).Results {
		if result.Properties.Properties["verdict"] == "missed" {
			assert.Equal(t, "mail.hcl:29", place(result.Locations[0]), "nobody can change a rule that is not in the repository")
			assert.Empty(t, result.CodeFlows)
		}
	}
}

// The story: a rule is changed so that it misses.
func TestABrokenRuleOfARealRunIsLocatedWhereItIsBroken(t *testing.T) {
	t.Parallel()
	lab := fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true}
	run, err := evidence.Collect(reporttest.PerformedWith(t, lab, "overlap.hcl", func(name string, rule []byte) []byte {
		if name == "rules/windows_log_cleared.yml" {
			return bytes.Replace(rule, []byte("EventID: 104"), []byte("EventID: 1104"), 1)
		}
		return rule
	}))
	require.NoError(t, err)
	results := read(t, written(t, run)).Results
	require.Len(t, results, 4, "at each step that expects it")
	for _, result := range results {
		at := result.Locations[0].PhysicalLocation
		assert.Equal(t, "scenarios/rules/windows_log_cleared.yml", *at.ArtifactLocation.URI)
		assert.Contains(t, *at.Region.Snippet.Text, "condition: ")
		assert.Contains(t, *result.Message.Text, "EventID must be")
		require.Len(t, result.CodeFlows, 1)
		field := result.CodeFlows[0].ThreadFlows[0].Locations[1].Location
		assert.Contains(t, *field.Message.Text, "EventID must be")
		assert.Less(t, *field.PhysicalLocation.Region.StartLine, *at.Region.StartLine, "the line of the field")
	}
}

func TestTheExplanationOfAMissLeadsToTheFieldsOfTheRule(t *testing.T) {
	t.Parallel()
	for _, result := range read(t, written(t, reporttest.Sample(t))).Results {
		for _, flow := range result.CodeFlows {
			var lines []int
			for _, at := range flow.ThreadFlows[0].Locations {
				lines = append(lines, *at.Location.PhysicalLocation.Region.StartLine)
			}
			assert.Equal(t, []int{29, 10, 11}, lines, "the expectation, the field, the condition")
		}
	}
}

func TestAFingerprintOutlivesAMoveToAnotherLineAndAnotherTitle(t *testing.T) {
	t.Parallel()
	prints := func(run evidence.Run) (all []string) {
		for _, result := range read(t, written(t, run)).Results {
			all = append(all, result.PartialFingerprints["primaryLocationLineHash"])
		}
		return all
	}
	source := reporttest.Source()
	for i := range source.Result.Scenarios[0].Steps[0].Expectations {
		source.Result.Scenarios[0].Steps[0].Expectations[i].Line += 100
		source.Result.Scenarios[0].Steps[0].Expectations[i].Title = "Renamed"
	}
	moved, err := evidence.Collect(source)
	require.NoError(t, err)
	assert.ElementsMatch(t, prints(reporttest.Sample(t)), prints(moved))
}

func TestTheSchemaRefusesWhatIsNotOfTheFormat(t *testing.T) {
	t.Parallel()
	for _, broken := range []struct{ name, part, by string }{
		{"another version", `"version": "2.1.0"`, `"version": "2.2.0"`},
		{"a level that is none", `"level": "error"`, `"level": "fatal"`},
		{"a line that is none", `"startLine": 11`, `"startLine": 0`},
		{"a word of ours", `"columnKind"`, `"column"`},
	} {
		document := bytes.Replace(written(t, reporttest.Sample(t)), []byte(broken.part), []byte(broken.by), 1)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
		require.NoError(t, err)
		assert.Error(t, oasisSchema(t).Validate(value), broken.name)
	}
}

func TestMoreResultsThanAreTakenAreCutAndCounted(t *testing.T) {
	t.Parallel()
	step := result.Step{ID: "step", Proven: true}
	for i := range 25_001 {
		step.Expectations = append(step.Expectations, result.Expectation{Rule: fmt.Sprint(i), Title: "A", Verdict: verdict.Missed})
	}
	run, err := evidence.Collect(evidence.Source{Result: result.Run{ID: "id", Scenarios: []result.Scenario{{Name: "s", File: "s.hcl", Steps: []result.Step{step}}}}})
	require.NoError(t, err)
	var document struct {
		Runs []struct {
			Results    []struct{} `json:"results"`
			Properties struct{ ResultsLeftOut int }
		}
	}
	require.NoError(t, json.Unmarshal(written(t, run), &document))
	assert.Len(t, document.Runs[0].Results, 25_000)
	assert.Equal(t, 1, document.Runs[0].Properties.ResultsLeftOut)
}

func TestAWriterThatBreaksIsReported(t *testing.T) {
	t.Parallel()
	pipe, writer := io.Pipe()
	require.NoError(t, pipe.Close())
	assert.ErrorIs(t, sarif.Write(writer, reporttest.Sample(t)), io.ErrClosedPipe)
}
