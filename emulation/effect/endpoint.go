package effect

import (
	"fmt"
	"strconv"
	"strings"
)

// Endpoint is one end of a connection, in the form that a system call takes.
type Endpoint struct {
	// Address is IPv4's; all zero is none.
	Address [4]byte
	Port    uint16
}

// loopback is what an act reaches where it names no address.
var loopback = [4]byte{127, 0, 0, 1}

// IsLoopback reports whether the address is one of 127.0.0.0/8: all that an act
// may reach; a container has nothing else.
func (e Endpoint) IsLoopback() bool { return e.Address[0] == loopback[0] }

// parseLoopback reads an address that an act may reach; no text is loopback.
func parseLoopback(text string) ([4]byte, error) {
	if text == "" {
		return loopback, nil
	}
	address, ok := parseIPv4(text)
	if !ok || !(Endpoint{Address: address}).IsLoopback() {
		return address, fmt.Errorf("%s is not on the loopback", text)
	}
	return address, nil
}

// parseIPv4 reads four numbers with dots between them, without leading zeros.
func parseIPv4(text string) (address [4]byte, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != len(address) {
		return address, false
	}
	for i, part := range parts {
		number, err := strconv.ParseUint(part, 10, 8)
		if err != nil || strconv.FormatUint(number, 10) != part {
			return address, false
		}
		address[i] = byte(number)
	}
	return address, true
}
