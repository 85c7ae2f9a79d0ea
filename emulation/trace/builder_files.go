package trace

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// addFileTrace adds a trace on the file system.
func (b *builder) addFileTrace(seen expectedObservation, t effect.Trace) error {
	real, err := b.host.tree.Locate(t.Path)
	if err != nil {
		return err
	}
	seen.path = real
	switch t.Kind {
	case effect.TraceFolder:
		b.addFolders(seen, real, t.Mode)
	case effect.TraceOverwrite, effect.TraceAppend:
		b.addOpenForWriting(seen, t)
	case effect.TraceTruncate:
		b.addWrite(seen, event.Truncate)
	case effect.TraceRemove:
		b.addRemove(seen)
	case effect.TraceReplace:
		b.addFolders(seen, path.Dir(real), missingFolderMode)
		if b.exists(real) {
			b.addRemove(seen)
		}
	case effect.TraceRemoveAll:
		b.groups++
		seen.group = b.groups
		b.addRemoveAll(seen)
	case effect.TraceRename:
		return b.addRename(seen, t.To)
	case effect.TraceSymlink:
		seen.kind, seen.to = event.Symlink, t.To
		b.add(seen)
	case effect.TraceMode:
		seen.kind, seen.mode = event.Chmod, uint32(t.Mode.Perm())
		b.add(seen)
	case effect.TraceTimes:
		seen.kind = event.Utimes
		if !t.At.IsZero() {
			seen.modified = &t.At
		}
		b.add(seen)
	case effect.TraceMap:
		seen.kind = event.Map
		b.add(seen)
	default:
		return fmt.Errorf("unknown kind of trace %q", t.Kind)
	}
	return nil
}

func (b *builder) exists(real string) bool {
	_, err := b.host.disk.Lstat(real)
	return err == nil
}

// addFolders adds those that are missing, the outermost first, and makes them: one
// act may write several files into them.
func (b *builder) addFolders(seen expectedObservation, real string, mode fs.FileMode) {
	if b.exists(real) {
		return
	}
	b.addFolders(seen, path.Dir(real), mode)
	seen.kind, seen.path = event.Mkdir, real
	b.add(seen)
	_ = b.host.disk.MkdirAll(real, mode) // where that is refused, so is the act
}

// addOpenForWriting adds a file that is opened for writing. What is written through a link to
// the null device is lost, and changes no file.
func (b *builder) addOpenForWriting(seen expectedObservation, t effect.Trace) {
	b.addFolders(seen, path.Dir(seen.path), missingFolderMode)
	if _, err := b.host.disk.Readlink(seen.path); err == nil {
		return
	}
	kind := event.Create
	switch {
	case b.exists(seen.path) && t.Kind == effect.TraceAppend:
		kind = event.Write
	case b.exists(seen.path):
		kind = event.Truncate
	}
	b.addWrite(seen, kind)
	opaque := t.Opaque
	if from, err := b.host.tree.Locate(t.From); t.From != "" && err == nil {
		opaque = opaque || !b.host.contentKnown(from)
	}
	if t.Kind == effect.TraceOverwrite {
		b.host.opaque[seen.path] = opaque
	}
}

func (b *builder) addWrite(seen expectedObservation, kind event.Kind) {
	b.addContent(seen.path)
	seen.kind = kind
	b.add(seen)
	b.markUnreported(seen.path, seen.process)
}

func (b *builder) markUnreported(real string, self int) {
	if b.host.tree.Captures(real) {
		b.unreported[real] = self
	}
}

// addContent expects the content of a captured file that is not reported yet.
func (b *builder) addContent(real string) {
	by, ok := b.unreported[real]
	if !ok {
		return
	}
	delete(b.unreported, real)
	content, err := b.host.disk.ReadFile(real)
	if err != nil {
		return // a folder was given that name
	}
	held := expectedObservation{kind: event.Content, process: by, path: real, act: "content of " + real}
	if b.host.contentKnown(real) {
		held.content = append([]byte{}, content[:min(len(content), event.MaxContent)]...)
	}
	b.add(held)
}

func (b *builder) addRemove(seen expectedObservation) {
	seen.kind = event.Unlink
	if stat, err := b.host.disk.Lstat(seen.path); err == nil && stat.IsDir() {
		seen.kind = event.Rmdir
	}
	b.addContent(seen.path)
	b.add(seen)
}

func (b *builder) addRemoveAll(seen expectedObservation) {
	below, err := b.host.disk.ReadDir(seen.path)
	for _, entry := range below {
		inner := seen
		inner.path = path.Join(seen.path, entry.Name())
		b.addRemoveAll(inner)
	}
	if _, there := b.host.disk.Lstat(seen.path); err == nil || there == nil {
		b.addRemove(seen)
	}
}

func (b *builder) addRename(seen expectedObservation, to string) error {
	real, err := b.host.tree.Locate(to)
	if err != nil {
		return err
	}
	b.addContent(seen.path)
	b.addContent(real)
	seen.kind, seen.to = event.Rename, real
	b.add(seen)
	for path, writer := range b.unreported {
		if rest, below := strings.CutPrefix(path, seen.path+"/"); below {
			delete(b.unreported, path)
			b.markUnreported(real+"/"+rest, writer)
		}
	}
	b.markUnreported(real, seen.process)
	b.host.opaque[real] = !b.host.contentKnown(seen.path)
	return nil
}
