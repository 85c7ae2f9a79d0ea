package behaviour_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// spot is a place in a library's file where a text can stand: in the value of an attribute,
// or a label of a block.
type spot struct {
	// blocks lead to the block that has it, the outermost first.
	blocks []*behaviour.Block
	name   string // the attribute's; of a label "label" and its number
	shape  shape
	sample func(on effect.Platform) string
}

// shape is a value with a text in quotes in it.
type shape func(on effect.Platform, quoted string) string

func (s spot) block() *behaviour.Block { return s.blocks[len(s.blocks)-1] }

// key names the attribute or label.
func (s spot) key() string { return s.block().Name + "." + s.name }

// everySpot are those of the whole language: of each kind of block once. Templates come
// last, as they may have what other blocks may.
func everySpot() []spot {
	tops := behaviour.Blocks()
	isTemplate := func(block *behaviour.Block) bool { return block.Name == "template" }
	tops = append(slices.DeleteFunc(slices.Clone(tops), isTemplate), tops[slices.IndexFunc(tops, isTemplate)])
	var all []spot
	seen := map[*behaviour.Block]bool{}
	for _, top := range tops {
		for queue := [][]*behaviour.Block{{top}}; len(queue) > 0; queue = queue[1:] {
			block := queue[0][len(queue[0])-1]
			if seen[block] {
				continue
			}
			seen[block] = true
			all = append(all, spotsOf(queue[0])...)
			if block.Blocks == nil {
				continue
			}
			for _, inner := range block.Blocks() {
				queue = append(queue, append(slices.Clone(queue[0]), inner))
			}
		}
	}
	return all
}

func spotsOf(path []*behaviour.Block) []spot {
	block := path[len(path)-1]
	var all []spot
	add := func(name, sample string, shapes ...shape) {
		for _, shape := range shapes {
			all = append(all, spot{path, name, shape, func(effect.Platform) string { return sample }})
		}
	}
	for _, argument := range block.Attributes {
		for _, shape := range shapesOf(argument) {
			all = append(all, spot{path, argument.Name, shape, func(on effect.Platform) string { return sampleOf(block.Name, argument, on) }})
		}
	}
	if block.Any {
		all = append(all, spot{path, "place", plain, samplePath})
	}
	if block.Repeats {
		add("when", "true", plain)
		add("for_each", `["sample"]`, plain, in("[?]"), in("{ a = ? }"))
	}
	if block.IsAct() {
		add("proven", "true", plain)
	}
	for i := range block.Labels {
		label := `"sample"`
		if i < len(block.Labels)-1 {
			label = `"process"` // of a template: what it is of
		}
		add(fmt.Sprint("label ", i), label, plain)
	}
	return all
}

func in(pattern string) shape {
	return func(_ effect.Platform, quoted string) string { return strings.ReplaceAll(pattern, "?", quoted) }
}

func plain(_ effect.Platform, quoted string) string { return quoted }

// shapesOf are the values of an attribute that a text can be in.
func shapesOf(argument behaviour.Argument) []shape {
	switch argument.Type {
	case "list(string)":
		return []shape{plain, in("[?]")}
	case "map(string)":
		return []shape{plain, in("{ a = ? }"), in(`{ (?) = "a" }`)}
	case "any":
		return []shape{plain, in("[?]"), in("{ a = ? }"), in("{ (?) = 1 }")}
	case "object":
		all := []shape{plain}
		for i := range argument.Arguments {
			for _, inner := range shapesOf(argument.Arguments[i]) {
				all = append(all, func(on effect.Platform, quoted string) string {
					return objectOf(argument, on, argument.Arguments[i].Name, inner(on, quoted))
				})
			}
		}
		return all
	}
	return []shape{plain}
}

// objectOf is an object with samples, but for one entry.
func objectOf(argument behaviour.Argument, on effect.Platform, name, value string) string {
	var inner []string
	for _, each := range argument.Arguments {
		sample := sampleOf("", each, on)
		if each.Name == name {
			sample = value
		}
		inner = append(inner, each.Name+" = "+sample)
	}
	return "{ " + strings.Join(inner, ", ") + " }"
}

