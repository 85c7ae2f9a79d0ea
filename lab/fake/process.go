package fake

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// processRef is a process as its observations name it.
type processRef struct{ self, parent uint64 }

// startProcess is a stand-in's life: fork, exec, what is done to it meanwhile, its acts,
// the contents it leaves, exit.
func (s *session) startProcess(process effect.Process, parent uint64, meanwhile func(self uint64)) error {
	image, err := s.tree.LocateFile(process.Image)
	if err != nil {
		return err
	}
	program, err := s.disk.ReadFile(image)
	if err != nil {
		return fmt.Errorf("start %s: no such file or directory", process.Image)
	}
	args := process.Args
	if len(args) == 0 {
		args = []string{process.Image}
	}
	s.processes++
	self := s.processes
	see := func(o event.Observation) {
		s.emit(o, self, parent)
		s.noteWrite(o, processRef{self, parent})
	}
	see(event.Observation{Kind: event.Fork})
	see(event.Observation{
		Kind: event.Exec, Path: image, Argv: args, Dir: s.tree.WorkingFolder(process.Dir), Env: environment(process),
		Content: program, Digest: fmt.Sprintf("%x", sha256.Sum256(program)),
	})
	meanwhile(self)
	s.performActs(process.Acts, self, see)
	for _, real := range slices.Sorted(maps.Keys(s.pendingContent)) {
		if s.pendingContent[real].self == self {
			s.emitContent(real)
		}
	}
	s.emit(event.Observation{Kind: event.Exit}, self, parent)
	return nil
}

func (s *session) performActs(acts []effect.Act, self uint64, see func(event.Observation)) {
	watch := func() { s.disk.OnChange, s.disk.BeforeChange = see, s.emitContent }
	child := func(p effect.Process, meanwhile func(uint64)) error {
		s.disk.OnChange, s.disk.BeforeChange = nil, nil
		defer watch()
		return s.startProcess(p, self, meanwhile)
	}
	in := effect.Executor{
		Tree:  s.tree,
		Start: func(p effect.Process) error { return child(p, func(uint64) {}) },
		Access: func(p effect.Process) error {
			return child(p, func(target uint64) { see(event.Observation{Kind: event.Signal, Target: target, Code: sigcont}) })
		},
	}
	s.provideStand(&in, see)
	watch()
	for _, act := range acts {
		if err := act.Perform(in); err != nil {
			s.errors = append(s.errors, err.Error())
		}
	}
	s.disk.OnChange, s.disk.BeforeChange = nil, nil
}

// environment is what a sensor keeps of that of a process.
func environment(process effect.Process) map[string]string {
	env := map[string]string{}
	if process.User != "" {
		env[event.EnvUser] = process.User
	}
	if process.Integrity != "" {
		env[event.EnvIntegrity] = process.Integrity
	}
	if len(process.Peers) > 0 {
		env[event.EnvPeers] = effect.EncodePeers(process.Peers)
	}
	if process.Resident {
		env[event.EnvResident] = "1"
	}
	return env
}

// noteWrite notes that a process has a captured file open for writing, or has given
// it its name: what it holds is reported when the process ends.
func (s *session) noteWrite(o event.Observation, by processRef) {
	real := o.Path
	switch o.Kind {
	case event.Create, event.Write, event.Truncate:
	case event.Rename:
		real = o.To
		for path, writer := range s.pendingContent {
			if rest, below := strings.CutPrefix(path, o.Path+"/"); below {
				delete(s.pendingContent, path)
				s.pendingContent[real+"/"+rest] = writer
			}
		}
	default:
		return
	}
	if s.tree.Captures(real) {
		s.pendingContent[real] = by
	}
}

// emitContent reports what a captured file holds, before something else replaces it.
func (s *session) emitContent(real string) {
	by, ok := s.pendingContent[real]
	if !ok {
		return
	}
	delete(s.pendingContent, real)
	if content, err := s.disk.ReadFile(real); err == nil {
		s.emit(event.Observation{Kind: event.Content, Path: real, Content: content}, by.self, by.parent)
	}
}

func (s *session) emit(o event.Observation, self, parent uint64) {
	s.seq++
	o.Seq, o.At, o.Step = s.seq, s.now().Sub(s.opened), s.step
	o.Process, o.Parent, o.PID, o.UID = self, parent, int(1000+self), 65534
	s.seen = append(s.seen, o)
}
