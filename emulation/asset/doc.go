// Package asset owns the kinds of host that a scenario can ask for ([Kind]) and how
// each is provisioned before the first step: folders, files, logs and the accounts
// that work there. A kind is one file that registers itself. The package takes paths
// and formats from package artifact and knows no container: provisioning is data.
// Start at [Kind].
package asset
