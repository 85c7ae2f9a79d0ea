// Testreport shows what `go test -json` writes to its input as go test itself does,
// and at the end what was left out and why: go test alone does not tell that a test was
// skipped.
//
//	go test -json PACKAGE... | testreport
//
// It exits with 1 if something failed.
package main

import (
	"fmt"
	"os"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/arch"
)

func main() {
	failed, err := arch.ReportTests(os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
	}
	if failed || err != nil {
		os.Exit(1)
	}
}
