// Package fake owns a lab in memory: assets are maps, stand-ins are function
// calls, and observations are written by what would have made them. Nothing
// happens on any host, so all that it yields is declared. It is for tests and
// for rehearsing a scenario where there is no Docker. Start at [Lab].
package fake
