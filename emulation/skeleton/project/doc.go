// Package project owns what a repository of detections begins with: a scenario, rules, a
// gate, and the file of a pipeline that runs them. The files are written as they stand, so
// that what is tested is what a user gets. It writes nothing itself. Start at [Files].
package project
