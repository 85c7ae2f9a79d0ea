package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// act is what one act block says, with its attributes filled in.
type act interface {
	// plan adds what the block comes to.
	plan(p *process)
}

// fileActs are the blocks for what a process does to files.
var fileActs = []*Block{
	actBlock[writeAct]("write", "Makes a file, or replaces what it holds. The content must carry ringer's marker: `inert(…)` puts it there."),
	actBlock[appendAct]("append", "Adds to the end of a file, which is made if it is missing."),
	actBlock[copyAct]("copy", "Copies one file."),
	actBlock[moveAct]("move", "Renames a file."),
	actBlock[removeAct]("remove", "Deletes one file, or one empty folder."),
	actBlock[truncateAct]("truncate", "Empties a file and keeps it."),
	actBlock[folderAct]("folder", "Makes a folder and those above it."),
	actBlock[modeAct]("mode", "Changes permission bits."),
	actBlock[symlinkAct]("symlink", "Makes a symbolic link in place of what is there. Its target is text: it is not followed, and need not exist."),
	actBlock[timesAct]("times", "Sets the times of a file, to a moment or to those of another file."),
	actBlock[packAct]("pack", "Packs files into an archive in ringer's own format. Nothing is compressed or encrypted."),
}

// actBlock is the block of an act whose attributes are T's fields.
func actBlock[T act](name, doc string) *Block {
	return &Block{Name: name, Doc: doc, Attributes: argument.Of[T](), Repeats: true, act: func() act { return *new(T) }}
}

type writeAct struct {
	Path    string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Content string `arg:"content" doc:"what it then holds" form:"content" max:"65536" default:""`
	Mode    string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
}

func (w writeAct) plan(p *process) {
	p.needsMarker("write", w.Path, w.Content)
	p.do(effect.Write{Path: w.Path, Content: bytesOf(w.Content), Mode: argument.Mode(w.Mode)})
	p.proofs.holds(w.Path, bytesOf(w.Content))
}

type appendAct struct {
	Path    string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Content string `arg:"content" doc:"what is added" form:"text" max:"65536"`
}

func (a appendAct) plan(p *process) {
	p.needsRecords(a.Path, a.Content)
	p.do(effect.Append{Path: a.Path, Content: bytesOf(a.Content)})
	p.proofs.grows(a.Path, bytesOf(a.Content))
}

type copyAct struct {
	From      string `arg:"from" doc:"the file" form:"path" max:"1024"`
	To        string `arg:"to" doc:"the copy" form:"path" max:"1024"`
	KeepTimes bool   `arg:"keep_times" doc:"whether the copy gets the file's times" default:"false"`
}

func (c copyAct) plan(p *process) {
	p.do(effect.Copy{From: c.From, To: c.To, KeepTimes: c.KeepTimes})
	p.proofs.copied(c.From, c.To)
}

type moveAct struct {
	From string `arg:"from" doc:"the file" form:"path" max:"1024"`
	To   string `arg:"to" doc:"its new name" form:"path" max:"1024"`
}

func (m moveAct) plan(p *process) {
	p.do(effect.Move{From: m.From, To: m.To})
	p.proofs.moved(m.From, m.To)
}

type removeAct struct {
	Path string `arg:"path" doc:"the file or folder" form:"path" max:"1024"`
}

func (r removeAct) plan(p *process) {
	p.do(effect.Remove{Path: r.Path})
	p.proofs.set(r.Path, effect.Gone{Path: r.Path})
}

type truncateAct struct {
	Path string `arg:"path" doc:"the file" form:"path" max:"1024"`
}

func (t truncateAct) plan(p *process) {
	p.do(effect.Truncate{Path: t.Path})
	p.proofs.set(t.Path, effect.Empty{Path: t.Path})
}

type folderAct struct {
	Path string `arg:"path" doc:"the folder" form:"path" max:"1024"`
	Mode string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
}

func (f folderAct) plan(p *process) {
	p.do(effect.MakeDir{Path: f.Path, Mode: argument.Mode(f.Mode)})
	p.proofs.folder(f.Path, argument.Mode(f.Mode))
}

type modeAct struct {
	Path string `arg:"path" doc:"the file or folder" form:"path" max:"1024"`
	Mode string `arg:"mode" doc:"its new permission bits" form:"mode" max:"5"`
}

func (m modeAct) plan(p *process) {
	p.do(effect.SetMode{Path: m.Path, Mode: argument.Mode(m.Mode)})
	p.proofs.set(m.Path, effect.ModeIs{Path: m.Path, Mode: argument.Mode(m.Mode)})
}

type symlinkAct struct {
	Path   string `arg:"path" doc:"the link" form:"path" max:"1024"`
	Target string `arg:"target" doc:"what it names" form:"line" max:"1024"`
}

func (s symlinkAct) plan(p *process) {
	p.do(effect.SymLink{Path: s.Path, Target: s.Target})
	p.proofs.set(s.Path, effect.LinksTo{Path: s.Path, Target: s.Target})
}

type timesAct struct {
	Path string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Like string `arg:"like" doc:"the file whose times it gets" form:"path" max:"1024" default:""`
	At   string `arg:"at" doc:"the moment, such as 2019-03-18T22:46:31Z" form:"time" max:"40" default:""`
}

func (t timesAct) plan(p *process) {
	if (t.Like == "") == (t.At == "") {
		p.problem("times of %s: must have either \"like\" or \"at\"", t.Path)
		return
	}
	set := effect.SetTimes{Path: t.Path, Like: t.Like}
	if t.At != "" {
		set.At = argument.Time(t.At)
	}
	p.do(set)
	p.proofs.set(t.Path, effect.TimesLike{Path: t.Path, Like: set.Like, At: set.At})
}

type packAct struct {
	Into   string   `arg:"into" doc:"the archive" form:"path" max:"1024"`
	From   []string `arg:"from" doc:"the files" form:"path" max:"1024"`
	Pieces []string `arg:"pieces" doc:"the names of the pieces that the archive is cut into, which are left in its place" form:"path" max:"1024" default:""`
}

func (a packAct) plan(p *process) {
	if len(a.From) == 0 {
		p.problem("pack %s: \"from\" must name at least one file", a.Into)
		return
	}
	pack := effect.Pack{Into: a.Into, From: a.From}
	left := []string{a.Into}
	if len(a.Pieces) > 0 {
		pack.Names, pack.Piece = a.Pieces, p.pieceSize(a.From, len(a.Pieces))
		left = a.Pieces
	}
	p.do(pack)
	p.proofs.set(left[0], effect.Packs{Pieces: left, From: a.From})
}

// bytesOf is nil for an empty text, as nothing is left of it.
func bytesOf(text string) []byte {
	if text == "" {
		return nil
	}
	return []byte(text)
}
