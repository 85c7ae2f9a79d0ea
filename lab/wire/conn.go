package wire

import (
	"bufio"
	"crypto/hmac"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// MaxFrame is the largest frame, in bytes, that is sent or accepted.
const MaxFrame = 16 << 20

// The dead man's switch: the runner pings every Beat, and the agent that hears
// nothing for Silence ends itself and with it the container.
const (
	PingInterval = time.Second
	PingTimeout  = 8 * time.Second
)

// What an agent may send of one step: more is a program out of control, or somebody who
// wants the runner's memory.
const (
	MaxObservations = 20_000
	MaxStepBytes    = 32 << 20 // of frames
)

// ErrTooLarge says that a frame goes past MaxFrame.
var ErrTooLarge = errors.New("frame too large")

// Conn sends and receives messages. Send is safe for concurrent use, Receive
// is not. Once a [Hello] with a key has gone over it, each frame, either way, is
// followed by a code that nobody can write who does not have the key.
type Conn struct {
	in *bufio.Reader
	// codes are nil until there is a key.
	codes atomic.Pointer[codes]
	// received counts bytes.
	received atomic.Int64

	mutex sync.Mutex
	out   *bufio.Writer
}

// NewConn speaks over a pair of streams.
func NewConn(in io.Reader, out io.Writer) *Conn {
	return &Conn{in: bufio.NewReaderSize(in, 64<<10), out: bufio.NewWriterSize(out, 64<<10)}
}

// Send writes one frame: four bytes of length, big-endian, then JSON, then the code. The
// error is [ErrTooLarge], after which the stream is as before, or that of the stream.
func (c *Conn) Send(m Message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	if len(body) > MaxFrame {
		return fmt.Errorf("send %d bytes: %w", len(body), ErrTooLarge)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	codes := c.codes.Load()
	if codes == nil && m.Hello != nil && len(m.Hello.Key) > 0 {
		c.codes.Store(newCodes(m.Hello.Key, fromAgent, fromRunner)) // before the other side can answer
	}
	if err := binary.Write(c.out, binary.BigEndian, uint32(len(body))); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	if _, err := c.out.Write(body); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	if codes != nil {
		if _, err := c.out.Write(codes.sent.next(body)); err != nil {
			return fmt.Errorf("send: %w", err)
		}
	}
	if err := c.out.Flush(); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return nil
}

// Receive reads one frame. The error is io.EOF where the stream ends between frames,
// [ErrTooLarge], [ErrForged], or that the stream failed or carries something else.
func (c *Conn) Receive() (Message, error) {
	var head [4]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return Message{}, io.EOF
		}
		return Message{}, fmt.Errorf("receive: %w", err)
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > MaxFrame {
		return Message{}, fmt.Errorf("receive %d bytes: %w", size, ErrTooLarge)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(c.in, body); err != nil {
		return Message{}, fmt.Errorf("receive: %w", err)
	}
	codes := c.codes.Load()
	if codes != nil {
		var code [codeSize]byte
		if _, err := io.ReadFull(c.in, code[:]); err != nil {
			return Message{}, fmt.Errorf("receive: %w", err)
		}
		if !hmac.Equal(code[:], codes.received.next(body)) {
			return Message{}, ErrForged
		}
	}
	c.received.Add(int64(len(head) + len(body) + codeSize))
	var m Message
	if err := json.Unmarshal(body, &m); err != nil {
		return Message{}, fmt.Errorf("decode message: %w", err)
	}
	if codes == nil && m.Hello != nil && len(m.Hello.Key) > 0 {
		c.codes.Store(newCodes(m.Hello.Key, fromRunner, fromAgent))
	}
	return m, nil
}

// Received is how many bytes of frames came so far. It is safe for concurrent use.
func (c *Conn) Received() int64 { return c.received.Load() }
