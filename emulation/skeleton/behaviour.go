package skeleton

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Behaviour is a behaviour to begin with.
type Behaviour struct {
	// Name is the behaviour's, File that of the file that it is written to.
	Name, File string
	// Acts are the names of its acts, in order, each the word of a block; without any it
	// writes a file.
	Acts []string
	// Platform is that of its hosts; empty follows from the acts.
	Platform effect.Platform
	// Library is the one whose hosts it can name.
	Library *behaviour.Library
}

// Acts returns the names of all acts, in the order of the manual.
func Acts() []string {
	var names []string
	for _, block := range actBlocks() {
		names = append(names, block.Name)
	}
	return names
}

// actBlocks are the blocks of acts: those that a process can have.
func actBlocks() []*behaviour.Block {
	var acts []*behaviour.Block
	for _, block := range blockNamed(behaviour.Blocks(), "behaviour", "process").Blocks() {
		if block.IsAct() {
			acts = append(acts, block)
		}
	}
	return acts
}

// blockNamed finds a block inside those that are named before it.
func blockNamed(among []*behaviour.Block, names ...string) *behaviour.Block {
	var found *behaviour.Block
	for _, name := range names {
		found = among[slices.IndexFunc(among, func(b *behaviour.Block) bool { return b.Name == name })]
		if found.Blocks != nil {
			among = found.Blocks()
		}
	}
	return found
}

// Text returns the behaviour as a formatted file, with what a reader should know first. It
// fails if there is no act of a name, if an act is not of the platform, or if no host of the
// library's can have it.
func (b Behaviour) Text() ([]byte, error) {
	d, err := b.draft()
	if err != nil {
		return nil, err
	}
	text, problems := scenario.Format(b.File, []byte(d.head()+d.text()))
	if problems.HasErrors() {
		return nil, problems
	}
	return text, nil
}

// Block returns the block alone, for a file that has others, and the behaviour that it is.
// It fails as Text does.
func (b Behaviour) Block() (text string, is behaviour.Behaviour, err error) {
	d, err := b.draft()
	if err != nil {
		return "", behaviour.Behaviour{}, err
	}
	is, _ = d.read()
	return d.text(), is, nil
}

func (b Behaviour) draft() (draft, error) {
	blocks, err := b.blocks()
	if err != nil {
		return draft{}, err
	}
	kind, err := b.kind(blocks)
	if err != nil {
		return draft{}, err
	}
	d := draft{Behaviour: b, kind: kind, acts: actsOf(blocks, b.Platform)}
	d.given = missing(d.plan(), kind)
	if len(d.plan().Checks) == 0 {
		d.acts = actsOf(append(blocks, blockNamed(behaviour.Blocks(), "behaviour", "process", "write")), b.Platform)
		d.noted = true
	}
	return d, nil
}

// blocks are the acts by their names. The platform is set by them, where none is given.
func (b *Behaviour) blocks() ([]*behaviour.Block, error) {
	if len(b.Acts) == 0 {
		b.Acts = []string{"write"}
	}
	all := actBlocks()
	var found []*behaviour.Block
	for _, name := range b.Acts {
		at := slices.IndexFunc(all, func(block *behaviour.Block) bool { return block.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no act %q. %s", name, suggestAct(name))
		}
		found = append(found, all[at])
		switch needs := all[at].Platform; {
		case needs == "" || needs == b.Platform:
		case b.Platform != "":
			return nil, fmt.Errorf("only hosts of platform %s can have a %s; expected acts of platform %s", needs, name, b.Platform)
		}
	}
	for _, block := range found {
		if b.Platform == "" {
			b.Platform = block.Platform
		}
	}
	if b.Platform == "" {
		b.Platform = effect.Linux
	}
	return found, nil
}

// suggestAct is the sentence that helps on from a word that is not an act: an act that is
// a part of it, such as write of write_file, or the nearest.
func suggestAct(name string) string {
	for _, act := range Acts() {
		if strings.HasPrefix(name, act+"_") || strings.HasSuffix(name, "_"+act) {
			return fmt.Sprintf("Did you mean %q?", act)
		}
	}
	return diagnostic.Suggest(name, Acts())
}

// kind is the first kind of host on which the acts can be performed: one with the daemon
// that they ask, if they do.
func (b Behaviour) kind(blocks []*behaviour.Block) (asset.Kind, error) {
	for _, kind := range usualKinds(b.Library) {
		if kind.Platform != b.Platform {
			continue
		}
		d := draft{Behaviour: b, kind: kind, acts: actsOf(blocks, b.Platform)}
		if service := d.plan().Service(); service == "" || slices.Contains(kind.Services, service) {
			return kind, nil
		}
	}
	return asset.Kind{}, fmt.Errorf("no host of platform %s can have %s", b.Platform, strings.Join(b.Acts, ", "))
}

// usualKinds are a library's kinds of host, those first that most behaviours are for.
func usualKinds(library *behaviour.Library) []asset.Kind {
	count := map[string]int{}
	for _, known := range library.Behaviours() {
		for _, kind := range known.Assets {
			count[kind]++
		}
	}
	return slices.SortedStableFunc(slices.Values(library.Kinds()), func(a, b asset.Kind) int { return cmp.Compare(count[b.Name], count[a.Name]) })
}

// read reads the draft as it is so far. ok is false if it cannot be read.
func (d draft) read() (found behaviour.Behaviour, ok bool) {
	file, problems := behaviour.Parse(d.File, []byte(d.text()))
	if problems.HasErrors() {
		return behaviour.Behaviour{}, false
	}
	library, _ := behaviour.ReadSource(behaviour.Source{Name: "skeleton", Files: []*hcl.File{file}, Uses: []*behaviour.Library{d.Library}})
	return library.Behaviour(d.Name)
}

// plan is what the draft comes to on its host. It may be that nothing proves it yet.
func (d draft) plan() effect.StepPlan {
	found, ok := d.read()
	if !ok {
		return effect.StepPlan{}
	}
	plan, _ := found.Plan(asset.Host{Kind: d.kind, Hostname: d.kind.Hostname}, nil)
	return plan
}
