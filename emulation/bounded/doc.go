// Package bounded evaluates HCL expressions within bounds: what they make has at most
// so many bytes, and so has all that they make together, and they are given up after a
// time. An expression of a line could otherwise take all memory, or never end. It knows
// the nodes of an expression and the functions that are called in it; it knows no
// scenario. Start at [Budget].
//
// HCL's own evaluation cannot be interrupted. So this package takes an expression
// apart: it evaluates the parts, each within the bounds, and has HCL put their values
// together only where what comes out is known to be small enough. Every value that
// takes part is no larger than [MaxValue], so no single step takes long.
package bounded
