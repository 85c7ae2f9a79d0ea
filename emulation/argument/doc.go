// Package argument owns what an author of HCL may choose, and how it is bounded: each
// argument of a behaviour and each attribute of a block is an [Argument], which says its
// type, its default and what its texts may be. Who has a fixed set of them declares a Go
// struct whose tags say so ([Of]), and gets it filled with checked values ([Fill]).
//
// form.go has the forms of texts. They are where paths are confined to a host's tree and
// lengths are bounded, the first of two times: the agent checks paths again. The package
// knows values of HCL, no blocks and no files. Start at [Argument].
package argument
