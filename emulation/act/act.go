package act

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/logformat"
)

// Act is what the block of an act says, with its attributes filled in.
type Act interface {
	// Plan adds to a process what the act comes to, and to the process's plan what then
	// proves it.
	Plan(p *Process)
}

// Kind is a kind of act, which is a type of block in a process.
type Kind struct {
	Name, Doc  string
	Attributes []argument.Argument
	// Platform is that of the only hosts on which it can be done; empty is any.
	Platform effect.Platform
	// New returns an act whose attributes argument.Fill sets.
	New func() Act
}

func kind[T Act](name, doc string) Kind {
	return Kind{Name: name, Doc: doc, Attributes: argument.Of[T](), New: func() Act { return any(new(T)).(Act) }}
}

// Kinds returns all kinds of act.
func Kinds() []Kind { return slices.Concat(fileActs, windowsActs, otherActs) }

// maxActs is how many acts and processes a plan may have.
const maxActs = 5000

// Plan is what acts come to on a host, one after the other.
type Plan struct {
	Proofs Proofs

	host   asset.Host
	report func(summary, detail string)
	count  int
}

// NewPlan returns a plan without acts. report is told what is wrong with the act that is
// being planned.
func NewPlan(on asset.Host, report func(summary, detail string)) *Plan {
	return &Plan{Proofs: Proofs{host: on, before: map[string][]byte{}}, host: on, report: report}
}

// Process is a process of a plan. It does what is added to it.
type Process struct {
	effect.Process
	plan *Plan
}

// Process returns a process of the plan, to which acts can be added.
func (p *Plan) Process(of effect.Process) *Process { return &Process{Process: of, plan: p} }

// Do adds an act.
func (p *Process) Do(act effect.Act) {
	if p.plan.count++; p.plan.count == maxActs {
		p.plan.report("Too many acts", fmt.Sprintf("At most %d acts are allowed in a step. Divide it into several.", maxActs))
	}
	if p.plan.count < maxActs {
		p.Acts = append(p.Acts, act)
	}
}

// problem reports what is wrong with the act that is being planned.
func (p *Process) problem(text string, values ...any) {
	p.plan.report("Invalid act", fmt.Sprintf(text, values...)+".")
}

// needsMarker reports content that does not say whose it is.
func (p *Process) needsMarker(act, path, content string) {
	if content != "" && !strings.Contains(content, artifact.Marker) {
		p.problem("%s %s: the content must carry ringer's marker. Use inert(…), or inert_comment(…) for a file whose comments begin with #", act, path)
	}
}

// needsRecords reports a line that is added to a log of the host's own and is no record of
// it.
func (p *Process) needsRecords(path, content string) {
	for _, log := range p.plan.host.Kind.Logs {
		decode, err := logformat.Decoder(log)
		if log.File != path || err != nil {
			continue
		}
		for line := range strings.Lines(content) {
			line = strings.TrimRight(line, "\r\n")
			if _, ok := decode(line); !ok && strings.TrimSpace(line) != "" {
				p.problem("append %s: %.120q is not a record of that log, whose format is %s", path, line, log.Format)
			}
		}
	}
}

// pieceSize is how large a piece must be so that an archive of these files makes
// exactly so many.
func (p *Process) pieceSize(from []string, pieces int) int {
	size := len(artifact.Marker) + 1
	for _, path := range from {
		content, _ := p.plan.Proofs.content(path)
		size += len(effect.AppendPacked(nil, path, content))
	}
	return (size + pieces - 1) / pieces
}
