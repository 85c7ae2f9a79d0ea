// Package docker owns assets as containers: it loads our image, opens hardened
// containers, talks with the agent inside over attached streams, and leaves
// nothing behind, however the runner ends. It is the only package that knows
// testcontainers and the engine's API; it knows no scenario, rule or verdict,
// and nothing a scenario says reaches a container's settings but its hostname.
// Start at [Lab]; hardening.go is what every container is bound to, watchdog.go
// what cleans up after a killed runner.
package docker
