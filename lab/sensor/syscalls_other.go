//go:build !amd64

package sensor

import "golang.org/x/sys/unix"

// Another processor has other registers and other calls: Trace says so before
// it would need any of these.

const (
	supported    = false
	architecture = 0
)

var fileCalls, processCalls, socketCalls [0]watch

func refusedCalls() []watch { return nil }

func refuse(int) error              { return ErrUnsupported }
func clearFirst(int, uint64) error  { return ErrUnsupported }
func makesThread(int) (bool, error) { return false, ErrUnsupported }
func currentCPU() (int, error)      { return 0, ErrUnsupported }

type hijacked struct{ stack uint64 }

func hijack(int) (*hijacked, error)                 { return nil, ErrUnsupported }
func (*hijacked) call(uint64, ...uint64) error      { return ErrUnsupported }
func (*hijacked) begin(_ uint64, _ ...uint64) error { return unix.ENOSYS }
