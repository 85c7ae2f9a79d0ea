package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

func newFarm(c *command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "farm",
		Short: "Have many machines perform the scenarios of one run",
		Long: "One machine serves, the others dial in and work: each takes a scenario, performs it in\n" +
			"its own containers and hands its sealed recording in. The server joins the recordings\n" +
			"into that of one run. Machines may come, go and be killed: what has no result is given\n" +
			"to another, what comes twice counts once, and a recording counts only if its seal\n" +
			"holds. The history is the ledger of what has a result; the queue (NATS JetStream, in\n" +
			"the server's own process) may be lost.",
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, sub := range []*cobra.Command{newFarmServe(c), newFarmWork(c), newFarmStatus(c)} {
		sub.PreRun = func(cmd *cobra.Command, _ []string) { cmd.SetContext(c.Interruptible(cmd.Context())) }
		cmd.AddCommand(sub)
	}
	cmd.AddCommand(newFarmManifest(c))
	for _, sub := range cmd.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return cmd
}

// joinFlags say which farm is joined.
type joinFlags struct {
	file, server string
}

// addTo declares the flags.
func (f *joinFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "join", "", "the invitation that \"ringer farm serve\" wrote into this `FILE`: a secret")
	cmd.Flags().StringVar(&f.server, "server", "", "dial this `HOST:PORT` in place of the invitation's")
}

// maxInvitation is the most bytes that an invitation may have.
const maxInvitation = 1 << 16

// invitation reads what was named. What is none is invalid input.
func (f *joinFlags) invitation() (jetstream.Invitation, error) {
	if f.file == "" {
		return jetstream.Invitation{}, usageError{errors.New("--join is required: the invitation that `ringer farm serve` wrote")}
	}
	text, err := userfile.Read(f.file, maxInvitation)
	if err != nil {
		return jetstream.Invitation{}, usageError{fmt.Errorf("read invitation: %w", err)}
	}
	invitation, err := jetstream.ParseInvitation(text)
	if err != nil {
		return invitation, usageError{fmt.Errorf("read invitation %s: %w", f.file, err)}
	}
	if f.server != "" {
		invitation.Server = f.server
	}
	return invitation, nil
}

// farmStatusFlags are those of `ringer farm status`.
type farmStatusFlags struct {
	join joinFlags
	json bool
}

func newFarmStatus(c *command) *cobra.Command {
	var flags farmStatusFlags
	cmd := &cobra.Command{
		Use:   "status --join FILE",
		Short: "Show how a farm stands, and what is under way",
		Long: "Asks the server how many scenarios have a result, and which worker performs what.\n\n" +
			"Exit codes: 0 shown, 2 invalid input, 4 the server does not answer.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.farmStatus(cmd.Context(), flags) },
	}
	flags.join.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON document")
	return cmd
}

func (c *command) farmStatus(ctx context.Context, flags farmStatusFlags) error {
	invitation, err := flags.join.invitation()
	if err != nil {
		return err
	}
	client, err := jetstream.Dial(ctx, invitation, "", 0, c.Now)
	if err != nil {
		return err
	}
	defer client.Close()
	status, err := client.Status(ctx)
	if err != nil {
		return err
	}
	if flags.json {
		return c.printJSON(status)
	}
	fmt.Fprintln(c.Stdout, farmCounts(status))
	for _, u := range status.UnderWay {
		fmt.Fprintf(c.Stdout, "  %-30s  %-30s  %6.1f s\n", u.Worker, u.Scenario, u.Seconds)
	}
	return nil
}

// farmCounts says in a line how a farm stands.
func farmCounts(status jetstream.Status) string {
	line := fmt.Sprintf("%d of %s, %d under way", status.Kept+status.Entered, report.Plural(status.Planned, "scenario"), len(status.UnderWay))
	for _, counted := range []struct {
		n    int
		what string
	}{
		{status.Kept, "from before"}, {status.Duplicates, "came twice"}, {status.Refused, "refused"}, {status.Broke, "broke"}, {status.Delayed, "delayed"},
	} {
		if counted.n > 0 {
			line += fmt.Sprintf(", %d %s", counted.n, counted.what)
		}
	}
	return line
}

// perShard is how long something took for one of n, in milliseconds.
func perShard(all time.Duration, n int) string {
	return fmt.Sprintf("%.1f ms", float64(all.Microseconds())/1000/float64(max(1, n)))
}
