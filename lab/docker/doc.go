// Package docker owns assets as containers: it loads our image, opens hardened
// containers, talks with the agent inside over attached streams, and leaves
// nothing behind, however the runner ends. It is the only package that knows
// testcontainers and the engine's API; it knows no scenario, rule or verdict,
// and nothing a scenario says reaches a container's settings but its hostname, and what
// an operator has allowed an image of their own.
// An image of a user's own is wrapped by wrapped.go, if whoever runs it allowed that.
// Start at [Lab]; hardening.go is what every container is bound to, settings.go how
// what has come is compared with it, watchdog.go what cleans up after a killed runner.
// lab/THREATS.md says against whom.
package docker
