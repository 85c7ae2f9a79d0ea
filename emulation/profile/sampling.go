package profile

import (
	"hash/fnv"
	"math"
)

// sampled decides by names alone whether one of a share is taken: another run, or
// the same run seen under another fault, decides alike.
func sampled(share float64, names ...string) bool {
	if share >= 1 {
		return true
	}
	sum := fnv.New64a()
	for _, name := range names {
		_, _ = sum.Write(append([]byte(name), 0)) // a hash refuses nothing
	}
	return float64(mix64(sum.Sum64())) < share*math.MaxUint64
}

// mix64 spreads a sum over all its bits (the finalizer of MurmurHash3): names
// that differ at their end alone differ in a few bits of FNV's sum.
func mix64(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
