package skeleton

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

// Scenario is a scenario to begin with: one step of a behaviour on one host.
type Scenario struct {
	// Name is the scenario's, File that of the file that it is written to.
	Name, File string
	// Behaviour is what the step performs, Called what it calls it.
	Behaviour behaviour.Behaviour
	Called    string
	// Libraries are the paths of the libraries that it names, from the file's folder.
	Libraries []string
	// Blocks are further blocks of the file.
	Blocks string
	// Service is the real daemon that the host must run; empty is none.
	Service string
	// Fires and Silent are what is expected; nil where no rule is known for it.
	Fires, Silent *Expectation
}

// Expectation is what one rule must make of the step.
type Expectation struct {
	// Rule is what a scenario calls the rule.
	Rule  string
	Title string
	// Because says why the rule is silent.
	Because string
}

// The names in a scenario to begin with.
const (
	actorName = "somebody"
	assetName = "host"
	stepName  = "once"
)

// Text returns the scenario as a formatted file. It fails for a name or a block that is not
// HCL.
func (s Scenario) Text() ([]byte, error) {
	var w writer
	w.open("scenario", s.Name)
	w.line("title = " + Quoted(s.Behaviour.Summary))
	if len(s.Libraries) > 0 {
		w.comment("Where behaviours are written that are not ringer's: files, or folders with all below them.")
		var paths []string
		for _, path := range s.Libraries {
			paths = append(paths, Quoted(path))
		}
		w.line("library = [" + strings.Join(paths, ", ") + "]")
	}
	w.close()
	w.blank()
	w.comment(`Who does it: any name, or a group of ATT&CK with group = "G0027".`)
	w.line(fmt.Sprintf("actor %q {}", actorName))
	w.blank()
	w.comment(fmt.Sprintf("Where: a host of the kind %q, called asset.%s in this file. `ringer list assets` shows the kinds.", s.Behaviour.Assets[0], assetName))
	if s.Service == "" {
		w.line(fmt.Sprintf("asset %q %q {}", s.Behaviour.Assets[0], assetName))
	} else {
		w.open("asset", s.Behaviour.Assets[0], assetName)
		w.line("service = " + Quoted(s.Service))
		w.close()
	}
	if s.Blocks != "" {
		w.blank()
		w.WriteString(strings.TrimSpace(s.Blocks) + "\n")
	}
	w.blank()
	s.step(&w)
	text, problems := scenario.Format(s.File, []byte(s.head()+w.String()))
	if problems.HasErrors() {
		return nil, problems
	}
	return text, nil
}

func (s Scenario) head() string {
	return head("A scenario to begin with: one step, and what two rules must make of it.", [][2]string{
		{"ringer validate " + s.File, "every mistake at once, each with its line"},
		{"ringer run --dry-run " + s.File, "what would be done, and how it is taken back"},
		{"ringer run " + s.File, "perform it in a container, and judge it"},
	})
}

func (s Scenario) step(w *writer) {
	w.comment(fmt.Sprintf("What: the behaviour %q, as a step called %q.", s.Called, stepName))
	w.open("step", s.Called, stepName)
	w.line("by = actor." + actorName)
	w.line("on = asset." + assetName)
	s.arguments(w)
	w.blank()
	w.comment("A rule that must see it, by its name, its file's name or its id.")
	s.fires(w)
	w.blank()
	w.comment("A rule that must not, and why: one that comes near shows where it ends.")
	s.silent(w)
	w.close()
}

// arguments writes what a step may choose: what has a default is left out.
func (s Scenario) arguments(w *writer) {
	if len(s.Behaviour.Arguments) == 0 {
		return
	}
	w.blank()
	w.comment("How: the arguments of the behaviour. What is left out has its default.")
	required := false
	for _, a := range s.Behaviour.Arguments {
		required = required || a.Required
	}
	if !required {
		w.line("# with {")
		for _, a := range s.Behaviour.Arguments {
			w.line("#   " + a.Name + ": " + display.Line(a.Doc+choices(a)))
		}
		w.line("# }")
		return
	}
	w.open("with")
	for _, a := range s.Behaviour.Arguments {
		if a.Required {
			w.attribute(a, manual.LibrarySample("", a, s.Behaviour.Platform))
			continue
		}
		w.comment(a.Name + ": " + a.Doc + choices(a))
	}
	w.close()
}

func (s Scenario) fires(w *writer) {
	s.Fires.write(w, "fires", "None of the rules alerted on what the behaviour is meant to leave. Write one (`ringer try` shows the events), name it here and take the block in; `--rules FILE` adds it to each command.")
}

func (s Scenario) silent(w *writer) {
	s.Silent.write(w, "silent", "None of the rules reads what the behaviour is meant to leave, or all of those alerted.")
}

// write writes an expectation; where there is none, one that is left out, and why.
func (e *Expectation) write(w *writer, verdict, missing string) {
	if e == nil {
		w.comment(missing)
		w.line(`# expect "sigma" "NAME" {`)
		w.line("#   verdict = " + verdict)
		w.line("# }")
		return
	}
	w.comment(e.Title)
	w.open("expect", "sigma", e.Rule)
	w.line("verdict = " + verdict)
	if e.Because != "" {
		w.line("because = " + Quoted(e.Because))
	}
	w.close()
}
