package reader

import (
	"errors"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
)

// ahead decodes batches of pieces by several goroutines, and hands them out in the
// order of the input.
type ahead struct {
	ordered chan *batch // as they were cut
	work    chan *batch
	stop    chan struct{}
	used    sync.Pool // of batches
	current *batch
}

// batch is some pieces, and then what they hold.
type batch struct {
	format *format
	pieces []cut.Piece
	texts  []byte // of the pieces
	before []int  // how many pieces come before each fault
	faults []error
	items  []item
	err    error // that ends the input after it
	done   chan struct{}
}

// A batch is given away when it has this many bytes or pieces: enough that handing it
// over costs little, and few enough that all that are under way are small.
const (
	batchBytes  = 256 << 10
	batchPieces = 256
)

// decodedAhead is what the next batch holds; it may be nothing.
func (r *Reader) decodedAhead() ([]item, error) {
	if r.ahead == nil {
		r.ahead = r.start()
	}
	a := r.ahead
	if a.current != nil {
		if err := a.current.err; err != nil {
			return nil, err
		}
		a.used.Put(a.current)
	}
	a.current = <-a.ordered
	<-a.current.done
	if len(a.current.items) == 0 && a.current.err != nil {
		return nil, a.current.err
	}
	return a.current.items, nil
}

// Close ends the reading; the input stays open.
func (r *Reader) Close() {
	if r.ahead != nil {
		close(r.ahead.stop)
		r.ahead = nil
	}
}

func (r *Reader) start() *ahead {
	a := &ahead{ordered: make(chan *batch, 2*r.options.Workers), work: make(chan *batch, 2*r.options.Workers), stop: make(chan struct{})}
	a.used.New = func() any { return &batch{} }
	for range r.options.Workers {
		go func() {
			to := newDecoder(r.options)
			for b := range a.work {
				b.decode(to)
			}
		}()
	}
	go r.cut(a)
	return a
}

// decode decodes the pieces, each fault in its place.
func (b *batch) decode(to *decoder) {
	fault := 0
	for i := range len(b.pieces) + 1 {
		for ; fault < len(b.faults) && b.before[fault] == i; fault++ {
			b.items = append(b.items, item{err: b.faults[fault]})
		}
		if i < len(b.pieces) {
			b.items = to.decode(b.format, b.pieces[i], b.items)
		}
	}
	close(b.done)
}

// cut cuts the input into batches until it ends.
func (r *Reader) cut(a *ahead) {
	defer close(a.work)
	err := r.open()
	for {
		b := a.used.Get().(*batch)
		b.reset(r.format)
		for err == nil && len(b.texts) < batchBytes && len(b.pieces) < batchPieces {
			var piece cut.Piece
			piece, err = r.pieces.Next()
			if _, bad := errors.AsType[*logevent.LineError](err); bad {
				b.before, b.faults, err = append(b.before, len(b.pieces)), append(b.faults, err), nil
			} else if err == nil {
				b.add(piece)
			}
			if r.in.Buffered() == 0 { // a pipe may have no more to say for long
				break
			}
		}
		b.err = err
		select {
		case a.ordered <- b:
		case <-a.stop:
			return
		}
		select {
		case a.work <- b:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

func (b *batch) reset(f *format) {
	*b = batch{format: f, pieces: b.pieces[:0], texts: b.texts[:0], before: b.before[:0], faults: b.faults[:0], items: b.items[:0], done: make(chan struct{})}
}

// add takes a piece, whose text is good until the next one.
func (b *batch) add(p cut.Piece) {
	from := len(b.texts)
	b.texts = append(b.texts, p.Text...)
	p.Text = b.texts[from:len(b.texts):len(b.texts)]
	b.pieces = append(b.pieces, p)
}
