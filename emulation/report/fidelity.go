package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/fidelity"
)

// Fidelity writes a comparison for a terminal: a line for each category, one for all
// of them, and every difference. It fails if w does.
func Fidelity(w io.Writer, r fidelity.Report, style Style) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%-44s %7s %7s %8s %8s %6s %9s\n", "", "events", "fields", "present", "too many", "form", "declared")
	line := func(name string, f fidelity.Figure) string {
		return fmt.Sprintf("%-44s %3d/%3d %7d %7.1f%% %8d %6d %9d\n",
			cut(name, 44), f.Made, f.Events, f.Fields, 100*f.Share(), f.TooMany, f.OtherForm, f.Declared)
	}
	for _, category := range r.Categories {
		out.WriteString(line(category.Name, category.Figure))
	}
	out.WriteString(style.bold(line("all", r.Overall)))
	for _, category := range r.Categories {
		if len(category.Differences) == 0 {
			continue
		}
		out.WriteString("\n" + style.bold(category.Name) + "\n")
		for _, d := range category.Differences {
			out.WriteString(style.Beside(fmt.Sprintf("  %-10s %-26s ", d.Kind, d.Field), differenceWords(d)))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// differenceWords describes a difference, with its first example.
func differenceWords(d fidelity.Difference) string {
	times := fmt.Sprintf("%d ×", d.Events)
	recorded, ours := cut(oneLine(d.Recorded), 70), cut(oneLine(d.Ours), 70)
	switch {
	case d.Why != "":
		return fmt.Sprintf("%s, %s", times, d.Why)
	case d.Kind == fidelity.Missing:
		return fmt.Sprintf(`%s, recorded as "%s"`, times, recorded)
	case d.Kind == fidelity.TooMany:
		return fmt.Sprintf(`%s, here "%s"`, times, ours)
	}
	return fmt.Sprintf(`%s, recorded as "%s", here "%s"`, times, recorded, ours)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
