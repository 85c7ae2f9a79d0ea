// Knots prints the largest knot of files of each package: files that need each
// other, so that none can be read or moved alone.
//
//	knots [-v] PACKAGE...
//
// With -v it names the files.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/arch"
)

func main() {
	verbose := flag.Bool("v", false, "name the files of each knot")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	knots, err := arch.Knots(ctx, ".", flag.Args()...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "knots:", err)
		os.Exit(1)
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "largest knot\tfiles\tpackage")
	for _, knot := range knots {
		fmt.Fprintf(out, "%d\t%d\t%s\n", len(knot.Tied), knot.Files, knot.Package)
		if *verbose && len(knot.Tied) > 1 {
			fmt.Fprintf(out, "\t\t  %s\n", strings.Join(knot.Tied, " "))
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "knots:", err)
		os.Exit(1)
	}
}
