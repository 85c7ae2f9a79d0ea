// Package evtx reads event logs of Windows as they lie on a disk. It owns the format:
// chunks, records, and the binary XML in them with its templates. Events come out as
// the trees that package eventxml makes of XML. Whatever a file says of sizes, offsets
// and templates, what is made of a record is bounded, and a broken record does not keep
// those after it from being read. It knows no logs and no rules. Start at [Cutter] and
// [Chunk].
//
// There is no library for it that can be had here; the format is described in
// [MS-EVEN6] and by Joachim Metz, "Windows XML Event Log (EVTX) format".
package evtx
