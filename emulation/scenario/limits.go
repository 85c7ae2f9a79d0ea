package scenario

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A scenario is performed on the reader's machine: each asset is a container that
// may use 256 MiB, and all of a scenario's stand at once. A run of a thousand
// steps takes minutes. Nothing a person writes comes near these.
const (
	maxAssets = 32
	maxSteps  = 2000
	// maxValue bounds what an expression may come to, in bytes: forty locals of
	// which each is twice the one before would take all memory there is.
	maxValue = 1 << 20
)

// checkLimits reports more assets or steps than a machine is to bear.
func (d *decoder) checkLimits(blocks map[string][]*hcl.Block) {
	for _, limit := range []struct {
		kind string
		most int
		why  string
	}{
		{"asset", maxAssets, "Each asset is a container, and all of them run at the same time."},
		{"step", maxSteps, "Split it into several scenarios."},
	} {
		if all := blocks[limit.kind]; len(all) > limit.most {
			d.errorf(atBlock(all[limit.most]), "Too many blocks", "There are %d blocks of type %s; at most %d are allowed. %s",
				len(all), limit.kind, limit.most, limit.why)
		}
	}
}

// tooLarge reports whether a value is more than any place for one may hold.
func tooLarge(got cty.Value) bool {
	size := 0
	_ = cty.Walk(got, func(_ cty.Path, value cty.Value) (bool, error) { // the callback has no error
		size++
		if value.IsKnown() && !value.IsNull() && value.Type() == cty.String {
			size += len(value.AsString())
		}
		return size <= maxValue, nil
	})
	return size > maxValue
}
