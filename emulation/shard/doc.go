// Package shard owns how the scenarios of a run are split over machines: the same on each
// of them, and so that none takes much longer than the others. It knows how long scenarios
// took, and nothing of how they are performed. Start at [Split].
package shard
