package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// shipCommandFlags are those of `ringer ship`.
type shipCommandFlags struct {
	to, format, events  string
	index, ca           string
	tokenEnv, tokenFile string
	allowed             shipFlags
	filter              eventFilter
	shape               string
	resume              string
	wait                time.Duration
	json                bool
}

func newShip(c *command) *cobra.Command {
	var flags shipCommandFlags
	cmd := &cobra.Command{
		Use:   "ship [RECORDING]",
		Short: "Send the events of a recorded run to a SIEM, a log daemon or a file",
		Long: "Sends the events of a recorded run (a file, the folder of a run, the beginning of its id,\n" +
			"or the last run) to what a ship block of its scenarios or of --ship-file names, or to an\n" +
			"address. Each event says that it is a replay, and of which run. Filters combine: an event\n" +
			"must match one value of each that is given.\n\n" +
			"An address is udp://, tcp:// or tls:// with the host and port of a syslog daemon, the\n" +
			"http:// or https:// address of a server, the path of a file to append to, or stdout.\n\n" +
			"Formats:\n" + shipFormatsHelp() + "\n" +
			"Events wait in .ringer/ship until they are taken. What is left there of a command that was\n" +
			"interrupted or killed, or whose destination was down, is sent by the same command again or\n" +
			"by --resume, for all runs or the one named, without what has arrived.\n\n" +
			"Exit codes: 0 all sent, 1 some were refused, 2 invalid input, 4 not all were sent,\n" +
			"130 interrupted.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("resume") {
				return c.shipRest(cmd, args, flags)
			}
			if flags.to == "" {
				return usageError{errors.New("--to is required: the name of a ship block, or an address such as tcp://127.0.0.1:514")}
			}
			return c.ship(cmd.Context(), first(args), flags)
		},
	}
	cmd.Flags().StringVar(&flags.to, "to", "", "send to this `DESTINATION`: the name of a ship block, or an address")
	cmd.Flags().StringVar(&flags.format, "format", "", "how events are put together at an address: `FORMAT` as above")
	cmd.Flags().StringVar(&flags.events, "events", "", "the `FORMAT` of the events, as ringer events has it")
	cmd.Flags().StringVar(&flags.index, "index", "", "the `INDEX` or data stream at an address")
	cmd.Flags().StringVar(&flags.tokenEnv, "token-env", "", "take the token for an address from the environment variable `NAME`")
	cmd.Flags().StringVar(&flags.tokenFile, "token-file", "", "take the token for an address from this `FILE`")
	cmd.Flags().StringVar(&flags.ca, "ca", "", "trust the certificate authorities in this `FILE` for an address")
	flags.allowed.addAllowed(cmd.Flags())
	flags.filter.addTo(cmd)
	cmd.Flags().Var(choose(&flags.shape, string(event.Native), string(event.EDR)), "shape", "fields of the log source only (native), or also of the acting process (edr)")
	cmd.Flags().StringVar(&flags.resume, "resume", "", "send what is left of earlier commands: of all runs, or of that whose id begins with `RUN`")
	cmd.Flags().Lookup("resume").NoOptDefVal = newestRun
	cmd.Flags().DurationVar(&flags.wait, "wait", time.Minute, "give up when the destination has taken nothing for so long")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print what became of the events as JSON")
	return cmd
}

func shipFormatsHelp() string {
	var out strings.Builder
	for _, format := range target.Formats() {
		fmt.Fprintf(&out, "  %-7s %s; events: %s\n", format.Name, format.Title, strings.Join(format.Events, ", "))
	}
	return out.String()
}

// ship sends the events of a recording.
func (c *command) ship(ctx context.Context, name string, flags shipCommandFlags) error {
	e, err := c.readShipped(name)
	if err != nil {
		return err
	}
	defer e.recording.Close()
	if err := flags.filter.check(e.plans, e.rules); err != nil {
		return err
	}
	to, err := c.shipTo(e, flags)
	if err != nil {
		return err
	}
	c.warnUnencrypted(to)
	at, err := c.recordingPath(name)
	if err != nil {
		return err
	}
	s := shipment{
		Format: shipmentFormat, Run: e.recording.Head.Run, Lab: e.recording.Head.Lab, Ringer: c.Build.Version, Target: to.Target, Remote: to.remote,
		Recording: at, Shape: event.Shape(flags.shape), Steps: flags.filter.steps, Assets: flags.filter.assets, Sources: flags.filter.sources, Rules: flags.filter.rules,
	}
	done, err := c.shipRecording(ctx, e, s, flags.wait)
	if err != nil {
		return err
	}
	return c.concludeShipments([]delivery{done}, flags.json)
}

