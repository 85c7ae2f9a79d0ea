// Package logline owns the lines that Linux daemons write to their logs, each
// encoded and decoded in one place: rsyslog's ([Syslog]), auditd's ([Audit]), a web
// server's ([Access]) and PostgreSQL's ([Statement]). It knows no daemon, behaviour
// or log source, and is apart from package artifact, which is linked into
// stand-ins, for the sake of the packages it needs. Start at [Syslog].
package logline
