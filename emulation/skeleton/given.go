package skeleton

import (
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// missing are blocks `given` for the places that acts of a plan take for granted and that
// a host of that kind does not have.
func missing(plan effect.StepPlan, kind asset.Kind) []string {
	f := finder{host: asset.Host{Kind: kind}, there: map[string]bool{}}
	for _, process := range plan.AllProcesses() {
		for _, act := range process.Acts {
			f.needed(act)
			for _, path := range act.Touches() {
				f.there[path] = true
			}
		}
	}
	return f.blocks
}

type finder struct {
	host   asset.Host
	there  map[string]bool // made by acts before, or given
	blocks []string
}

func (f *finder) need(path string) {
	if f.there[path] || len(f.host.Content(path)) > 0 {
		return
	}
	f.there[path] = true
	f.blocks = append(f.blocks, "given {\npath = "+Quoted(path)+"\ncontent = inert(\"what was there before\")\n}")
}

// needValue asks for a value of the registry, needKey for a key with one in it.
func (f *finder) needValue(path string) {
	f.there[path] = true
	f.blocks = append(f.blocks, "given {\npath = "+Quoted(path)+"\ncontent = registry_value(\"REG_SZ\", \"before\")\n}")
}

func (f *finder) needKey(key string) { f.needValue(artifact.ValuePath(key, "Before")) }

// needed asks for the places that an act takes for granted.
func (f *finder) needed(act effect.Act) {
	switch a := act.(type) {
	case effect.Copy:
		f.need(a.From)
	case effect.Move:
		if artifact.IsRegistry(a.From) {
			f.needKey(a.From)
			return
		}
		f.need(a.From)
	case effect.Remove:
		f.need(a.Path)
	case effect.Truncate:
		f.need(a.Path)
	case effect.SetMode:
		f.need(a.Path)
	case effect.SetTimes:
		f.need(a.Path)
		if a.Like != "" {
			f.need(a.Like)
		}
	case effect.Pack:
		for _, path := range a.From {
			f.need(path)
		}
	case effect.Load:
		f.need(a.Path)
	case effect.DeleteValue:
		f.needValue(artifact.ValuePath(a.Key, a.Name))
	case effect.DeleteKey:
		f.needKey(a.Key)
	}
}

// Quoted is a text as HCL has it.
func Quoted(text string) string {
	return string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes())
}
