// Package wazuh reads rules of Wazuh 5, which are Sigma rules over the fields of the
// Wazuh Common Schema. It owns the table of the schema's fields (fields.txt, of
// wazuh/wazuh-indexer-plugins at bc3b699e), what such a rule must have, and what the
// schema calls the fields of events that other tools wrote. It matches nothing: that is
// for package sigma. Start at [Prepare] and [Translate].
package wazuh
