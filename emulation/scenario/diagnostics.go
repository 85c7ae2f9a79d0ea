package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// location is where a diagnostic points: the wrong token, and what to show around
// it.
type location struct{ subject, context hcl.Range }

func atLabel(block *hcl.Block, i int) location { return location{block.LabelRanges[i], block.DefRange} }
func atBlock(block *hcl.Block) location        { return location{block.DefRange, block.DefRange} }
func atName(attr *hcl.Attribute) location      { return location{attr.NameRange, attr.Range} }
func atValue(attr *hcl.Attribute) location     { return location{attr.Expr.Range(), attr.Range} }

// errorf reports an error: the summary names the kind of problem without
// values, the detail says what was found, what would be valid, what to do.
func (d *decoder) errorf(at location, summary, detail string, values ...any) {
	d.report(&hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: summary, Detail: fmt.Sprintf(detail, values...),
		Subject: &at.subject, Context: &at.context,
	})
}

// warnf reports a warning.
func (d *decoder) warnf(at location, summary, detail string, values ...any) {
	d.report(&hcl.Diagnostic{
		Severity: hcl.DiagWarning, Summary: summary, Detail: fmt.Sprintf(detail, values...),
		Subject: &at.subject, Context: &at.context,
	})
}

func (d *decoder) report(found ...*hcl.Diagnostic) {
	d.problems = append(d.problems, found...)
	if hcl.Diagnostics(found).HasErrors() {
		d.errorCount++
	}
}

// fileLine is a place as a detail names it.
func fileLine(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }

// Sort sorts diagnostics as their files are read: by file, then by place;
// those without a place come first. A dynamic block can bring up one and the
// same problem once an element: it is kept once.
func Sort(problems hcl.Diagnostics) hcl.Diagnostics {
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(a, b *hcl.Diagnostic) int {
		if a.Subject == nil || b.Subject == nil {
			return cmp.Compare(withPlace(a), withPlace(b))
		}
		return cmp.Or(
			strings.Compare(a.Subject.Filename, b.Subject.Filename),
			cmp.Compare(a.Subject.Start.Byte, b.Subject.Start.Byte),
		)
	})
	return slices.CompactFunc(sorted, func(a, b *hcl.Diagnostic) bool {
		return a.Summary == b.Summary && a.Detail == b.Detail && a.Severity == b.Severity &&
			a.Subject != nil && b.Subject != nil && *a.Subject == *b.Subject
	})
}

func withPlace(d *hcl.Diagnostic) int {
	if d.Subject == nil {
		return 0
	}
	return 1
}
