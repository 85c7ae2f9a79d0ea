//go:build linux

package agent

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/standin"
)

// hostDumpable is the name of the host on which the agent does not hide.
const hostDumpable = "dumpable"

// hostile are programs that nothing in ringer can be made to start: lab/docker's tests put
// this binary in the place of the agent's, and they are started as stand-ins of their
// names.
var hostile = map[string]func(){
	"forge": func() {
		const done = `{"done":{"proofs":[],"canary":true,"seen":0,"dropped":0}}`
		frame := append(binary.BigEndian.AppendUint32(nil, uint32(len(done))), done...)
		for _, name := range []string{"/proc/1/fd/1", "/proc/1/fd/0", "/proc/1/mem", "/proc/1/environ", "/proc/1/maps"} {
			mode := os.O_WRONLY
			if strings.HasSuffix(name, "environ") || strings.HasSuffix(name, "maps") {
				mode = os.O_RDONLY
			}
			file, err := os.OpenFile(name, mode, 0)
			if err != nil {
				continue
			}
			fmt.Fprintln(os.Stderr, name+" can be opened")
			if name == "/proc/1/fd/1" {
				_, _ = file.Write(append(frame, make([]byte, 64)...)) // whether it comes is the runner's to say
			}
		}
	},
	"flood": func() {
		for i := range 300_000 {
			file, err := os.Create(fmt.Sprintf("%s/%d", effect.Root, i%100))
			if err == nil {
				err = file.Close()
			}
			if err == nil {
				err = os.Remove(file.Name())
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				return
			}
		}
	},
	"fork": func() {
		for {
			_, _ = os.StartProcess("/proc/self/exe", os.Args, &os.ProcAttr{}) // one that fails is tried again
		}
	},
}

// inContainer is what cmd/inside does, with those programs; inside is false in a test.
func inContainer() (code int, inside bool) {
	if _, err := os.Stat(artifact.Interpreter); err != nil {
		return 0, false
	}
	if args, ok := standin.Arguments(os.Args); ok {
		if program, ok := hostile[path.Base(args[0])]; ok {
			program()
			return 0, true
		}
		return standin.Main(args, os.Stdin, os.Stderr, func(*effect.Executor) {}), true
	}
	a, err := newAgent()
	if name, _ := os.Hostname(); name == hostDumpable {
		a.hide = func() error { return nil }
	}
	if err != nil {
		return exitError, true
	}
	return a.serve(context.Background(), os.Stdin, os.Stdout), true
}
