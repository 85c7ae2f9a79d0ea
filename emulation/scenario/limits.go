package scenario

import "github.com/zclconf/go-cty/cty"

// The limits keep a scenario from exhausting the machine that runs it: each asset is
// a container of up to 256 MiB, and all of a scenario run at once; a thousand steps
// take minutes. No scenario written by hand comes near them.
const (
	// MaxAssets and MaxSteps are how many of them a scenario may have.
	MaxAssets = 32
	MaxSteps  = 2000
	// MaxValue is the largest size of a value in bytes: forty locals, each twice the
	// one before, would use up all memory.
	MaxValue = 1 << 20
)

// tooLarge reports whether a value is larger than MaxValue.
func tooLarge(got cty.Value) bool {
	size := 0
	_ = cty.Walk(got, func(_ cty.Path, value cty.Value) (bool, error) { // the callback returns no error
		size++
		if value.IsKnown() && !value.IsNull() && value.Type() == cty.String {
			size += len(value.AsString())
		}
		return size <= MaxValue, nil
	})
	return size > MaxValue
}
