package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/farm/manifest"
)

func newFarmManifest(c *command) *cobra.Command {
	var workers manifest.Workers
	writers := map[string]func(manifest.Workers) ([]byte, error){"kubernetes": manifest.Kubernetes, "nomad": manifest.Nomad}
	cmd := &cobra.Command{
		Use:   "manifest kubernetes|nomad --image IMAGE --server HOST:PORT",
		Short: "Print what has a cluster start workers",
		Long: "Prints an indexed Job of Kubernetes as YAML, or a batch job of Nomad as JSON. It is held\n" +
			"to the types of both, and was not run where ringer is made. Workers need the Docker\n" +
			"Engine of their node: whoever has its socket has the node.",
		Args:      wantArgs(1, 1),
		ValidArgs: []string{"kubernetes\ta Job, as YAML", "nomad\ta batch job, as JSON"},
		RunE: func(_ *cobra.Command, args []string) error {
			write, ok := writers[args[0]]
			switch {
			case !ok:
				return usageError{fmt.Errorf("expected kubernetes or nomad, not %q.%s", args[0], didYouMean(args[0], []string{"kubernetes", "nomad"}))}
			case workers.Image == "" || workers.Server == "":
				return usageError{errors.New("--image and --server are required: a container image with /ringer in it, and the farm's HOST:PORT as workers reach it")}
			case workers.Number < 1:
				return usageError{fmt.Errorf("--workers must be at least 1, not %d", workers.Number)}
			}
			text, err := write(workers)
			if err != nil {
				return err
			}
			_, err = c.Stdout.Write(text)
			return err
		},
	}
	cmd.Flags().StringVar(&workers.Image, "image", "", "the container `IMAGE` with ringer at /ringer")
	cmd.Flags().StringVar(&workers.Server, "server", "", "the farm's `HOST:PORT` as workers reach it")
	cmd.Flags().IntVar(&workers.Number, "workers", 3, "start `N` workers")
	return cmd
}
