// Command typecheck type-checks the packages that its arguments name, with their tests
// and all that they need, for the platform of GOOS and GOARCH: what does not compile
// there is found without compiling it.
package main

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/tools/go/packages"
)

func main() {
	if err := check(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "typecheck:", err)
		os.Exit(1)
	}
}

// check fails if the packages cannot be listed, if there is none, or if one has an error,
// which is written to stderr.
func check(patterns []string) error {
	all, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Tests: true}, patterns...)
	switch {
	case err != nil:
		return err
	case len(all) == 0:
		return fmt.Errorf("no packages match %v", patterns)
	case packages.PrintErrors(all) > 0:
		return errors.New("what is listed above does not compile")
	}
	return nil
}
