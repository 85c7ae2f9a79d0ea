package scenario

import "github.com/zclconf/go-cty/cty"

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
