// Package block owns how blocks of HCL are declared and evaluated: a [Block] says what one
// may contain, and an [Evaluator] reads it, repeats it as `when`, `for_each` and `dynamic`
// say, evaluates what it has within a budget, and fills a Go struct with it (package
// argument). It knows no particular block, no library and no host. Start at [Block] and
// [Evaluator.Each].
package block
