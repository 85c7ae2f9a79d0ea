package plan

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/outside"
)

// Probe is a harmless act by which outside detectors show that they work: a program
// writes a file that nothing else writes. It is no step and has no verdict.
type Probe struct {
	ID, Asset string
	Effect    effect.StepPlan
}

// The probes: one before the first step, one after the last.
const (
	OpeningProbe = "ringer-probe-opening"
	ClosingProbe = "ringer-probe-closing"
)

// Probes are what is performed before and after all else, on the first asset; ok is
// false if no detector of the plan looks for it.
func (p *Plan) Probes() (opening, closing Probe, ok bool) {
	asked := slices.ContainsFunc(p.Detectors, func(d outside.Detector) bool { return d.Probe != "" })
	if !asked || len(p.Assets) == 0 {
		return Probe{}, Probe{}, false
	}
	on := p.Assets[0]
	return probe(OpeningProbe, on), probe(ClosingProbe, on), true
}

func probe(id string, on Asset) Probe {
	image, path, content := "/usr/bin/touch", "/tmp/"+id, []byte(artifact.Marker+"\n")
	if on.Place.Kind.Platform == effect.Windows {
		image, path = `C:\Windows\System32\cmd.exe`, `C:\Windows\Temp\`+id
	}
	return Probe{ID: id, Asset: on.Name, Effect: effect.StepPlan{
		Processes: []effect.Process{{Image: image, Args: []string{image, path}, Acts: []effect.Act{effect.Write{Path: path, Content: content}}}},
		Checks:    []effect.Check{effect.ContentIs{Path: path, Content: content}},
	}}
}
