package importer

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/bounded"
)

// Scenario is a plan as a scenario file, with what became of its steps.
type Scenario struct {
	// Name is the scenario's, which its file can have too; Source is the file that it was
	// read from.
	Name   string `json:"name"`
	Source string `json:"source"`
	Text   []byte `json:"-"`
	Steps  int    `json:"steps"`
	// Mapped counts the steps that became behaviours: of them ByTechnique have no command
	// in the source, and of Reenacted the commands are started as stand-ins that do
	// nothing. Gaps are the others.
	Mapped      int `json:"mapped"`
	ByTechnique int `json:"by_technique"`
	Reenacted   int `json:"reenacted"`
	Gaps        int `json:"gaps"`
}

// Mark is the first line of every scenario file that is imported.
const Mark = "# Written by `ringer import`, which replaces it the next time: delete this line to keep your changes.\n"

// Convert makes scenario files of plans, with behaviours of that library. The same plans
// give the same files. A plan whose file would be larger than one that can be read is an
// error that names it.
func Convert(plans []Plan, library *behaviour.Library) ([]Scenario, []error) {
	c := newChooser(library)
	var all []Scenario
	var problems []error
	taken := map[string]bool{}
	for _, plan := range plans {
		choices := make([]choice, len(plan.Steps))
		for i, step := range plan.Steps {
			choices[i] = c.choose(step)
		}
		s := Scenario{Name: unique(label(plan.Name), taken), Source: plan.File, Steps: len(plan.Steps)}
		for _, choice := range choices {
			switch {
			case choice.gap != "":
				s.Gaps++
				continue
			case choice.how == byTechnique:
				s.ByTechnique++
			case choice.how == byReenact:
				s.Reenacted++
			}
			s.Mapped++
		}
		for _, most := range []int{200, 20, 0} {
			w := writer{most: most, labels: map[string]bool{}}
			s.Text = w.write(s.Name, plan, choices)
			if len(s.Text) <= bounded.MaxSource {
				break
			}
		}
		if len(s.Text) > bounded.MaxSource {
			problems = append(problems, fmt.Errorf("%s: its scenario would have %d KiB; at most %d can be read", plan.File, len(s.Text)>>10, bounded.MaxSource>>10))
			continue
		}
		all = append(all, s)
	}
	return all, problems
}

// writer writes one scenario.
type writer struct {
	most   int // lines of commands that are kept of a step
	labels map[string]bool
	hosts  []string
}

func (w *writer) write(name string, plan Plan, choices []choice) []byte {
	file := hclwrite.NewEmptyFile()
	body := file.Body()
	head := body.AppendNewBlock("scenario", []string{name}).Body()
	head.SetAttributeValue("title", cty.StringVal(oneLine(plan.Title, 200)))
	head.SetAttributeValue("attack", cty.StringVal(string(attack.Current)))
	if references := referencesOf(plan); len(references) > 0 {
		head.SetAttributeValue("references", cty.ListVal(references))
	}
	actor := w.label(plan.Actor, "imported")
	body.AppendNewline()
	who := body.AppendNewBlock("actor", []string{actor}).Body()
	if group, ok := attack.FindGroupByName(plan.Actor); ok {
		who.SetAttributeValue("group", cty.StringVal(group.ID))
	}
	for _, choice := range choices {
		for _, use := range choice.uses {
			w.hostFor(use.behaviour)
		}
	}
	for _, host := range w.hosts {
		body.AppendNewline()
		body.AppendNewBlock("asset", []string{host, host})
	}
	w.labels = map[string]bool{}
	last := make([]string, len(plan.Steps)) // the label of a step's last block; none of a gap's
	for i, step := range plan.Steps {
		body.AppendNewline()
		w.comment(body, step, choices[i])
		if choices[i].gap != "" {
			w.gap(body, step, choices[i].gap)
			continue
		}
		for number, use := range choices[i].uses {
			if number > 0 {
				body.AppendNewline()
			}
			var after []string
			if number > 0 {
				after = []string{last[i]}
			} else {
				for _, earlier := range step.After {
					if last[earlier] != "" {
						after = append(after, last[earlier])
					}
				}
			}
			last[i] = w.step(body, step, use, actor, after)
		}
	}
	return append([]byte(Mark), hclwrite.Format(file.Bytes())...)
}

// hostFor is the kind of host that a behaviour is performed on: one that there is
// already, if it will do.
func (w *writer) hostFor(b behaviour.Behaviour) string {
	for _, host := range w.hosts {
		if slices.Contains(b.Assets, host) {
			return host
		}
	}
	w.hosts = append(w.hosts, b.Assets[0])
	return b.Assets[0]
}

// mostReferences is how many references of a source are kept.
const mostReferences = 20

func referencesOf(plan Plan) []cty.Value {
	var all []cty.Value
	for _, reference := range plan.References[:min(len(plan.References), mostReferences)] {
		if line := oneLine(reference, 300); line != "" {
			all = append(all, cty.StringVal(line))
		}
	}
	return all
}

