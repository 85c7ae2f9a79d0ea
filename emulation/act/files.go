package act

import (
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// fileActs are the blocks for what a process does to files.
var fileActs = []Kind{
	kind[writeAct]("write", "Makes a file, or replaces what it holds. The content must carry ringer's marker: `inert(…)` puts it there."),
	kind[appendAct]("append", "Adds to the end of a file, which is made if it is missing."),
	kind[copyAct]("copy", "Copies one file."),
	kind[moveAct]("move", "Renames a file. From one folder of a Linux host to another that is a file system of its own, such as `/var` and `/etc`, it is copied with its times and deleted, as of mv."),
	kind[removeAct]("remove", "Deletes one file, or one empty folder."),
	kind[truncateAct]("truncate", "Empties a file and keeps it."),
	kind[folderAct]("folder", "Makes a folder and those above it."),
	kind[modeAct]("mode", "Changes permission bits."),
	kind[symlinkAct]("symlink", "Makes a symbolic link in place of what is there. Its target is text: it is not followed, and need not exist."),
	kind[timesAct]("times", "Sets the times of a file, to a moment or to those of another file."),
	kind[packAct]("pack", "Packs files into an archive in ringer's own format. Nothing is compressed or encrypted."),
}

type writeAct struct {
	Path    string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Content string `arg:"content" doc:"what it then holds" form:"content" max:"65536" default:""`
	Mode    string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
}

func (w writeAct) Plan(p *Process) {
	p.needsMarker("write", w.Path, w.Content)
	p.Do(effect.Write{Path: w.Path, Content: argument.Bytes(w.Content), Mode: argument.Mode(w.Mode)})
	p.plan.Proofs.holds(w.Path, argument.Bytes(w.Content))
}

type appendAct struct {
	Path    string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Content string `arg:"content" doc:"what is added" form:"text" max:"65536"`
}

func (a appendAct) Plan(p *Process) {
	p.needsRecords(a.Path, a.Content)
	p.Do(effect.Append{Path: a.Path, Content: argument.Bytes(a.Content)})
	p.plan.Proofs.grows(a.Path, argument.Bytes(a.Content))
}

type copyAct struct {
	From      string `arg:"from" doc:"the file" form:"path" max:"1024"`
	To        string `arg:"to" doc:"the copy" form:"path" max:"1024"`
	KeepTimes bool   `arg:"keep_times" doc:"whether the copy gets the file's times" default:"false"`
}

func (c copyAct) Plan(p *Process) {
	p.Do(effect.Copy{From: c.From, To: c.To, KeepTimes: c.KeepTimes})
	p.plan.Proofs.copied(c.From, c.To)
}

type moveAct struct {
	From string `arg:"from" doc:"the file" form:"path" max:"1024"`
	To   string `arg:"to" doc:"its new name" form:"path" max:"1024"`
}

func (m moveAct) Plan(p *Process) {
	p.Do(effect.Move{From: m.From, To: m.To})
	p.plan.Proofs.moved(m.From, m.To)
}

type removeAct struct {
	Path string `arg:"path" doc:"the file or folder" form:"path" max:"1024"`
}

func (r removeAct) Plan(p *Process) {
	p.Do(effect.Remove{Path: r.Path})
	p.plan.Proofs.set(r.Path, effect.Gone{Path: r.Path})
}

type truncateAct struct {
	Path string `arg:"path" doc:"the file" form:"path" max:"1024"`
}

func (t truncateAct) Plan(p *Process) {
	p.Do(effect.Truncate{Path: t.Path})
	p.plan.Proofs.set(t.Path, effect.Empty{Path: t.Path})
}

type folderAct struct {
	Path string `arg:"path" doc:"the folder" form:"path" max:"1024"`
	Mode string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
}

func (f folderAct) Plan(p *Process) {
	p.Do(effect.MakeDir{Path: f.Path, Mode: argument.Mode(f.Mode)})
	p.plan.Proofs.folder(f.Path, argument.Mode(f.Mode))
}

type modeAct struct {
	Path string `arg:"path" doc:"the file or folder" form:"path" max:"1024"`
	Mode string `arg:"mode" doc:"its new permission bits" form:"mode" max:"5"`
}

func (m modeAct) Plan(p *Process) {
	p.Do(effect.SetMode{Path: m.Path, Mode: argument.Mode(m.Mode)})
	p.plan.Proofs.set(m.Path, effect.ModeIs{Path: m.Path, Mode: argument.Mode(m.Mode)})
}

type symlinkAct struct {
	Path   string `arg:"path" doc:"the link" form:"path" max:"1024"`
	Target string `arg:"target" doc:"what it names" form:"line" max:"1024"`
}

func (s symlinkAct) Plan(p *Process) {
	p.Do(effect.SymLink{Path: s.Path, Target: s.Target})
	p.plan.Proofs.set(s.Path, effect.LinksTo{Path: s.Path, Target: s.Target})
}

type timesAct struct {
	Path string `arg:"path" doc:"the file" form:"path" max:"1024"`
	Like string `arg:"like" doc:"the file whose times it gets" form:"path" max:"1024" default:""`
	At   string `arg:"at" doc:"the moment, such as 2019-03-18T22:46:31Z" form:"time" max:"40" default:""`
}

func (t timesAct) Plan(p *Process) {
	if (t.Like == "") == (t.At == "") {
		p.problem("times of %s: must have either \"like\" or \"at\"", t.Path)
		return
	}
	set := effect.SetTimes{Path: t.Path, Like: t.Like}
	if t.At != "" {
		set.At = argument.Time(t.At)
	}
	p.Do(set)
	p.plan.Proofs.set(t.Path, effect.TimesLike{Path: t.Path, Like: set.Like, At: set.At})
}

type packAct struct {
	Into   string   `arg:"into" doc:"the archive" form:"path" max:"1024"`
	From   []string `arg:"from" doc:"the files" form:"path" max:"1024"`
	Pieces []string `arg:"pieces" doc:"the names of the pieces that the archive is cut into, which are left in its place" form:"path" max:"1024" default:""`
}

func (a packAct) Plan(p *Process) {
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
	p.Do(pack)
	p.plan.Proofs.set(left[0], effect.Packs{Pieces: left, From: a.From})
}
