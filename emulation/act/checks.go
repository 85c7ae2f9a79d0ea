package act

import (
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Check is what a block inside `prove` says, with its attributes filled in.
type Check interface {
	// Check returns what is looked at.
	Check() effect.Check
}

// CheckKind is a kind of check, which is a type of block inside `prove`.
type CheckKind struct {
	Name, Doc  string
	Attributes []argument.Argument
	// New returns a check whose attributes argument.Fill sets.
	New func() Check
}

func checkKind[T Check](name, doc string) CheckKind {
	return CheckKind{Name: name, Doc: doc, Attributes: argument.Of[T](), New: func() Check { return any(new(T)).(Check) }}
}

// Checks returns all kinds of check.
func Checks() []CheckKind { return checkKinds }

var checkKinds = []CheckKind{
	checkKind[holdsCheck]("holds", "A file holds exactly that."),
	checkKind[endsWithCheck]("ends_with", "A file, which may have held more before, ends with that."),
	checkKind[goneCheck]("gone", "There is nothing of that name."),
	checkKind[emptyCheck]("empty", "A file is there, and empty."),
	checkKind[sameAsCheck]("same_as", "Two files hold the same."),
	checkKind[timesLikeCheck]("times_like", "A file has the times of a moment, or of another file."),
	checkKind[modeIsCheck]("mode_is", "A file or folder has those permission bits."),
	checkKind[linksToCheck]("links_to", "A symbolic link names that."),
	checkKind[valueIsCheck]("value_is", "A value of the registry is that."),
	checkKind[packsCheck]("packs", "An archive in ringer's own format, whole or in pieces, has those files in it."),
	checkKind[exportedCheck]("exported", "A file has at least so many rows of a real database."),
}

type holdsCheck struct {
	Path    string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Content string `arg:"content" doc:"what it holds" form:"any" max:"65536"`
}

func (h holdsCheck) Check() effect.Check {
	return effect.ContentIs{Path: h.Path, Content: argument.Bytes(h.Content)}
}

type endsWithCheck struct {
	Path    string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Content string `arg:"content" doc:"its end" form:"any" max:"65536"`
}

func (e endsWithCheck) Check() effect.Check {
	return effect.EndsWith{Path: e.Path, Content: argument.Bytes(e.Content)}
}

type goneCheck struct {
	Path string `arg:"path" doc:"the name" form:"place" max:"1024"`
}

func (g goneCheck) Check() effect.Check { return effect.Gone{Path: g.Path} }

type emptyCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
}

func (e emptyCheck) Check() effect.Check { return effect.Empty{Path: e.Path} }

type sameAsCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
	As   string `arg:"as" doc:"the other file" form:"place" max:"1024"`
}

func (s sameAsCheck) Check() effect.Check { return effect.SameAs{Path: s.Path, As: s.As} }

type timesLikeCheck struct {
	Path string `arg:"path" doc:"the file" form:"place" max:"1024"`
	Like string `arg:"like" doc:"the other file" form:"place" max:"1024" default:""`
	At   string `arg:"at" doc:"the moment" form:"time" max:"40" default:""`
}

func (t timesLikeCheck) Check() effect.Check {
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

func (m modeIsCheck) Check() effect.Check {
	return effect.ModeIs{Path: m.Path, Mode: argument.Mode(m.Mode)}
}

type linksToCheck struct {
	Path   string `arg:"path" doc:"the link" form:"path" max:"1024"`
	Target string `arg:"target" doc:"what it names" form:"line" max:"1024"`
}

func (l linksToCheck) Check() effect.Check { return effect.LinksTo{Path: l.Path, Target: l.Target} }

type valueIsCheck struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
	Type string `arg:"type" doc:"its type" oneof:"REG_SZ,REG_EXPAND_SZ,REG_DWORD,REG_QWORD,REG_BINARY,REG_MULTI_SZ,REG_NONE" default:"REG_SZ"`
	Data string `arg:"data" doc:"its data as text" form:"text" max:"32768" default:""`
}

func (v valueIsCheck) Check() effect.Check {
	return effect.ValueIs{Key: v.Key, Name: v.Name, Value: artifact.Value{Type: v.Type, Data: v.Data}}
}

type packsCheck struct {
	Pieces []string `arg:"pieces" doc:"the archive, or its pieces in order" form:"path" max:"1024"`
	From   []string `arg:"from" doc:"the files" form:"path" max:"1024"`
}

func (p packsCheck) Check() effect.Check { return effect.Packs{Pieces: p.Pieces, From: p.From} }

type exportedCheck struct {
	Path  string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Least int    `arg:"least" doc:"how many rows there must be" min:"1" max:"1000000" default:"1"`
}

func (e exportedCheck) Check() effect.Check { return effect.Exported{Path: e.Path, Least: e.Least} }
