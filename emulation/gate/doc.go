// Package gate decides whether a run keeps to the bounds that it is held to, and says of
// each bound that it does not keep what, where and what to do. It is a function of results:
// it performs nothing, reads no file and knows no terminal. A bound of what was not measured
// is not kept. Start at [Judge].
package gate
