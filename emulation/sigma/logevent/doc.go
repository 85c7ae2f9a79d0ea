// Package logevent holds the events that rules are matched against, and the log
// sources that they belong to. It owns which channel of the Windows event log is which
// log source. It knows nothing of rules and reads nothing: that is for the packages
// below it, which are a pipeline. Package reader is its front: bytes are unpacked
// (package container), cut into pieces (cut), decoded into records (record, eventxml,
// evtx, auditd, textline, table), and a record's shape says what event it is (shape,
// winevent, clock).
package logevent
