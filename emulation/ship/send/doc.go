// Package send owns the protocols by which entries reach a destination: lines of a file or
// of stdout, syslog of RFC 5424, Splunk's HTTP Event Collector, the bulk API of Elastic,
// OpenTelemetry logs over HTTP. Each says by package ship's words what became of each
// entry, and what it can promise.
//
// It connects to nothing but the address that it was given: it follows no redirect, asks no
// proxy, and where only this machine is allowed it checks the address that it got. Secrets
// are resolved when a destination is opened, and are in no error. The package knows no
// scenario and no run. Start at [Open].
package send
