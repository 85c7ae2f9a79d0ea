package first

import (
	"os"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/lab/standin"
)

func init() {
	if len(os.Args) < 2 || os.Args[1] != artifact.StandIn || os.Getenv(standin.EnvService) != "" {
		return
	}
	os.Exit(standin.Main(os.Args[2:], os.Stdin, os.Stderr, nil))
}