// comment writes what the source says of a step, and its commands, line by line.
func (w *writer) comment(body *hclwrite.Body, step Step, choice choice) {
	write := func(line string) {
		body.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte(strings.TrimRight("# "+line, " ") + "\n")}})
	}
	said := false
	say := func(line string) {
		if line != "" {
			write(line)
			said = true
		}
	}
	say(oneLine(step.Name, 200))
	if step.ID != step.Name {
		say(oneLine(step.ID, 100))
	}
	if about := oneLine(step.About, 300); about != oneLine(step.Name, 300) {
		say(about)
	}
	say(choice.note)
	left := w.most
	var before string
	for _, command := range step.Commands {
		if command.Text == before {
			continue
		}
		before = command.Text
		if left == 0 {
			break
		}
		write(strings.TrimSpace("command "+oneLine(command.Platform+" "+command.Executor, 60)) + ":")
		lines := strings.Split(strings.TrimRight(command.Text, "\n"), "\n")
		for i, line := range lines {
			if left == 0 {
				write(fmt.Sprintf("  … and %d lines more", len(lines)-i))
				break
			}
			left--
			write("  " + clean(line, 400))
		}
		said = true
	}
	if !said {
		write("a step without a name")
	}
}

func (w *writer) gap(body *hclwrite.Body, step Step, reason string) {
	gap := body.AppendNewBlock("gap", []string{w.label(step.Name, "step")}).Body()
	gap.SetAttributeValue("title", cty.StringVal(orElse(oneLine(step.Name, 200), "a step without a name")))
	if _, known := attack.Known(step.Technique); known {
		gap.SetAttributeValue("technique", cty.StringVal(step.Technique))
	}
	gap.SetAttributeValue("because", cty.StringVal(reason))
}

func (w *writer) step(body *hclwrite.Body, step Step, use use, actor string, after []string) string {
	name := w.label(step.Name, "step")
	block := body.AppendNewBlock("step", []string{use.behaviour.Name, name}).Body()
	block.SetAttributeRaw("by", hclwrite.TokensForIdentifier("actor."+actor))
	block.SetAttributeRaw("on", hclwrite.TokensForIdentifier("asset."+w.hostFor(use.behaviour)))
	if len(after) > 0 {
		var tokens []hclwrite.Tokens
		for _, earlier := range after {
			tokens = append(tokens, hclwrite.TokensForIdentifier("step."+earlier))
		}
		block.SetAttributeRaw("after", hclwrite.TokensForTuple(tokens))
	}
	if use.technique != "" {
		block.SetAttributeValue("technique", cty.StringVal(use.technique))
	}
	if len(use.arguments) > 0 {
		block.AppendNewline()
		with := block.AppendNewBlock("with", nil).Body()
		for _, argument := range slices.Sorted(maps.Keys(use.arguments)) {
			with.SetAttributeValue(argument, valueOf(use.arguments[argument]))
		}
	}
	return name
}

// valueOf gives an argument, as recipes read them, as HCL's.
func valueOf(value any) cty.Value {
	switch v := value.(type) {
	case string:
		return cty.StringVal(v)
	case bool:
		return cty.BoolVal(v)
	case []string:
		all := make([]cty.Value, len(v))
		for i, text := range v {
			all[i] = cty.StringVal(text)
		}
		return cty.ListVal(all)
	case map[string]any:
		all := map[string]cty.Value{}
		for name, inner := range v {
			all[name] = valueOf(inner)
		}
		return cty.ObjectVal(all)
	}
	panic(fmt.Sprintf("importer: an argument is %T", value))
}

// label gives a name that the scenario does not have yet.
func (w *writer) label(name, otherwise string) string {
	return unique(label(orElse(oneLine(name, 200), otherwise)), w.labels)
}

// longestLabel is the largest length of a name in the language, less what [unique] adds.
const longestLabel = 57

// label gives a name as the language writes them: small letters, digits and underscores.
func label(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && out.Len() > 0 {
				out.WriteByte('_')
			}
			out.WriteRune(r)
			gap = false
		} else {
			gap = true
		}
	}
	text := out.String()
	if text == "" || text[0] <= '9' {
		text = "step_" + text
	}
	text = strings.TrimSuffix(text, "_")
	if len(text) > longestLabel {
		sum := fnv.New32a()
		_, _ = sum.Write([]byte(text)) // a hash does not fail
		text = fmt.Sprintf("%s_%08x", strings.TrimSuffix(text[:longestLabel-9], "_"), sum.Sum32())
	}
	return text
}

// unique adds a number to a name that is taken, and takes it.
func unique(name string, taken map[string]bool) string {
	free := name
	for number := 2; taken[free]; number++ {
		free = fmt.Sprintf("%s_%d", name, number)
	}
	taken[free] = true
	return free
}

// oneLine is text of a source in one line of at most that many characters.
func oneLine(text string, most int) string {
	return clean(strings.Join(strings.Fields(text), " "), most)
}

// clean is a line of a source without anything that is not seen, of at most that many
// characters.
func clean(line string, most int) string {
	var out strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(line, "�") {
		if r == '\t' {
			r = ' '
		}
		if !unicode.IsPrint(r) {
			continue
		}
		if n++; n > most {
			return strings.TrimRight(out.String(), " ") + " …"
		}
		out.WriteRune(r)
	}
	return strings.TrimRight(out.String(), " ")
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
