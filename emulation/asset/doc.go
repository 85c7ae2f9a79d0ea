// Package asset owns the kinds of host that a scenario can ask for ([Kind]) and how
// each is provisioned before the first step: folders, files, logs and the accounts
// that work there. A kind is data that package behaviour reads from a library: this
// package reads nothing and knows no container. Start at [Kind].
package asset
