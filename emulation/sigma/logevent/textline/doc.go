// Package textline reads lines of text that are one record each: of syslog, as RFC 3164
// and RFC 5424 have it, and of names and values with equals signs. It knows no streams
// and no rules. Start at [Syslog] and [KeyValue].
package textline
