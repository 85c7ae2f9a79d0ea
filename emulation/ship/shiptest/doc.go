// Package shiptest owns receivers for tests: Splunk's HTTP Event Collector, the bulk API of
// Elastic and an OpenTelemetry collector on loopback, which take events as those do and
// fail as often as they are told: they answer that they are busy, stall, reset connections
// before and after they have taken a batch, and are started again. Each counts what arrived
// by its id. Start at [Receiver].
package shiptest
