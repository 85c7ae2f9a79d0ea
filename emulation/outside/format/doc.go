// Package format reads what outside detectors write: the JSON of Falco, Tetragon,
// Wazuh 4, Suricata, Elastic, Splunk, osquery and OCSF, and any other JSON by a mapping
// of fields that its user gives. Whatever comes in may be hostile: it is read within
// limits, and what cannot be read is a problem in words, never an error that ends the
// run. It knows no steps and no places that alerts come from. Start at [New] and
// [Reader.Read].
package format
