// Package schema describes the blocks of the language: what each may contain, of
// which type, and what it means. From one declaration come what is accepted
// ([Block.Body]), how a value is read and checked (package scenario, by [Type]), and
// the manual (package manual). So nothing can be read that is not described, and a test
// of package scenario fails for a block or an attribute without a description, or that
// the block's example lacks. It knows no particular block. Start at [Block].
//
// Descriptions are Markdown of the simplest kind: paragraphs, lists that begin with
// "- ", `code`, and [name] as a link to another page of the manual. Whoever adds a block
// declares it beside its decoding, names it in the Blocks of what it is in, and runs
// `go test ./emulation/scenario/manual -update`.
package schema
