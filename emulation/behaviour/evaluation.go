package behaviour

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/block"
)

// evaluation evaluates blocks of a library.
type evaluation struct {
	block.Evaluator
	library *Library
	// root is what every expression of the library may refer to, and everywhere what those
	// of every library may, besides that; nil is nothing.
	root, everywhere *hcl.EvalContext
}

func newEvaluation(of *Library) evaluation {
	return evaluation{Evaluator: block.Evaluator{Read: &of.read}, library: of, root: of.root}
}

// within does something with what another library's blocks can name.
func (e *evaluation) within(other *Library, do func()) {
	outer := e.library
	e.library, e.Read = other, &other.read
	do()
	e.library, e.Read = outer, &outer.read
}

// rootOf is what every expression of a library may refer to.
func (e *evaluation) rootOf(l *Library) *hcl.EvalContext {
	root := l.root.NewChild()
	if e.everywhere != nil {
		root.Variables, root.Functions = e.everywhere.Variables, e.everywhere.Functions
	}
	return root
}
