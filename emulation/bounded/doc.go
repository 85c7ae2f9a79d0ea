// Package bounded reads HCL within bounds. A file has at most so many bytes, brackets
// and operators. What an expression makes has at most so many bytes, and so has all that
// expressions make together, and they are given up after a time: one of a line could
// otherwise take all memory, or never end. The package knows the nodes of an expression
// and the functions that are called in it; it knows no scenario. Start at [Parse] and
// [Budget].
//
// HCL's own evaluation cannot be interrupted. So this package takes an expression
// apart: it evaluates the parts, each within the bounds, and has HCL put their values
// together only where what comes out is known to be small enough. Every value that
// takes part is no larger than [MaxValue], so no single step takes long.
package bounded
