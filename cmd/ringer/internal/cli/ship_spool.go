package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/spool"
	"github.com/ringer-lab/ringer/emulation/ship/target"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// shipment is what one spool has, as it is kept beside it. It names where secrets are and
// has none.
type shipment struct {
	Format string        `json:"format"`
	Run    string        `json:"run"`
	Lab    string        `json:"lab"`
	Ringer string        `json:"ringer"`
	Target target.Target `json:"target"`
	Remote bool          `json:"remote"`
	// Recording is what the events are read from; "" of a live run. Its events are those
	// that the other fields leave.
	Recording string      `json:"recording,omitempty"`
	Shape     event.Shape `json:"shape,omitempty"`
	Steps     []string    `json:"steps,omitempty"`
	Assets    []string    `json:"assets,omitempty"`
	Sources   []string    `json:"sources,omitempty"`
	Rules     []string    `json:"rules,omitempty"`
	// Complete tells that all events are in the spool or were.
	Complete bool `json:"complete"`
}

const (
	shipmentFormat = "ringer-shipment/1"
	shipmentFile   = "shipment.json"
	// maxShipment is the most bytes of that file.
	maxShipment = 1 << 20
	// spoolSegment is how many bytes a file of a spool has.
	spoolSegment = 4 << 20
)

// spools is the folder of spools, beside that of runs.
func (c *command) spools() string {
	if c.Runs == "" {
		return filepath.Join(".ringer", "ship")
	}
	return filepath.Join(filepath.Dir(c.Runs), "ship")
}

// folder is that of a shipment: the same one if the same is shipped to the same place.
func (s shipment) folder(in string) string {
	s.Complete, s.Ringer = false, ""
	text, _ := json.Marshal(s) // texts alone
	sum := sha256.Sum256(text)
	return filepath.Join(in, s.Run+"-"+s.Target.Name+"-"+hex.EncodeToString(sum[:4]))
}

// write keeps a shipment beside its spool, which is there.
func (s shipment) write(folder string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	name := filepath.Join(folder, shipmentFile)
	if err := os.WriteFile(name+".new", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// readShipment fails if there is none, or if it cannot be used.
func readShipment(folder string) (shipment, error) {
	name := filepath.Join(folder, shipmentFile)
	text, err := userfile.Read(name, maxShipment)
	if err != nil {
		return shipment{}, err
	}
	var s shipment
	if err := json.Unmarshal(text, &s); err != nil || s.Format != shipmentFormat || len(s.Target.Problems()) > 0 {
		return shipment{}, fmt.Errorf("%s is not a shipment of this version of ringer", name)
	}
	return s, nil
}

// leftShipments are the folders of shipments that were broken off, of runs whose id begins
// with run; the oldest run first.
func (c *command) leftShipments(run string) ([]string, error) {
	entries, err := os.ReadDir(c.spools())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var found []string
	for _, entry := range entries { // by name: ids of runs are in the order of time
		if entry.IsDir() && strings.HasPrefix(entry.Name(), run) {
			found = append(found, filepath.Join(c.spools(), entry.Name()))
		}
	}
	return found, nil
}

// openShipper is a shipment under way.
type openShipper struct {
	shipment
	at      string
	shipper *ship.Shipper
	promise ship.Guarantee

	mutex   sync.Mutex
	encoder *ship.Encoder
	failure error // what the destination said last; nil if it takes entries
}

// startShipment opens destination and spool and begins to send. It fails with a usage error if
// the destination cannot be opened, and if the spool cannot.
func (c *command) startShipment(ctx context.Context, s shipment, fullWait time.Duration) (*openShipper, error) {
	s.Target = s.Target.WithDefaults()
	if err := makeAbsolute(&s.Target); err != nil {
		return nil, err
	}
	o := &openShipper{shipment: s, at: s.folder(c.spools())}
	to, err := send.Open(s.Target, send.With{Env: c.Env, Stdout: c.documents, Remote: s.Remote})
	if err != nil {
		return nil, usageError{fmt.Errorf("ship %s: %w", s.Target.Name, err)}
	}
	o.promise = to.Guarantee()
	waiting, err := spool.Open(o.at, spool.Limits{Bytes: int64(s.Target.MaxSpool) << 20, Segment: spoolSegment})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ship %s: %w", s.Target.Name, err), to.Close())
	}
	o.encoder, err = ship.NewEncoder(s.Target.Events, export.Run{ID: s.Run, Lab: s.Lab, Version: s.Ringer, Shape: s.Shape, Replay: s.Recording != ""})
	if err == nil {
		err = s.write(o.at)
	}
	if err == nil {
		o.shipper, err = ship.Start(ctx, waiting, to, ship.Options{Batch: s.Target.Batch, FullWait: fullWait, Keep: s.Recording != "", OnFailure: func(err error) { c.tellFailure(o, err) }})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ship %s: %w", s.Target.Name, err), to.Close(), waiting.Close())
	}
	return o, nil
}

// makeAbsolute has the paths of a target found from whatever folder. It fails if there is no
// working folder.
func makeAbsolute(to *target.Target) error {
	paths := []*string{&to.CA, &to.Certificate, &to.Key}
	if to.IsFile() {
		paths = append(paths, &to.To)
	}
	for _, secret := range []**target.Secret{&to.Token, &to.Password} {
		if *secret != nil {
			own := **secret
			*secret = &own
			paths = append(paths, &own.File)
		}
	}
	for _, path := range paths {
		if *path == "" {
			continue
		}
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = absolute
	}
	return nil
}

// tellFailure says that a destination fails, or no longer does.
func (c *command) tellFailure(o *openShipper, err error) {
	o.mutex.Lock()
	o.failure = err
	o.mutex.Unlock()
	if err == nil {
		fmt.Fprintf(c.Stderr, "ship %s: it takes events again\n", o.Target.Name)
		return
	}
	fmt.Fprintf(c.Stderr, "ship %s: %v; it is tried again\n", o.Target.Name, ship.OneLine(err.Error()))
}

// said is what the destination said last; nil if it takes entries.
func (o *openShipper) said() error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.failure
}

// encode makes the entries of a record. It fails if a value cannot be written.
func (o *openShipper) encode(r export.Record) ([]ship.Entry, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.encoder.Encode(r)
}
