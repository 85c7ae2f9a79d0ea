// Package reader reads the events of an input, whatever it is: it is the front of the
// packages that read logs. It owns the table of the formats that an input may be in,
// and the order in which its pieces are decoded. Start at [New] and [Reader.Next].
package reader
