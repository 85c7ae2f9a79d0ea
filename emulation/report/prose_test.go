package report_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/report"
)

const markdown = `A paragraph of two
lines, which are one.

- one
- two, which is longer than a line of forty
  columns, and goes on
  - a part of it, longer than a line as well
- three

` + "```hcl" + `
step "stays" "as it is" {

  on = asset.however_long_the_line_may_be
}
` + "```" + `

# A heading

after it
`

func TestMarkdownIsWrappedAndCodeIsNot(t *testing.T) {
	t.Parallel()
	want := `page

  A paragraph of two lines, which are
  one.

  - one
  - two, which is longer than a line of
    forty columns, and goes on
    - a part of it, longer than a line
      as well
  - three

    step "stays" "as it is" {

      on = asset.however_long_the_line_may_be
    }

A heading

  after it
`
	assert.Equal(t, want, report.FormatPage(report.Page{Title: "page", Text: markdown}, 40))
}
