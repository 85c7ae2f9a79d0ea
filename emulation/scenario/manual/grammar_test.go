package manual

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// A block may be in itself, and two blocks may have the same name.
func TestBlocksInThemselvesAndOfTheSameName(t *testing.T) {
	t.Parallel()
	file := &schema.Block{Name: "file", Doc: "A file that is written."}
	process := &schema.Block{Name: "process", Doc: "A process. It may start others."}
	process.Blocks = []*schema.Block{process, file}
	given := &schema.Block{Name: "file", Doc: "A file that is there before."}
	host := &schema.Block{Name: "host", Doc: "A host.", Blocks: []*schema.Block{given}}

	pages := map[string]string{}
	for _, page := range blockPages([]*schema.Block{process, host}) {
		pages[page.Title] = page.Text
	}
	assert.Len(t, pages, 4)
	assert.Contains(t, pages["process"], "It is written at the top level of a file and in [process], any number of times.")
	assert.Contains(t, pages["process"], "- [process]: A process.\n- [file in process]: A file that is written.\n")
	assert.Contains(t, pages["host"], "- [file in host]: A file that is there before.\n")
	assert.Contains(t, pages["file in host"], "It is written in [host], any number of times.")
}
