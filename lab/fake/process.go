package fake

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// start is a stand-in's life: fork, exec, its acts, the contents it leaves, exit.
func (s *stage) start(process effect.Process, parent uint64) error {
	image, err := s.tree.Locate(process.Image)
	if err != nil {
		return err
	}
	dir, err := s.tree.Locate(process.Dir)
	if err != nil {
		dir = s.tree.Root
	}
	program := effect.Program(effect.ResourceOf(process.Image))
	if process.Resource != nil {
		program = effect.Program(*process.Resource)
	}
	if laid := s.disk.nodes[image]; laid != nil {
		program = laid.content
	}
	s.processes++
	self := s.processes
	var written []string
	see := func(o event.Observation) {
		s.observe(o, self, parent)
		if (o.Kind == event.Create || o.Kind == event.Write || o.Kind == event.Truncate) && !slices.Contains(written, o.Path) {
			written = append(written, o.Path)
		}
	}
	env := map[string]string{}
	if process.User != "" {
		env[event.EnvUser] = process.User
	}
	if process.Integrity != "" {
		env[event.EnvIntegrity] = process.Integrity
	}
	if len(process.Peers) > 0 {
		env[event.EnvPeers] = effect.WritePeers(process.Peers)
	}
	if process.Resident {
		env[event.EnvResident] = "1"
	}
	see(event.Observation{Kind: event.Fork})
	see(event.Observation{Kind: event.Exec, Path: image, Argv: process.Args, Dir: dir, Env: env, Content: program, Digest: fmt.Sprintf("%x", sha256.Sum256(program))})
	in := effect.Stand{Tree: s.tree, Start: func(child effect.Process) error {
		s.disk.saw = nil
		err := s.start(child, self)
		s.disk.saw = see
		return err
	}}
	s.senses(&in, see)
	s.disk.saw = see
	for _, act := range process.Acts {
		if err := act.Perform(in); err != nil {
			s.trouble = append(s.trouble, err.Error())
		}
	}
	s.disk.saw = nil
	for _, real := range written {
		if node := s.disk.nodes[real]; node != nil && s.tree.Captures(real) {
			s.observe(event.Observation{Kind: event.Content, Path: real, Content: node.content}, self, parent)
		}
	}
	s.observe(event.Observation{Kind: event.Exit}, self, parent)
	return nil
}

func (s *stage) observe(o event.Observation, self, parent uint64) {
	s.seq++
	o.Seq, o.At, o.Step = s.seq, s.now().Sub(s.opened), s.step
	o.Process, o.Parent, o.PID, o.UID = self, parent, int(1000+self), 65534
	s.seen = append(s.seen, o)
}
