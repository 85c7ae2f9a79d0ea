// Package auditd reads the log of the Linux audit daemon as text. It owns which lines
// are records of one event, how records of one event become one, and which values are
// written in hexadecimal. It knows no streams of other formats and no rules. Start at
// [Cutter] and [Parse].
package auditd
