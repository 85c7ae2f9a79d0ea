// Package placeholder reads the values of placeholders, as rules name them with %name%
// under the modifier "expand". It owns how users write them, in an argument and in a
// file. What becomes of them in a rule is for package sigma. Start at [Values].
package placeholder
