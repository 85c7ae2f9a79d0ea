package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// rsigma writes a folder for `rsigma rule backtest`: the events of each scenario as
// a file of JSON lines in corpus, and expectations.yml, which says how often each
// rule must fire on which file at least. It asks every rule of every event, whatever
// the log source, so that more may be right.
type rsigma struct {
	create FolderWriter
	about  Run
	tally
	files map[string]*corpusFile
	err   error
}

// corpusFile is the events of one scenario, and the alerts on them by rule.
type corpusFile struct {
	name string
	file io.WriteCloser
	lines
	rules  map[string]Rule
	alerts map[string]int
}

func newRsigma(create FolderWriter, about Run) Writer {
	return &rsigma{create: create, about: about, tally: tally{}, files: map[string]*corpusFile{}}
}

const ruleWithoutName = "alerts of rules that have neither an id nor a title"

// Write writes the event to its scenario's file.
func (s *rsigma) Write(r Record) error {
	if s.err != nil {
		return s.err
	}
	corpus, err := s.corpus(r.Scenario)
	if err != nil {
		s.err = err
		return err
	}
	for _, rule := range r.Alerts {
		ref := rule.ID
		if ref == "" {
			ref = rule.Title
		}
		if ref == "" {
			s.tally[ruleWithoutName]++
			continue
		}
		corpus.rules[ref] = rule
		corpus.alerts[ref]++
	}
	s.err = corpus.encode(flatLine(&r, s.about))
	return s.err
}

func (s *rsigma) corpus(scenario string) (*corpusFile, error) {
	if corpus, ok := s.files[scenario]; ok {
		return corpus, nil
	}
	name := fileName(scenario, "events") + ".ndjson"
	for _, other := range s.files {
		if other.name == name {
			name = fileName(scenario, "events") + "-" + strconv.Itoa(len(s.files)+1) + ".ndjson"
		}
	}
	file, err := s.create("corpus/" + name)
	if err != nil {
		return nil, fmt.Errorf("write corpus: %w", err)
	}
	corpus := &corpusFile{name: name, file: file, lines: newLines(file), rules: map[string]Rule{}, alerts: map[string]int{}}
	s.files[scenario] = corpus
	return corpus, nil
}

// Close ends the files and writes what is expected of them.
func (s *rsigma) Close() error {
	problem := s.err
	for _, scenario := range sortedNames(s.files) {
		problem = errors.Join(problem, s.files[scenario].Close(), s.files[scenario].file.Close())
	}
	if problem != nil {
		return fmt.Errorf("write corpus: %w", problem)
	}
	file, err := s.create("expectations.yml")
	if err != nil {
		return fmt.Errorf("write expectations: %w", err)
	}
	out := bufio.NewWriter(file)
	s.writeExpectations(out)
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		return fmt.Errorf("write expectations: %w", err)
	}
	return nil
}

func (s *rsigma) writeExpectations(out *bufio.Writer) {
	fmt.Fprintf(out, "# Emulated by ringer in run %s: the events are translated from acts in a\n", yamlComment(s.about.ID))
	fmt.Fprint(out, "# disposable container. The counts are the alerts of ringer's own engine, which asks a\n")
	fmt.Fprint(out, "# rule of the events of its log source only.\n")
	fmt.Fprint(out, "defaults:\n  unexpected_detections: warn\n")
	files := slices.SortedFunc(maps.Values(s.files), func(a, b *corpusFile) int { return strings.Compare(a.name, b.name) })
	list := "expectations: []\n"
	for _, corpus := range files {
		for _, ref := range sortedNames(corpus.alerts) {
			if list != "" {
				list = ""
				fmt.Fprint(out, "expectations:\n")
			}
			fmt.Fprintf(out, "  # %s\n  - rule: %s\n    corpus: %s\n    at_least: %d\n",
				yamlComment(corpus.rules[ref].Title), yamlText(ref), yamlText(corpus.name), corpus.alerts[ref])
		}
	}
	fmt.Fprint(out, list)
}

// fileName is a text as the name of a file: letters, digits, dashes and underscores;
// fallback where nothing is left.
func fileName(text, fallback string) string {
	var out strings.Builder
	for _, c := range strings.ToLower(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '_', c == '-':
			out.WriteRune(c)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "_"):
			out.WriteByte('_')
		}
	}
	if name := strings.Trim(out.String(), "_-"); name != "" {
		return name[:min(len(name), 120)]
	}
	return fallback
}

// yamlText is a text of YAML in quotes, which are those of JSON.
func yamlText(text string) string { return strconv.QuoteToASCII(text) }

// yamlComment is a text that a comment can have.
func yamlComment(text string) string {
	quoted := strconv.QuoteToGraphic(text)
	return quoted[1 : len(quoted)-1]
}
