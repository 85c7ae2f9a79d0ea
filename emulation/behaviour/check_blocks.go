package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// checker is what one block inside `prove` says, with its attributes filled in.
type checker interface{ check() effect.Check }

// checkBlocks are the blocks inside `prove`.
var checkBlocks = []*Block{
	checkBlock[holdsCheck]("holds", "A file holds exactly that."),
	checkBlock[endsWithCheck]("ends_with", "A file, which may have held more before, ends with that."),
	checkBlock[goneCheck]("gone", "There is nothing of that name."),
	checkBlock[emptyCheck]("empty", "A file is there, and empty."),
	checkBlock[sameAsCheck]("same_as", "Two files hold the same."),
	checkBlock[timesLikeCheck]("times_like", "A file has the times of a moment, or of another file."),
	checkBlock[modeIsCheck]("mode_is", "A file or folder has those permission bits."),
	checkBlock[linksToCheck]("links_to", "A symbolic link names that."),
	checkBlock[valueIsCheck]("value_is", "A value of the registry is that."),
	checkBlock[packsCheck]("packs", "An archive in ringer's own format, whole or in pieces, has those files in it."),
	checkBlock[exportedCheck]("exported", "A file has at least so many rows of a real database."),
}

func checkBlock[T checker](name, doc string) *Block {
	return &Block{Name: name, Doc: doc, Attributes: argument.Of[T](), Repeats: true, check: func() checker { return *new(T) }}
}

type holdsCheck struct {
	Path    string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Content string `arg:"content" doc:"what it holds" form:"any" max:"65536"`
}

func (h holdsCheck) check() effect.Check {
	return effect.ContentIs{Path: h.Path, Content: bytesOf(h.Content)}
}

type endsWithCheck struct {
	Path    string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Content string `arg:"content" doc:"its end" form:"any" max:"65536"`
}

func (e endsWithCheck) check() effect.Check {
	return effect.EndsWith{Path: e.Path, Content: bytesOf(e.Content)}
}

type goneCheck struct {
	Path string `arg:"path" doc:"the name" form:"place" max:"1024"`
}

func (g goneCheck) check() effect.Check { return effect.Gone{Path: g.Path} }

type emptyCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
}

func (e emptyCheck) check() effect.Check { return effect.Empty{Path: e.Path} }

type sameAsCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
	As   string `arg:"as" doc:"the other file" form:"place" max:"1024"`
}

func (s sameAsCheck) check() effect.Check { return effect.SameAs{Path: s.Path, As: s.As} }

type timesLikeCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Like string `arg:"like" doc:"the other file" form:"place" max:"1024" default:""`
	At   string `arg:"at" doc:"the moment" form:"time" max:"40" default:""`
}

func (t timesLikeCheck) check() effect.Check {
	like := effect.TimesLike{Path: t.Path, Like: t.Like}
	if t.At != "" {
		like.At = argument.Time(t.At)
	}
	return like
}

type modeIsCheck struct {
	Path string `arg:"path" doc:"the file or folder" form:"place" max:"1024"`
	Mode string `arg:"mode" doc:"the bits" form:"mode" max:"5"`
}

func (m modeIsCheck) check() effect.Check {
	return effect.ModeIs{Path: m.Path, Mode: argument.Mode(m.Mode)}
}

type linksToCheck struct {
	Path   string `arg:"path" doc:"the link" form:"path" max:"1024"`
	Target string `arg:"target" doc:"what it names" form:"line" max:"1024"`
}

func (l linksToCheck) check() effect.Check { return effect.LinksTo{Path: l.Path, Target: l.Target} }

type valueIsCheck struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
	Type string `arg:"type" doc:"its type" oneof:"REG_SZ,REG_EXPAND_SZ,REG_DWORD,REG_QWORD,REG_BINARY,REG_MULTI_SZ,REG_NONE" default:"REG_SZ"`
	Data string `arg:"data" doc:"its data as text" form:"text" max:"32768" default:""`
}

func (v valueIsCheck) check() effect.Check {
	return effect.ValueIs{Key: v.Key, Name: v.Name, Value: artifact.Value{Type: v.Type, Data: v.Data}}
}

type packsCheck struct {
	Pieces []string `arg:"pieces" doc:"the archive, or its pieces in order" form:"path" max:"1024"`
	From   []string `arg:"from" doc:"the files" form:"path" max:"1024"`
}

func (p packsCheck) check() effect.Check { return effect.Packs{Pieces: p.Pieces, From: p.From} }

type exportedCheck struct {
	Path  string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Least int    `arg:"least" doc:"how many rows there must be" min:"1" max:"1000000" default:"1"`
}

func (e exportedCheck) check() effect.Check { return effect.Exported{Path: e.Path, Least: e.Least} }
