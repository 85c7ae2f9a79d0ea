package behaviour

import (
	"fmt"
	"hash/fnv"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// deed is what an act comes to.
type deed struct {
	// given is what the host must have for it.
	given []effect.Given
	acts  []effect.Act
	prove []effect.Check
	// service does it on the process's behalf; nil is that it does it itself.
	service *effect.Process
	// peers are the hosts that loopback addresses stand for.
	peers []effect.Peer
}

// deeds are the acts by the word in `act`.
var deeds = map[string]func(reenact) deed{
	"start":          func(r reenact) deed { return noted(r) },
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
	"resolve":        func(r reenact) deed { return noted(r, effect.Resolve{Name: r.Host}) },
	"write_log":      writeLog,
	"clear_log":      clearLog,
	"create_task":    createTask,
	"change_task":    changeTask,
	"delete_task":    deleteTask,
	"create_service": createService,
	"subscribe_wmi":  subscribeWMI,

	"change_directory": changeDirectory,
}

// noted does what leaves nothing on the disk. As on a real host the prefetcher's
// note tells that the process ran; here that process writes it itself, last, so
// that it also tells that the acts before it came to their end.
func noted(r reenact, acts ...effect.Act) deed {
	name := strings.ToUpper(path.Base(strings.ReplaceAll(r.Process.Image, `\`, "/")))
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(r.Process.Image)) // a hash refuses nothing
	note := effect.Write{
		Path:    fmt.Sprintf(`%s%.60s-%08X.pf`, effect.WindowsPrefetch, strings.ToValidUTF8(name, "_"), sum.Sum32()),
		Content: inert("ran: " + r.Act),
	}
	return deed{given: absent(note.Path), acts: append(acts, note), prove: []effect.Check{effect.Holds{Path: note.Path, Content: note.Content}}}
}

// fileContent is a program's stand-in for the name of a program, text for any
// other; both with what a recording says of the content.
func fileContent(r reenact) []byte {
	content := inert("re-enacted")
	switch strings.ToLower(path.Ext(r.File)) {
	case ".exe", ".dll", ".sys", ".scr", ".com":
		content = inertProgram("re-enacted")
	}
	if r.Content == "" {
		return content
	}
	// A stream's reader looks at its beginning.
	return append([]byte(strings.TrimRight(r.Content, "\r\n")+"\r\n"), inert("re-enacted")...)
}

func createFile(r reenact) deed {
	write := effect.Write{Path: r.File, Content: fileContent(r), Mode: 0o755}
	return deed{
		given: append(absent(r.File), folderOf(r.File)...), acts: []effect.Act{write},
		prove: []effect.Check{effect.Holds{Path: write.Path, Content: write.Content}},
	}
}

// absent says that what an act makes is not there before: a recording may have
// it made twice.
func absent(path string) []effect.Given { return []effect.Given{{Path: path, Gone: true}} }

// folderOf is the folder or key in which something is made; a drive is there
// anyway.
func folderOf(of string) []effect.Given { return folders(parentOf(of)) }

func folders(paths ...string) []effect.Given {
	var given []effect.Given
	for _, one := range paths {
		one = strings.TrimRight(one, `\`)
		if len(one) > len("C:") && effect.CheckPath(effect.Windows, one) == nil {
			given = append(given, effect.Given{Path: one, Folder: true})
		}
	}
	return given
}

func parentOf(of string) string { return of[:max(0, strings.LastIndexByte(of, '\\'))] }

func deleteFile(r reenact) deed {
	return deed{
		given: []effect.Given{{Path: r.File, Content: fileContent(r)}},
		acts:  []effect.Act{effect.Remove{Path: r.File}},
		prove: []effect.Check{effect.Gone{Path: r.File}},
	}
}

func renameFile(r reenact) deed {
	content := fileContent(r)
	return deed{
		given: append(absent(r.To), append(folderOf(r.To), effect.Given{Path: r.File, Content: content})...),
		acts:  []effect.Act{effect.Move{From: r.File, To: r.To}},
		prove: []effect.Check{effect.Gone{Path: r.File}, effect.Holds{Path: r.To, Content: content}},
	}
}

func dateFile(r reenact) deed {
	at := moment(r.Time)
	return deed{
		given: []effect.Given{{Path: r.File, Content: fileContent(r)}},
		acts:  []effect.Act{effect.SetTimes{Path: r.File, At: at}},
		prove: []effect.Check{effect.TimesLike{Path: r.File, At: at}},
	}
}

func createPipe(r reenact) deed {
	write := effect.Write{Path: pipeOf(r), Content: inert("a pipe's end")}
	return deed{
		given: absent(write.Path), acts: []effect.Act{write},
		prove: []effect.Check{effect.Holds{Path: write.Path, Content: write.Content}},
	}
}

func openPipe(r reenact) deed {
	opened := effect.Append{Path: pipeOf(r), Content: inert("opened")}
	return deed{
		given: []effect.Given{{Path: opened.Path, Content: inert("a pipe's end"), Add: true}},
		acts:  []effect.Act{opened},
		prove: []effect.Check{effect.EndsWith{Path: opened.Path, Content: opened.Content}},
	}
}

func pipeOf(r reenact) string { return effect.WindowsPipes + strings.TrimLeft(r.Pipe, `\`) }
