package diagnostic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Location is where a diagnostic points: the wrong token, and what to show around
// it.
type Location struct{ Subject, Context hcl.Range }

// At points at a range alone.
func At(r hcl.Range) Location { return Location{r, r} }

// AtLabel points at one of a block's labels, numbered from 0.
func AtLabel(block *hcl.Block, i int) Location {
	return Location{block.LabelRanges[i], block.DefRange}
}

// AtBlock points at a block's head.
func AtBlock(block *hcl.Block) Location { return At(block.DefRange) }

// AtName points at an attribute's name.
func AtName(attr *hcl.Attribute) Location { return Location{attr.NameRange, attr.Range} }

// AtValue points at an attribute's value.
func AtValue(attr *hcl.Attribute) Location { return Location{attr.Expr.Range(), attr.Range} }

// Reporter collects diagnostics. The zero value has none.
type Reporter struct {
	found  hcl.Diagnostics
	errors int
}

// Errorf reports an error: the summary names the kind of problem without values,
// the detail says what was found, what would be valid, what to do.
func (r *Reporter) Errorf(at Location, summary, detail string, values ...any) {
	r.reportf(hcl.DiagError, at, summary, detail, values...)
}

// Warnf reports a warning, in the same words as [Reporter.Errorf] an error.
func (r *Reporter) Warnf(at Location, summary, detail string, values ...any) {
	r.reportf(hcl.DiagWarning, at, summary, detail, values...)
}

func (r *Reporter) reportf(severity hcl.DiagnosticSeverity, at Location, summary, detail string, values ...any) {
	r.Report(&hcl.Diagnostic{
		Severity: severity, Summary: summary, Detail: fmt.Sprintf(detail, values...), Subject: &at.Subject, Context: &at.Context,
	})
}

// Report adds diagnostics as they are.
func (r *Reporter) Report(found ...*hcl.Diagnostic) {
	r.found = append(r.found, found...)
	if hcl.Diagnostics(found).HasErrors() {
		r.errors++
	}
}

// Spoil counts an error without a diagnostic: of what cannot be read because of
// another mistake, which is reported where it is.
func (r *Reporter) Spoil() { r.errors++ }

// ErrorCount is how often an error was reported: a part is valid if the count did
// not grow while the part was read.
func (r *Reporter) ErrorCount() int { return r.errors }

// Diagnostics lists what was reported, in that order.
func (r *Reporter) Diagnostics() hcl.Diagnostics { return r.found }

// FileLine is a place as a detail names it: file:line.
func FileLine(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }

// Sort gives diagnostics in the order in which their files are read: by file, then
// by place; those without a place come first. A dynamic block can report the same
// problem once for each element, and a library for each host: it is kept once.
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
	type problem struct {
		summary, detail string
		severity        hcl.DiagnosticSeverity
		at              hcl.Range
	}
	told := map[problem]bool{}
	return slices.DeleteFunc(sorted, func(d *hcl.Diagnostic) bool {
		if d.Subject == nil {
			return false
		}
		this := problem{d.Summary, d.Detail, d.Severity, *d.Subject}
		again := told[this]
		told[this] = true
		return again
	})
}

func withPlace(d *hcl.Diagnostic) int {
	if d.Subject == nil {
		return 0
	}
	return 1
}
