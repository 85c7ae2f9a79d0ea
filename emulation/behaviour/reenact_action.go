package behaviour

import (
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// action is what an act comes to.
type action struct {
	// preconditions is what the host must have for it.
	preconditions []effect.Precondition
	acts          []effect.Act
	checks        []effect.Check
	// service does it on the process's behalf; nil is that it does it itself.
	service *effect.Process
	// peers are the hosts that loopback addresses stand for.
	peers []effect.Peer
}

// actions are the acts by the word in `act`.
var actions = map[string]func(reenact) action{
	"start":          func(r reenact) action { return withPrefetchNote(r) },
	"create_file":    createFile,
	"delete_file":    deleteFile,
	"rename_file":    renameFile,
	"date_file":      dateFile,
	"create_key":     createKey,
	"delete_key":     deleteKey,
	"rename_key":     renameKey,
	"set_value":      setValue,
	"delete_value":   deleteValue,
	"load_library":   loadLibrary,
	"access_process": accessProcess,
	"create_pipe":    createPipe,
	"open_pipe":      openPipe,
	"connect":        connect,
	"resolve":        func(r reenact) action { return withPrefetchNote(r, effect.Resolve{Name: r.Host}) },
	"write_log":      writeLog,
	"clear_log":      clearLog,
	"create_task":    createTask,
	"change_task":    changeTask,
	"delete_task":    deleteTask,
	"create_service": createService,
	"subscribe_wmi":  subscribeWMI,

	"change_directory": changeDirectory,
}

// withPrefetchNote does what leaves nothing on the disk. As on a real host the prefetcher's
// note shows that the process ran; here that process writes it itself, last, so
// that it also shows that the acts before it were performed.
func withPrefetchNote(r reenact, acts ...effect.Act) action {
	note := effect.Write{Path: artifact.PrefetchNote(r.Process.Image), Content: artifact.Marked("ran: " + r.Act)}
	return action{preconditions: absentBefore(note.Path), acts: append(acts, note), checks: []effect.Check{effect.ContentIs{Path: note.Path, Content: note.Content}}}
}

// fileContent is a program's stand-in for the name of a program, text for any
// other; both with what a recording says of the content.
func fileContent(r reenact) []byte {
	content := artifact.Marked("re-enacted")
	switch strings.ToLower(path.Ext(r.File)) {
	case ".exe", ".dll", ".sys", ".scr", ".com":
		content = markedProgram("re-enacted")
	}
	if r.Content == "" {
		return content
	}
	// A stream's reader looks at its beginning.
	return append([]byte(strings.TrimRight(r.Content, "\r\n")+"\r\n"), artifact.Marked("re-enacted")...)
}

func createFile(r reenact) action {
	write := effect.Write{Path: r.File, Content: fileContent(r), Mode: 0o755}
	return action{
		preconditions: append(absentBefore(r.File), folderOf(r.File)...), acts: []effect.Act{write},
		checks: []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}},
	}
}

// absentBefore says that what an act makes is not there before: a recording may have
// it made twice.
func absentBefore(path string) []effect.Precondition {
	return []effect.Precondition{{Path: path, Absent: true}}
}

// folderOf is the folder or key in which something is made; a drive is there
// anyway.
func folderOf(of string) []effect.Precondition { return folders(parentOf(of)) }

func folders(paths ...string) []effect.Precondition {
	var given []effect.Precondition
	for _, path := range paths {
		path = strings.TrimRight(path, `\`)
		if len(path) > len("C:") && effect.CheckPath(effect.Windows, path) == nil {
			given = append(given, effect.Precondition{Path: path, Folder: true})
		}
	}
	return given
}

func parentOf(of string) string { return of[:max(0, strings.LastIndexByte(of, '\\'))] }

func deleteFile(r reenact) action {
	return action{
		preconditions: []effect.Precondition{{Path: r.File, Content: fileContent(r)}},
		acts:          []effect.Act{effect.Remove{Path: r.File}},
		checks:        []effect.Check{effect.Gone{Path: r.File}},
	}
}

func renameFile(r reenact) action {
	content := fileContent(r)
	return action{
		preconditions: append(absentBefore(r.To), append(folderOf(r.To), effect.Precondition{Path: r.File, Content: content})...),
		acts:          []effect.Act{effect.Move{From: r.File, To: r.To}},
		checks:        []effect.Check{effect.Gone{Path: r.File}, effect.ContentIs{Path: r.To, Content: content}},
	}
}

func dateFile(r reenact) action {
	at := parseTime(r.Time)
	return action{
		preconditions: []effect.Precondition{{Path: r.File, Content: fileContent(r)}},
		acts:          []effect.Act{effect.SetTimes{Path: r.File, At: at}},
		checks:        []effect.Check{effect.TimesLike{Path: r.File, At: at}},
	}
}

func createPipe(r reenact) action {
	write := effect.Write{Path: artifact.PipePath(r.Pipe), Content: artifact.Marked("a pipe's end")}
	return action{
		preconditions: absentBefore(write.Path), acts: []effect.Act{write},
		checks: []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}},
	}
}

func openPipe(r reenact) action {
	opened := effect.Append{Path: artifact.PipePath(r.Pipe), Content: artifact.Marked("opened")}
	return action{
		preconditions: []effect.Precondition{{Path: opened.Path, Content: artifact.Marked("a pipe's end"), Append: true}},
		acts:          []effect.Act{opened},
		checks:        []effect.Check{effect.EndsWith{Path: opened.Path, Content: opened.Content}},
	}
}