// readShipped reads a recording of scenarios. It fails with a usage error for any other.
func (c *command) readShipped(name string) (exercise, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return exercise{}, err
	}
	if recording.Head.Kind != "" {
		return exercise{}, errors.Join(usageError{fmt.Errorf("the run is a recording of %s: what is shipped is of scenarios as they are reported", recording.Head.Kind)}, recording.Close())
	}
	e, err := c.readRecorded(recording, ruleFlags{})
	if err != nil {
		return exercise{}, errors.Join(err, recording.Close())
	}
	return e, nil
}

// recordingPath is how a recording is found again, from whatever folder.
func (c *command) recordingPath(name string) (string, error) {
	if strings.HasPrefix(name, shippedPrefix) {
		return name, nil
	}
	if filepath.Ext(name) != record.Extension && !record.IsRun(name) {
		kept, err := c.recordedRuns().Find(name)
		if err != nil {
			return "", usageError{err}
		}
		name = c.recordedRuns().JournalOf(kept.Run)
	}
	return filepath.Abs(name)
}

// shipTo is the destination that the flags name: a block, or an address. It fails with a
// usage error if there is none or if something is wrong with it.
func (c *command) shipTo(e exercise, flags shipCommandFlags) (shipTarget, error) {
	known, err := c.readShips(e.Set, flags.allowed.files)
	if err != nil {
		return shipTarget{}, err
	}
	address := flags.to == target.Stdout || strings.ContainsAny(flags.to, "./\\")
	given := flags.format + flags.events + flags.index + flags.tokenEnv + flags.tokenFile + flags.ca
	if !address {
		if given != "" {
			return shipTarget{}, usageError{errors.New("--format, --events, --index, --token-env, --token-file and --ca are for an address: a ship block says them itself")}
		}
		to, err := known.named([]string{flags.to}, flags.allowed.hosts)
		if err != nil {
			return shipTarget{}, usageError{fmt.Errorf("--to: %w A file is named with a dot or slash, such as ./%s", err, flags.to)}
		}
		return to[0], nil
	}
	to := target.Target{Name: "address", To: flags.to, Format: target.Format(flags.format), Events: flags.events, Index: flags.index, CA: flags.ca}
	switch {
	case flags.tokenEnv != "" && flags.tokenFile != "":
		return shipTarget{}, usageError{errors.New("--token-env cannot be combined with --token-file")}
	case flags.tokenEnv != "":
		to.Token = &target.Secret{Env: flags.tokenEnv}
	case flags.tokenFile != "":
		to.Token = &target.Secret{File: flags.tokenFile}
	}
	for _, problem := range to.Problems() {
		return shipTarget{}, usageError{fmt.Errorf("--to: %s: %s", problem.Attribute, problem.Text)}
	}
	return shipTarget{to, true}, nil
}

// errOtherEvents says that a recording gives other events than those that were sent.
var errOtherEvents = errors.New("the recording gives other events than those that were sent before, as by another version of ringer: what is in the spool is sent, and no more")

// shipRecording sends what a recording has, from where an earlier process was. What hinders
// the sending is in what it returns; it fails if nothing can be sent at all.
func (c *command) shipRecording(ctx context.Context, e exercise, s shipment, wait time.Duration) (delivery, error) {
	o, err := c.startShipment(context.WithoutCancel(ctx), s, max(wait, time.Millisecond))
	if err != nil {
		return delivery{}, err
	}
	before := o.shipper.Made()
	if before > 0 {
		fmt.Fprintf(c.Stderr, "ship %s: going on after %d events of an earlier command\n", s.Target.Name, before)
	}
	made := o.produce(ctx, c, e, before)
	if made == nil {
		o.Complete = true
		made = o.write(o.at)
	}
	out, err := o.finish(ctx, ship.Patience{Idle: max(wait, time.Millisecond)})
	if made != nil && !errors.Is(made, err) {
		err = errors.Join(made, err)
	}
	if err != nil {
		out.Problem = err.Error()
	}
	return out, nil
}

