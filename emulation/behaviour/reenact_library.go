package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// library is a marker library.
type library struct {
	Path      string  `arg:"path" doc:"the library's file" form:"path" max:"1024" default:"C:\\Windows\\System32\\reenacted.dll"`
	Version   version `arg:"version" doc:"its version resource"`
	Signature string  `arg:"signature" doc:"who is said to have signed it; nobody has" form:"line" max:"256" default:""`
	Status    string  `arg:"status" doc:"what is said of that signature, such as Valid" form:"line" max:"256" default:""`
}

// loadLibrary maps the library as code. It is text and nothing jumps into it.
func loadLibrary(r reenact) action {
	var resource artifact.Resource
	if given := r.Library.Version.resource(); given != nil {
		resource = *given
	}
	out := withPrefetchNote(r, effect.Load{Path: r.Library.Path})
	content := artifact.Library(resource, artifact.Signature{By: r.Library.Signature, Status: r.Library.Status})
	out.preconditions = append(out.preconditions, effect.Precondition{Path: r.Library.Path, Content: content})
	return out
}

// accessProcess maps the libraries through which the target is said to have been
// accessed, and sends the target SIGCONT.
func accessProcess(r reenact) action {
	if r.Target.Image == "" {
		r.Target.Image = system32 + "notepad.exe"
	}
	var acts []effect.Act
	var given []effect.Precondition
	for _, path := range r.Mapped {
		acts = append(acts, effect.Load{Path: path})
		given = append(given, effect.Precondition{Path: path, Content: artifact.Library(artifact.Resource{}, artifact.Signature{})})
	}
	target := r.Target.process()
	target.Resident = true
	out := withPrefetchNote(r, append(acts, effect.Access{Target: target})...)
	out.preconditions = append(out.preconditions, given...)
	return out
}
