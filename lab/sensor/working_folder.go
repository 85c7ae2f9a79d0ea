//go:build linux

package sensor

import "golang.org/x/sys/unix"

// sharedFD is a descriptor that is closed once nobody uses it. A nil one is none.
type sharedFD struct{ fd, users int }

func (s *sharedFD) release() {
	if s == nil {
		return
	}
	if s.users--; s.users == 0 {
		_ = unix.Close(s.fd) // nothing was written to it
	}
}

// workingFolder is that of the threads that share one. It is kept open, as most names
// are relative to it, until one of them goes to another.
type workingFolder struct {
	threads int
	// open is nil where it is not known.
	open *sharedFD
	// unsure is set once it is not known of a thread of the tree with whom it shares its
	// folder: then all are looked up each time.
	unsure *bool
}

func (t *tracer) newWorkingFolder() *workingFolder {
	return &workingFolder{threads: 1, unsure: &t.unsureFolders}
}

// forget has it be looked up anew.
func (w *workingFolder) forget() {
	w.open.release()
	w.open = nil
}

// leave is for a thread that shares it no longer.
func (w *workingFolder) leave() {
	if w.threads--; w.threads == 0 {
		w.forget()
	}
}

// openWorkingFolder opens a thread's working folder, until its call ends.
func (th *thread) openWorkingFolder() (int, error) {
	folder := th.folder
	if folder.open == nil || *folder.unsure {
		fd, err := openPath(th.procPath("cwd"), unix.O_PATH)
		if err != nil {
			return none, err
		}
		if *folder.unsure {
			th.hold(fd)
			return fd, nil
		}
		folder.open = &sharedFD{fd: fd, users: 1}
	}
	if th.call.folder == nil {
		th.call.folder = folder.open
		th.call.folder.users++
	}
	return folder.open.fd, nil
}

// chdir has the working folder be looked up anew, whether the call succeeds or not: until
// it has ended, either may be the one.
func (t *tracer) chdir(th *thread) onEnd {
	th.folder.forget()
	return func(int64) { th.folder.forget() }
}

// unshareFolder is for a thread that asks for a working folder of its own.
func (t *tracer) unshareFolder(th *thread) onEnd {
	th.folder.leave()
	th.folder = t.newWorkingFolder()
	return nil
}
