// Package table reads records that are rows under a head: CSV, the logs of Zeek with
// tabs, and the extended log format of the W3C. It owns their quoting, and how a head
// is found. It knows no rules. Start at [Cutter] and [Row].
package table