// produce puts the events of a recording into the spool, without those that it has or had.
func (o *openShipper) produce(ctx context.Context, c *command, e exercise, before uint64) error {
	last, n := o.shipper.LastID(), uint64(0)
	filter := eventFilter{o.Steps, o.Assets, o.Sources, o.Rules}
	_, err := c.performPlans(ctx, c.replaying(e.recording, false), e.plans, e.rules, 1, // in the order of the scenarios
		func(ctx context.Context, _ int, run *runner.RunRecord, judged result.Scenario) error {
			return filter.each(run, judged, o.Shape, func(r export.Record) error {
				entries, err := o.encode(r)
				if err != nil {
					return err
				}
				known := int(min(before-min(n, before), uint64(len(entries))))
				n += uint64(known)
				if known > 0 && n == before && last != "" && entries[known-1].ID != last {
					return errOtherEvents
				}
				n += uint64(len(entries) - known)
				return o.shipper.Ship(ctx, entries[known:]...)
			})
		})
	return err
}

// shipRest sends what is left of earlier shipments.
func (c *command) shipRest(cmd *cobra.Command, args []string, flags shipCommandFlags) error {
	for _, name := range []string{"to", "format", "events", "index", "token-env", "token-file", "ca", "ship-file", "ship-to", "step", "asset", "source", "rule", "shape"} {
		if cmd.Flags().Changed(name) {
			return usageError{fmt.Errorf("--resume sends what was begun, as it was begun: --%s cannot be added", name)}
		}
	}
	if len(args) > 0 {
		return usageError{fmt.Errorf("--resume takes its run as --resume=%s", args[0])}
	}
	run := flags.resume
	if run == newestRun {
		run = ""
	}
	left, err := c.leftShipments(run)
	if err != nil {
		return err
	}
	all := []delivery{}
	for _, folder := range left {
		done, err := c.shipOneRest(cmd.Context(), folder, flags.wait)
		if err != nil {
			return err
		}
		all = append(all, done)
	}
	if len(left) == 0 {
		fmt.Fprintf(c.Stderr, "nothing is left to send in %s\n", c.spools())
	}
	return c.concludeShipments(all, flags.json)
}

// shipOneRest sends the rest of one shipment, of a recording also what was not in the spool
// yet. It fails if that cannot be begun.
func (c *command) shipOneRest(ctx context.Context, folder string, wait time.Duration) (delivery, error) {
	s, err := readShipment(folder)
	if err != nil {
		return delivery{}, err
	}
	if s.Complete {
		return c.shipSpool(ctx, s, wait)
	}
	e, err := c.readShipped(s.Recording)
	if err != nil {
		return delivery{}, fmt.Errorf("ship %s: the rest is in a recording: %w", s.Target.Name, err)
	}
	defer e.recording.Close()
	return c.shipRecording(ctx, e, s, wait)
}

// shipSpool sends what a spool has. It fails if that cannot be begun.
func (c *command) shipSpool(ctx context.Context, s shipment, wait time.Duration) (delivery, error) {
	o, err := c.startShipment(context.WithoutCancel(ctx), s, max(wait, time.Millisecond))
	if err != nil {
		return delivery{}, err
	}
	out, _ := o.finish(ctx, ship.Patience{Idle: max(wait, time.Millisecond)}) // it is in what is told
	return out, nil
}

// concludeShipments writes what became of shipments, and returns the error for the exit
// code.
func (c *command) concludeShipments(all []delivery, asJSON bool) error {
	for _, s := range all {
		c.tellDelivery(s)
	}
	if asJSON {
		if err := c.printJSON(shipReport{shipReportFormat, all}); err != nil {
			return err
		}
	}
	return deliveryError(all)
}
