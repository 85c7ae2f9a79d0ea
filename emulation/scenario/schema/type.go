package schema

// Type is what an attribute's value must be, in the words of the manual.
type Type string

// The types. Package scenario reads and checks them. Nothing is converted from one to
// another.
const (
	String  Type = "string"
	Strings Type = "list of strings"
	Whole   Type = "whole number"
	Share   Type = "number from 0 to 1"
	// Counts and Shares are numbers by a few names, those of the attribute's choices.
	Counts Type = "whole numbers by name"
	Shares Type = "numbers from 0 to 1 by name"
	// Texts are strings by a few names, those of the attribute's choices.
	Texts      Type = "strings by name"
	Duration   Type = "duration"
	Date       Type = "date"
	Keyword    Type = "keyword"
	Reference  Type = "reference"
	References Type = "list of references"
	// Targets are references to what may be in another file: one, or a list of them.
	Targets Type = "reference, or list of references"
	// Secret names where a secret is, and is never evaluated.
	Secret Type = "secret: `env(\"NAME\")` or `file(\"PATH\")`"
	// Constant is a value without references, and Constraint a type: a variable's, as
	// they are read before anything can be referred to.
	Constant   Type = "any value"
	Constraint Type = "type"
)
