package export

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
)

// auditd writes the records of Linux's audit system as auditd writes them with
// log_format=ENRICHED and name_format=HOSTNAME: what ringer says of an event stands
// among the interpreted fields at the end of the line.
type auditd struct {
	out *bufio.Writer
	tally
	about Run
	// acts are the newest act of each asset: its records have a serial in common.
	acts map[string]auditAct
}

// auditAct is one act that the audit system has several records of.
type auditAct struct {
	scenario      string
	process, seen uint64
	millis        int64
	serial        int
}

func newAuditd(w io.Writer, about Run) Writer {
	return &auditd{out: bufio.NewWriter(w), tally: tally{}, about: about, acts: map[string]auditAct{}}
}

const (
	notAuditd  = "events of other logs than auditd's"
	noType     = "records of auditd without a type"
	badName    = "fields with a name that auditd cannot write"
	nestedText = "fields that are lists or objects"
)

var (
	auditType = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`) })
	auditName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`) })
)

// Write writes one line.
func (a *auditd) Write(r Record) error {
	if !isAuditd(&r) {
		a.tally[notAuditd]++
		return nil
	}
	own := r.own(a.about)
	recordType, _ := textOf(own["type"])
	if !auditType().MatchString(recordType) {
		a.tally[noType]++
		return nil
	}
	act, placeholders := a.actOf(&r), auditPlaceholders(recordType, own)
	line := strings.Builder{}
	if r.Host.Name != "" {
		line.WriteString("node=" + auditBare(r.Host.Name) + " ")
	}
	fmt.Fprintf(&line, "type=%s msg=audit(%d.%03d:%d): %s\x1d%s\n",
		recordType, act.millis/1000, act.millis%1000, act.serial, a.body(recordType, own, placeholders), a.enrichment(&r, own, placeholders))
	if _, err := a.out.WriteString(line.String()); err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	return nil
}

// Close hands on what is buffered.
func (a *auditd) Close() error {
	if err := a.out.Flush(); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	return nil
}

func isAuditd(r *Record) bool {
	for _, source := range r.Event.Sources {
		if source.Product == "linux" && source.Service == "auditd" {
			return true
		}
	}
	return false
}

// actOf gives the records of one act a serial and time in common. Which records are
// of an act is known by lineage: they were made of the same observation.
func (a *auditd) actOf(r *Record) auditAct {
	lineage := &r.Event.Lineage
	last := a.acts[lineage.Asset]
	seen := uint64(0)
	if len(lineage.Seen) > 0 {
		seen = lineage.Seen[len(lineage.Seen)-1]
	}
	if seen != 0 && last.serial != 0 && last.scenario == r.Scenario && last.seen == seen && last.process == lineage.Process {
		return last
	}
	act := auditAct{r.Scenario, lineage.Process, seen, max(0, r.Event.Time.UnixMilli()), last.serial + 1}
	a.acts[lineage.Asset] = act
	return act
}
