package linux

import (
	"encoding/binary"
	"fmt"
	"net/netip"
)

// auditAddress is the SOCKADDR record of a call with a socket's address: the
// kernel's struct sockaddr in hex, and what auditd reads in it.
func auditAddress(of netip.AddrPort) map[string]any {
	record := map[string]any{"type": "SOCKADDR", "saddr_fam": "inet", "laddr": of.Addr().String(), "lport": int(of.Port())}
	port := binary.BigEndian.AppendUint16(nil, of.Port())
	if of.Addr().Is4() {
		record["saddr"] = fmt.Sprintf("0200%X%X%016X", port, of.Addr().AsSlice(), 0)
		return record
	}
	record["saddr_fam"] = "inet6"
	record["saddr"] = fmt.Sprintf("0A00%X%08X%X%08X", port, 0, of.Addr().AsSlice(), 0)
	return record
}
