package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

func newVerify(c *command) *cobra.Command {
	var allowed string
	cmd := &cobra.Command{
		Use:   "verify RECORDING",
		Short: "Check that a recording is as it was sealed, and who signed it",
		Long: "Checks every byte of a sealed recording, and its signature if it has one. Without\n" +
			"--allowed-signers any key may have signed it, and a recording without a signature\n" +
			"shows only that nothing was changed by accident: whoever changes it can seal it\n" +
			"again.\n\n" +
			"The signature is also checked by\n" +
			"  unzip -p FILE manifest.json.sig > sig\n" +
			"  unzip -p FILE manifest.json |\n" +
			"    ssh-keygen -Y verify -f ALLOWED -I WHO -n ringer -s sig\n\n" +
			"Exit codes: 0 as it was sealed, 2 not.",
		Args: wantArgs(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.verify(args[0], allowed) },
	}
	cmd.Flags().StringVar(&allowed, "allowed-signers", "", "the `FILE` of keys that may sign, as ssh-keygen(1) describes it; the recording must be signed by one")
	return cmd
}

func (c *command) verify(name, allowedSigners string) error {
	var allowed []byte
	if allowedSigners != "" {
		var err error
		if allowed, err = userfile.Read(allowedSigners, maxKeys); err != nil {
			return usageError{fmt.Errorf("read allowed signers: %w", err)}
		}
	}
	recording, err := c.openRecording(name)
	if err != nil {
		return err
	}
	defer recording.Close()
	if !recording.Sealed {
		return usageError{fmt.Errorf("%s is a journal, which is not sealed: its run was not performed to its end", name)}
	}
	if err := recording.CheckContents(); err != nil {
		return usageError{err}
	}
	by, err := recording.VerifySignature(allowed, c.Now())
	signed := "not signed"
	switch {
	case errors.Is(err, record.ErrNotSigned) && allowed == nil:
	case err != nil:
		return usageError{err}
	case by.Principals != "":
		signed = "signed by " + by.Principals + " with " + by.Key
	default:
		signed = "signed with " + by.Key
	}
	_, err = fmt.Fprintf(c.Stdout, "as it was sealed: run %s of %s, %s, %s\n", recording.Head.Run,
		recording.Head.Started.UTC().Format("2006-01-02 15:04:05Z"), report.Plural(len(recording.Manifest.Parts), "part"), signed)
	return err
}
