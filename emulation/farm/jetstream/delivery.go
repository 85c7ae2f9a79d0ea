package jetstream

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ringer-lab/ringer/emulation/farm"
)

// delivery is what a worker handed in, as the coordinator gets it.
type delivery struct {
	message jetstream.Msg
	told    finishedMessage
	uploads jetstream.ObjectStore
}

func (d *delivery) Finished() farm.Finished { return d.told.Finished }

// Recording reads the upload; one that is not there is empty. It fails if the queue cannot
// be asked.
func (d *delivery) Recording(ctx context.Context) (io.ReadCloser, error) {
	object, err := d.uploads.Get(ctx, d.told.Object)
	if errors.Is(err, jetstream.ErrObjectNotFound) || errors.Is(err, jetstream.ErrNameRequired) {
		return io.NopCloser(eof{}), nil
	}
	return object, err
}

// eof is an empty reader.
type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// Settle removes the upload and what said that it is there. It fails if either is not
// removed.
func (d *delivery) Settle(ctx context.Context) error {
	if d.told.Object != "" {
		if err := d.uploads.Delete(ctx, d.told.Object); err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
	}
	return d.message.DoubleAck(ctx)
}

// returnAfter is when a delivery that could not be kept comes again.
const returnAfter = 2 * time.Second

// Return has it delivered again. It fails if the queue cannot be told.
func (d *delivery) Return(context.Context) error { return d.message.NakWithDelay(returnAfter) }