func samplePath(on effect.Platform) string {
	if on == effect.Windows {
		return `"C:\\sample"`
	}
	return `"/srv/sample"`
}

// samples are values that attributes take, where their description does not tell.
var samples = map[string]string{
	"behaviour.hosts": `["sample"]`, "ordinary_day.hosts": `["sample"]`, "activity.hosts": `["sample"]`,
	"argument.like": `"*"`, "host.users": "[]", "template.users": "[]", "log_source.pattern": `"(?P<sample>.*)"`, "log_source.separator": `";"`,
	"process.with": "{}", "signal.with": "{}", "template.with": "{}",
	"process.extends": "template.base", "signal.extends": "template.base", "template.extends": "template.base",
	"host.extends": "template.files", "ordinary_day.extends": "template.day", "host.logs": "[log_source.other]", "template.logs": "[log_source.other]",
}

// sampleOf is a value that an attribute takes.
func sampleOf(block string, argument behaviour.Argument, on effect.Platform) string {
	text := `"sample"`
	switch {
	case samples[block+"."+argument.Name] != "":
		return samples[block+"."+argument.Name]
	case argument.Name == "platform":
		return string(on)
	case argument.OneOf != nil:
		text = `"` + argument.OneOf[0] + `"`
	case argument.Form == "path" || argument.Form == "place" || block == "log_source" && argument.Name == "file":
		text = samplePath(on)
	case argument.Form != "":
		text = cmp.Or(sampleTexts[argument.Form], text)
	}
	switch argument.Type {
	case "number":
		return fmt.Sprint(argument.Max)
	case "bool":
		return "true"
	case "list(string)":
		return "[" + text + "]"
	case "map(string)":
		return "{ a = " + text + " }"
	case "object":
		return objectOf(argument, on, "", "")
	}
	return text
}

// sampleTexts are texts of some forms; most take any word.
var sampleTexts = map[string]string{
	"content": `inert("sample")`, "key": `"HKLM\\SOFTWARE\\Sample"`, "channel": `"Application"`, "time": `"2019-03-18T22:46:31Z"`,
	"address": `"198.51.100.7"`, "mode": `"0640"`, "number": `"3"`, "technique": `"T1053.005"`, "directory_change": `"user_created"`, "page": `"/sample"`,
}

// needed are attributes that a block must have although its description lets them be left
// out.
var needed = map[string][]string{
	"process": {"image"}, "signal": {"image"}, "template": {"image"}, "host": {"platform", "summary", "hostname", "accounts"},
	"times": {"at"}, "times_like": {"at"}, "log_source": {"product"}, "argument": {"default"},
}

// beside is what a block must have beside an attribute, and without which others it has
// that one.
var (
	beside = map[string]map[string]string{
		"log_source.pattern": {"format": "regex"}, "log_source.columns": {"format": "csv"},
		"log_source.separator": {"format": "csv", "columns": `["a", "b"]`},
	}
	without = map[string]string{"times.like": "at", "times_like.like": "at"}
)

// libraryFile is the file of a library that is sound, on a platform, with a quoted text at
// a spot; with none it has a sample there.
type libraryFile struct {
	spot
	on     effect.Platform
	quoted string
	out    strings.Builder
}

func (s spot) file(on effect.Platform, quoted string) string {
	f := &libraryFile{spot: s, on: on, quoted: quoted}
	tops := map[string][]*behaviour.Block{s.blocks[0].Name: s.blocks}
	for _, top := range behaviour.Blocks() {
		if tops[top.Name] == nil && (top.Name == "host" || top.Name == "behaviour") {
			tops[top.Name] = []*behaviour.Block{top}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tops)) {
		f.write(tops[name])
	}
	for name, text := range map[string]string{
		"log_source.other": "log_source \"other\" {\nproduct = \"other\"\nfile = %s\nformat = json\n}\n",
		"template.base":    "template \"process\" \"base\" {\nimage = %s\n}\n",
		"template.files":   "template \"host\" \"files\" {\nfile {\npath = %s\ncontent = \"x\"\n}\n}\n",
		"template.day":     "template \"activities\" \"day\" {\nactivity \"other\" {\nsummary = \"x\"\nprove {\ngone {\npath = %s\n}\n}\n}\n}\n",
	} {
		if strings.Contains(f.out.String(), name) {
			fmt.Fprintf(&f.out, text, samplePath(on))
		}
	}
	return f.out.String()
}

