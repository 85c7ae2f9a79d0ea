// Package jetstream is the queue of a farm: NATS JetStream, embedded in the coordinator
// and written to disk before anything is acknowledged, over TLS with one port that
// workers dial. A worker's key lets it take shards, read jobs and hand recordings in,
// and nothing else. The package knows no recording and no lab. Start at [Serve] and
// [Dial].
package jetstream
