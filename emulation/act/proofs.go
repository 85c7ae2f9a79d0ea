package act

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Proofs are what the acts of a plan, one after the other, come to at its end, place
// by place: what a check can look at.
type Proofs struct {
	host   asset.Host
	before map[string][]byte // what the plan gives the host first
	places []place           // in the order in which each was last changed
	// Unproven is that what is said now is not to be checked.
	Unproven bool
}

// place is one path and what is then true of it.
type place struct {
	key      string
	check    effect.Check // nil is that nothing can be said
	holds    []byte       // what the file holds, if known
	known    bool
	minor    bool // a folder: it counts if nothing below it is proven
	unproven bool
}

// Given says that the plan gives the host a file, a folder or a value first.
func (p *Proofs) Given(path string, content []byte) { p.before[p.key(path)] = content }

func (p *Proofs) key(path string) string {
	if p.host.Kind.Platform == effect.Windows {
		return strings.ToLower(path)
	}
	return path
}

func (p *Proofs) find(path string) (place, bool) {
	i := slices.IndexFunc(p.places, func(at place) bool { return at.key == p.key(path) })
	if i < 0 {
		return place{}, false
	}
	return p.places[i], true
}

func (p *Proofs) put(path string, now place) {
	now.key, now.unproven = p.key(path), p.Unproven
	p.places = slices.DeleteFunc(p.places, func(at place) bool { return at.key == now.key })
	p.places = append(p.places, now)
}

// set says what is true of a path from now on.
func (p *Proofs) set(path string, check effect.Check) { p.put(path, place{check: check}) }

// holds says that a file has that content from now on.
func (p *Proofs) holds(path string, content []byte) {
	p.put(path, place{check: effect.ContentIs{Path: path, Content: content}, holds: content, known: true})
}

// content is what a file holds by now. known is false if that cannot be told.
func (p *Proofs) content(path string) (content []byte, known bool) {
	if now, touched := p.find(path); touched {
		return now.holds, now.known
	}
	if content, given := p.before[p.key(path)]; given {
		return content, true
	}
	content = p.host.Content(path)
	return content, content != nil
}

// grows says that something was added to a file.
func (p *Proofs) grows(path string, added []byte) {
	now, _ := p.find(path)
	switch check := now.check.(type) {
	case effect.ContentIs:
		p.holds(path, slices.Concat(check.Content, added))
	case effect.EndsWith:
		p.set(path, effect.EndsWith{Path: path, Content: slices.Concat(check.Content, added)})
	default:
		p.set(path, effect.EndsWith{Path: path, Content: added})
	}
}

// copied says that a file is the same as another.
func (p *Proofs) copied(from, to string) {
	content, known := p.content(from)
	p.put(to, place{check: effect.SameAs{Path: to, As: from}, holds: content, known: known})
}

// moved says that a file has another name.
func (p *Proofs) moved(from, to string) {
	content, known := p.content(from)
	was, _ := p.find(from)
	p.set(from, effect.Gone{Path: from})
	switch same, copied := was.check.(effect.SameAs); {
	case known:
		p.holds(to, content)
	case copied:
		p.set(to, effect.SameAs{Path: to, As: same.As})
	default:
		p.put(to, place{})
	}
}

// folder says that a folder was made. One that was there before proves nothing.
func (p *Proofs) folder(path string, mode fs.FileMode) {
	if mode == 0 {
		mode = 0o755
	}
	for _, file := range p.host.Kind.Files {
		if p.key(file.Path) == p.key(path) {
			return
		}
	}
	if _, given := p.before[p.key(path)]; !given {
		p.put(path, place{check: effect.ModeIs{Path: path, Mode: mode}, minor: true})
	}
}

// Checks returns what can be looked at, of all places.
func (p *Proofs) Checks() []effect.Check {
	var all []effect.Check
	for _, at := range p.places {
		if at.unproven {
			continue
		}
		switch check := at.check.(type) {
		case nil:
			continue
		case effect.SameAs:
			// What it was copied from may have been changed since.
			if _, changed := p.find(check.As); changed {
				if !at.known {
					continue
				}
				all = append(all, effect.ContentIs{Path: check.Path, Content: at.holds})
				continue
			}
		case effect.ModeIs:
			if at.minor && p.provenBelow(at.key) {
				continue
			}
		}
		all = append(all, at.check)
	}
	return all
}

func (p *Proofs) provenBelow(folder string) bool {
	return slices.ContainsFunc(p.places, func(at place) bool {
		return at.check != nil && (strings.HasPrefix(at.key, folder+"/") || strings.HasPrefix(at.key, folder+`\`))
	})
}
