package manual

import (
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

//go:embed topics
var topicFiles embed.FS

// topicNames are the topics in their order; each is a file of topics/. The first ones
// come before the blocks.
var topicNames = []string{Overview, "files", "references", "values", "durations", "dynamic", "libraries", "known_gap", "limits"}

const topicsBeforeBlocks = 7

// topics returns the topics. It panics if one cannot be read, as they are part of the
// program.
func topics() []Page {
	parsed := template.Must(template.ParseFS(topicFiles, "topics/*.md"))
	facts := map[string]any{
		"Assets": scenario.MaxAssets, "Steps": scenario.MaxSteps,
		"Source": scenario.MaxSource >> 10, "Nesting": scenario.MaxNesting, "Value": scenario.MaxValue >> 20, "Total": scenario.MaxTotal >> 20,
	}
	var pages []Page
	for _, name := range topicNames {
		var out strings.Builder
		if err := parsed.ExecuteTemplate(&out, name+".md", facts); err != nil {
			panic(fmt.Sprintf("manual: %v", err))
		}
		heading, text, _ := strings.Cut(out.String(), "\n")
		title := strings.TrimPrefix(heading, "# ")
		pages = append(pages, Page{Name: name, Kind: Topic, Title: title, Lead: title, Text: strings.TrimLeft(text, "\n")})
	}
	return append(pages, functionsTopic())
}

// functionsTopic returns the list of all functions.
func functionsTopic() Page {
	var out text
	out.paragraph("They are called as in Terraform and have the same meaning, unless it says otherwise. None of them reads a file, the clock or the environment, so a scenario always means the same.")
	group := ""
	for _, f := range scenario.Functions() {
		if f.Group != group {
			if group != "" {
				out.WriteString("\n")
			}
			group = f.Group
			out.paragraph(group + ":")
		}
		fmt.Fprintf(&out, "- `%s`: %s\n", f.Name, functionText(f))
	}
	return Page{Name: "functions", Kind: Topic, Title: "Functions", Lead: "Functions", Text: out.String()}
}
