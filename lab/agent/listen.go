//go:build linux

package agent

import (
	"context"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/lab/wire"
)

// listen is the dead man's switch: it hands requests on until the runner hangs
// up, falls silent or says what is no message, and then ends the work, also in
// the middle of a step. It goes on to read until its stream ends, as a read
// cannot be called off; the process ends with it.
func listen(conn *wire.Conn, end context.CancelCauseFunc) <-chan wire.Message {
	requests := make(chan wire.Message, 1)
	silence := time.AfterFunc(wire.PingTimeout, func() {
		end(fmt.Errorf("the runner sent nothing for %s", wire.PingTimeout))
	})
	go func() {
		for {
			message, err := conn.Receive()
			if err != nil {
				end(err)
				return
			}
			silence.Reset(wire.PingTimeout)
			if message.Ping != nil {
				continue
			}
			select {
			case requests <- message:
			default:
				end(fmt.Errorf("%w: a request came before the last one was answered", errOutOfTurn))
				return
			}
		}
	}()
	return requests
}
