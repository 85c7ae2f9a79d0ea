package scenario

import "github.com/ringer-lab/ringer/emulation/functions"

// Function is a function that expressions can call.
type Function = functions.Function

// Functions returns all functions, those of a group together.
func Functions() []Function { return functions.All() }