// ofHosts reports whether the spot is in a template of hosts.
func (f *libraryFile) ofHosts() bool {
	if f.block().Name != "template" {
		return false
	}
	both := map[string]int{}
	for _, argument := range f.block().Attributes {
		both[argument.Name]++
	}
	for _, top := range behaviour.Blocks() {
		if top.Name == "host" && both[f.name] == 1 {
			return slices.ContainsFunc(top.Attributes, func(a behaviour.Argument) bool { return a.Name == f.name })
		}
	}
	return false
}

// write writes a block with those that lead from it to the spot.
func (f *libraryFile) write(path []*behaviour.Block) {
	block, here := path[0], len(path) == 1 && path[0] == f.block()
	f.out.WriteString(block.Name)
	for i := range block.Labels {
		label := `"sample"`
		switch {
		case here && f.quoted != "" && f.name == fmt.Sprint("label ", i):
			label = f.quoted
		case i < len(block.Labels)-1 && f.ofHosts():
			label = `"host"`
		case i < len(block.Labels)-1:
			label = `"process"`
		}
		f.out.WriteString(" " + label)
	}
	f.out.WriteString(" {\n")
	attributes := f.attributes(block, here)
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		f.out.WriteString(name + " = " + attributes[name] + "\n")
	}
	if len(path) > 1 {
		f.write(path[1:])
	}
	f.fill(block, path)
	f.out.WriteString("}\n")
}

func (f *libraryFile) attributes(block *behaviour.Block, here bool) map[string]string {
	all := map[string]string{}
	for _, argument := range block.Attributes {
		left := block.Name == "template" && f.ofHosts() || !slices.Contains(needed[block.Name], argument.Name)
		if argument.Required || !left {
			all[argument.Name] = sampleOf(block.Name, argument, f.on)
		}
	}
	switch {
	case block.Name == "host" && f.blocks[0].Name == "log_source":
		all["logs"] = "[log_source.sample]"
	case block.Name == "host" && f.ofHosts():
		delete(all, f.name)
		all["extends"] = "template.sample"
	}
	if !here || strings.HasPrefix(f.name, "label") {
		return all
	}
	maps.Copy(all, beside[f.key()])
	delete(all, without[f.key()])
	all[f.name] = f.sample(f.on)
	if f.quoted != "" {
		all[f.name] = f.shape(f.on, f.quoted)
	}
	return all
}

// fill writes what a block has to be sound, and to use what is at the spot.
func (f *libraryFile) fill(block *behaviour.Block, path []*behaviour.Block) {
	always := fmt.Sprintf("process \"always\" {\nimage = %s\nwrite {\npath = %s\ncontent = inert(\"always\")\n}\n}\n", samplePath(f.on), strings.Replace(samplePath(f.on), "sample", "always", 1))
	reader := "process \"reader\" {\nimage = " + samplePath(f.on) + "\n%s\n}\n"
	switch block.Name {
	case "behaviour":
		f.out.WriteString(always)
		switch f.block().Name {
		case "argument":
			fmt.Fprintf(&f.out, reader, "command = arg.sample")
		case "locals":
			fmt.Fprintf(&f.out, reader, "write {\npath = local.place\ncontent = inert(\"place\")\n}")
		case "template":
			if !f.ofHosts() {
				f.out.WriteString("process \"user\" {\nextends = template.sample\n}\n")
			}
		}
	case "activity":
		f.out.WriteString(always)
	case "ordinary_day":
		if len(path) == 1 {
			f.out.WriteString("activity \"always\" {\nsummary = \"x\"\n" + always + "}\n")
		}
	case "prove":
		f.out.WriteString("gone {\npath = " + strings.Replace(samplePath(f.on), "sample", "gone", 1) + "\n}\n")
	}
}
