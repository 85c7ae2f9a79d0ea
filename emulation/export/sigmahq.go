package export

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// sigmaHQ writes a folder in the layout of SigmaHQ's regression data: for each rule
// that alerted a folder with info.yml and the events that it alerted on. All is
// marked as emulated: SigmaHQ itself accepts recorded EVTX only, and its runner
// passes over recordings of type json.
type sigmaHQ struct {
	create FolderWriter
	about  Run
	tally
	rules map[string]*regression
}

// regression is the data set of one rule.
type regression struct {
	rule   Rule
	events bytes.Buffer
	count  int
	first  time.Time
	// where are the scenario and step of the first event.
	scenario, step string
}

// maxRegressionEvents is how many events of a rule are kept, the first ones.
const maxRegressionEvents = 8

const (
	notAlerted      = "events that no rule alerted on"
	ruleWithoutID   = "alerts of rules that have no UUID"
	moreOfRule      = "further events of a rule: a data set has 8"
	severalTogether = "alerts that rest on several events"
)

func newSigmaHQ(create FolderWriter, about Run) Writer {
	return &sigmaHQ{create: create, about: about, tally: tally{}, rules: map[string]*regression{}}
}

// Write keeps the event for each rule that alerted on it.
func (s *sigmaHQ) Write(r Record) error {
	if len(r.Alerts) == 0 {
		s.tally[notAlerted]++
	}
	for _, rule := range r.Alerts {
		id, err := uuid.Parse(rule.ID)
		switch {
		case err != nil || len(rule.ID) != 36:
			s.tally[ruleWithoutID]++
			continue
		case rule.Events > 1:
			s.tally[severalTogether]++
			continue
		}
		set := s.rules[id.String()]
		if set == nil {
			set = &regression{rule: rule, first: r.Event.Time, scenario: r.Scenario, step: r.Event.Lineage.Step}
			s.rules[id.String()] = set
		}
		if set.count == maxRegressionEvents {
			s.tally[moreOfRule]++
			continue
		}
		set.count++
		to := newLines(&set.events)
		if err := errors.Join(to.encode(evtxLine(&r, s.about)), to.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the folders.
func (s *sigmaHQ) Close() error {
	taken := map[string]bool{}
	for _, id := range sortedNames(s.rules) {
		set := s.rules[id]
		folder := regressionFolder(set.rule)
		if taken[folder] {
			folder += "_" + id
		}
		taken[folder] = true
		recording := path.Join(folder, set.rule.ID+".json")
		if err := s.writeFile(recording, set.events.Bytes()); err != nil {
			return err
		}
		if err := s.writeFile(path.Join(folder, "info.yml"), []byte(s.info(set, recording))); err != nil {
			return err
		}
	}
	return nil
}

func (s *sigmaHQ) writeFile(name string, content []byte) error {
	file, err := s.create(name)
	if err != nil {
		return fmt.Errorf("write data set: %w", err)
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write data set: %w", err)
	}
	return nil
}

// regressionFolder is where the data set of a rule stands: as the rule's file
// stands below rules, or by its title.
func regressionFolder(rule Rule) string {
	parts := []string{"regression_data"}
	for part := range strings.SplitSeq(path.Dir(strings.ReplaceAll(rule.File, `\`, "/")), "/") {
		if name := fileName(part, ""); rule.File != "" && name != "" {
			parts = append(parts, name)
		}
	}
	name := strings.TrimSuffix(path.Base(rule.File), path.Ext(rule.File))
	if rule.File == "" {
		name = rule.Title
	}
	return path.Join(append(parts, fileName(name, rule.ID))...)
}

func (s *sigmaHQ) info(set *regression, recording string) string {
	id := uuid.NewHash(sha1.New(), uuid.NameSpaceURL, []byte(s.about.ID+"/"+set.rule.ID), 5)
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("# Emulated by ringer: no Windows or Linux host recorded these events. SigmaHQ")
	line("# accepts recordings only.")
	line("id: %s", id)
	line("description: %s", yamlText(fmt.Sprintf("Emulated, not recorded: translated by ringer from acts in a disposable container, run %s, first in scenario %s, %s",
		s.about.ID, set.scenario, set.step)))
	line("date: %s", set.first.UTC().Format(time.DateOnly))
	line("author: ringer")
	line("rule_metadata:")
	line("  - id: %s", set.rule.ID)
	line("    title: %s", yamlText(set.rule.Title))
	line("regression_tests_info:")
	line("  - name: Positive Detection Test (emulated)")
	line("    type: json")
	line("    provider: ringer")
	line("    match_count: %s", strconv.Itoa(set.count))
	line("    path: %s", yamlText(recording))
	return out.String()
}

// evtxLine is an event as the JSON beside SigmaHQ's recordings has it, a Windows
// event with its head and data apart. Others are as in ringer's own lines.
func evtxLine(r *Record, about Run) object {
	head, data := windowsRecord(r, about)
	if head == nil {
		return flatLine(r, about)
	}
	system := object{"TimeCreated": object{"#attributes": object{"SystemTime": timestamp(r.Event.Time)}}}
	for name, text := range head {
		system[name] = text
	}
	for _, name := range []string{"EventID", "EventRecordID"} {
		if n, err := strconv.ParseUint(head[name], 10, 63); err == nil {
			system[name] = n
		}
	}
	delete(system, "Provider_Name")
	system["Provider"] = object{"#attributes": object{"Name": head["Provider_Name"]}}
	texts := object{}
	for name, v := range data {
		texts[name] = winlogText(v)
	}
	event := object{"System": system}
	if element := userDataOf(head); element != "" {
		event["UserData"] = object{element: texts}
	} else {
		event["EventData"] = texts
	}
	return object{"Event": event, contextName: r.context(about)}
}
