// Package cut cuts a stream of logs into pieces that can be decoded apart from each
// other: lines, and the texts of JSON objects. It owns their limits in size, and how a
// broken piece is told from those after it. It decodes nothing. Start at [Cutter].
package cut
