package pipeline

import (
	"fmt"
	"io"
	"strings"
)

// mostAnnotations is how many GitHub shows of a step of each severity; the last says how many
// more there are.
const mostAnnotations = 10

// GitHub writes findings as workflow commands, which annotate the lines of a pull request.
// It fails if w does.
func GitHub(w io.Writer, findings []Finding) error {
	var out strings.Builder
	for _, severity := range []Severity{Error, Warning} {
		var of []Finding
		for _, f := range findings {
			if f.Severity == severity {
				of = append(of, f)
			}
		}
		command := map[Severity]string{Error: "error", Warning: "warning"}[severity]
		for i, f := range of {
			if i == mostAnnotations-1 && len(of) > mostAnnotations {
				fmt.Fprintf(&out, "::%s title=ringer::%d more: the report has all of them\n", command, len(of)-i)
				break
			}
			properties := ""
			if f.File != "" {
				properties = fmt.Sprintf("file=%s,line=%d,", property(f.File), f.Line)
			}
			fmt.Fprintf(&out, "::%s %stitle=%s::%s\n", command, properties, property(plain(f.Title)), data(f.Message))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// data escapes what stands after the colons of a workflow command, property what stands in
// its properties, as GitHub's own toolkit does.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}
