package wire

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
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

// ErrTooLarge says that a frame goes past Limit.
var ErrTooLarge = errors.New("frame too large")

// Conn sends and receives messages. Send is safe for concurrent use, Receive
// is not.
type Conn struct {
	in *bufio.Reader

	mutex sync.Mutex
	out   *bufio.Writer
}

// NewConn speaks over a pair of streams.
func NewConn(in io.Reader, out io.Writer) *Conn {
	return &Conn{in: bufio.NewReaderSize(in, 64<<10), out: bufio.NewWriterSize(out, 64<<10)}
}

// Send writes one frame: four bytes of length, big-endian, then JSON. The error is
// [ErrTooLarge], after which the stream is as before, or that of the stream.
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
	if err := binary.Write(c.out, binary.BigEndian, uint32(len(body))); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	if _, err := c.out.Write(body); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	if err := c.out.Flush(); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return nil
}

// Receive reads one frame. The error is io.EOF where the stream ends between frames,
// [ErrTooLarge], or that the stream failed or carries something else.
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
	var m Message
	if err := json.Unmarshal(body, &m); err != nil {
		return Message{}, fmt.Errorf("decode message: %w", err)
	}
	return m, nil
}
