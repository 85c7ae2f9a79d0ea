package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/ship"
)

// shipReport is what became of shipments, as `ringer ship --json` prints it; its schema is
// ship_schema.json.
type shipReport struct {
	Format    string     `json:"format"`
	Shipments []delivery `json:"shipments"`
}

const shipReportFormat = "ringer-ship/1"

// delivery is what became of a shipment.
type delivery struct {
	Name      string         `json:"name"`
	Run       string         `json:"run"`
	To        string         `json:"to"`
	Format    string         `json:"format"`
	Events    string         `json:"events"`
	Replay    bool           `json:"replay"`
	Guarantee ship.Guarantee `json:"guarantee"`
	ship.Counts
	// Left are events that the format cannot say, by reason.
	Left map[string]int `json:"left"`
	// Spool is the folder in which the rest waits; empty if nothing does.
	Spool string `json:"spool,omitempty"`
	// Problem says why not all was sent.
	Problem string `json:"problem,omitempty"`
}

// finish waits for a shipment and returns what became of it. The error is why something is
// not sent.
func (o *openShipper) finish(ctx context.Context, patience ship.Patience) (delivery, error) {
	counts, err := o.shipper.Finish(ctx, patience)
	if said := o.said(); said != nil && err != nil {
		err = fmt.Errorf("%w; it said: %s", err, ship.OneLine(said.Error()))
	}
	out := delivery{
		Name: o.Target.Name, Run: o.Run, To: o.Target.To, Format: string(o.Target.Format), Events: o.Target.Events, Replay: o.Recording != "", Guarantee: o.promise,
		Counts: counts, Left: map[string]int{},
	}
	for _, left := range o.encoder.Left() {
		out.Left[left.Reason] += left.Count
	}
	if err != nil {
		out.Problem = err.Error()
	}
	if counts.Waiting > 0 {
		out.Spool = o.at
	}
	return out, err
}

// tellDelivery writes what became of a shipment to stderr.
func (c *command) tellDelivery(s delivery) {
	words := []string{fmt.Sprintf("%d delivered %s", s.Delivered, s.Guarantee)}
	if s.Already > 0 {
		words[0] += fmt.Sprintf(" (%d already there)", s.Already)
	}
	for _, counted := range []struct {
		n    uint64
		what string
	}{{s.AllRefused(), "refused"}, {s.Dropped, "dropped as the spool was full"}, {s.Waiting, "waiting"}} {
		if counted.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", counted.n, counted.what))
		}
	}
	fmt.Fprintf(c.Stderr, "ship %s: %s made: %s\n", s.Name, report.Plural(int(s.Made), "event"), strings.Join(words, ", "))
	for _, reason := range slices.Sorted(maps.Keys(s.Refused)) {
		fmt.Fprintf(c.Stderr, "  refused: %d, %s\n", s.Refused[reason], reason)
	}
	for _, reason := range slices.Sorted(maps.Keys(s.Left)) {
		fmt.Fprintf(c.Stderr, "  left out: %d, %s\n", s.Left[reason], reason)
	}
	if s.Problem != "" {
		fmt.Fprintf(c.Stderr, "  not all was sent: %s\n", ship.OneLine(s.Problem))
	}
	if s.Waiting > 0 {
		fmt.Fprintf(c.Stderr, "  waiting in %s: `ringer ship --resume` sends the rest\n", s.Spool)
	}
}

// errNotShipped marks a shipment of which something waits or could not be written.
var errNotShipped = errors.New("not all events were sent")

// deliveryError returns the error for the exit code of shipments alone.
func deliveryError(all []delivery) error {
	refused := false
	for _, s := range all {
		if s.Problem != "" || s.Waiting > 0 {
			return errNotShipped
		}
		refused = refused || s.AllRefused()+s.Dropped > 0
	}
	if refused {
		return errNotMet
	}
	return nil
}
