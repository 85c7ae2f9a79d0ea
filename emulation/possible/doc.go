// Package possible tells what expressions could be, whatever is given: all values where
// what they depend on has few, or else texts in which ${…} stands for what cannot be told.
// It knows no block and no library. Start at [Finder].
package possible
