package plan

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// checkOnImage reports what cannot be done on an asset that is made of an image of the
// user's own: its programs are its own, so nothing of ringer's stands in for them.
func (b *builder) checkOnImage(on scenario.Asset, do effect.StepPlan, at hcl.Range) {
	if on.Image == nil {
		return
	}
	const title = "Not possible on an image"
	if len(do.Preconditions) > 0 {
		b.Errorf(diagnostic.At(at), title, "Asset %q is made of an image: nothing can be laid out on it before a step.", on.Name.Text)
		return
	}
	for _, process := range do.AllProcesses() {
		if !process.Remote {
			b.Errorf(diagnostic.At(at), title, "Asset %q is made of an image, whose programs are its own: %s cannot be started on it.", on.Name.Text, process.Image)
			return
		}
		for _, act := range process.Acts {
			if _, ok := act.(effect.Request); ok {
				continue
			}
			b.Errorf(diagnostic.At(at), title, "Asset %q is made of an image, whose programs are its own: what is done on it can be requests by programs on other hosts only (remote = true), not %q.", on.Name.Text, act)
			return
		}
	}
}
