// Package hunttest helps tests of what searches events: [Records] are those of a
// recording, and a [Load] is clients that search, with how long they had to wait. It
// knows no page; what a client does is given to it. Start at [Load].
package hunttest
