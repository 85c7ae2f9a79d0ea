package manual

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/functions/hostfunc"
)

// libraryBlocks are the blocks of a library and those inside them, each once, in the
// order in which a reader meets them. Locals are described with those of a scenario.
func libraryBlocks() []*behaviour.Block {
	var all []*behaviour.Block
	var add func(blocks []*behaviour.Block)
	add = func(blocks []*behaviour.Block) {
		var further []*behaviour.Block
		for _, block := range blocks {
			if block.Name != "locals" && !slices.Contains(all, block) {
				all = append(all, block)
				if block.Blocks != nil {
					further = append(further, block.Blocks()...)
				}
			}
		}
		if len(further) > 0 {
			add(further)
		}
	}
	add(behaviour.Blocks())
	return all
}

// libraryPages are the pages of the blocks of a library.
func libraryPages() []Page {
	blocks := libraryBlocks()
	in := map[*behaviour.Block][]string{}
	for _, block := range blocks {
		if block.Blocks != nil {
			for _, inner := range block.Blocks() {
				in[inner] = append(in[inner], block.Name)
			}
		}
	}
	titles := libraryTitles(blocks, in)
	var pages []Page
	for _, block := range blocks {
		var out text
		out.code("", head(block.Name, upper(block.Labels)...))
		out.paragraph(block.Doc)
		out.paragraph(placesOf(block, in[block]))
		libraryAttributes(&out, block)
		if inside := insideOf(block); inside != "" {
			out.paragraph("Blocks in it: " + inside + ".")
		}
		if example := LibraryExample(block); example != "" {
			out.paragraph("Example:")
			out.code("", example)
		}
		pages = append(pages, Page{Name: block.Name, Kind: LibraryBlock, Title: titles[block], Lead: firstSentence(block.Doc), Text: out.String()})
	}
	return pages
}

// libraryTitles are the headings: no two of them are the same.
func libraryTitles(blocks []*behaviour.Block, in map[*behaviour.Block][]string) map[*behaviour.Block]string {
	count := map[string]int{}
	for _, block := range blocks {
		count[block.Name]++
	}
	titles := map[*behaviour.Block]string{}
	for _, block := range blocks {
		titles[block] = block.Name
		switch places := in[block]; {
		case count[block.Name] == 1:
		case block.IsAct():
			titles[block] += " in process"
		case len(places) > 0:
			titles[block] += " in " + places[len(places)-1]
		}
	}
	return titles
}

func upper(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, strings.ToUpper(name))
	}
	return all
}

func placesOf(block *behaviour.Block, in []string) string {
	if len(in) == 0 {
		return "It is written at the top level of a file of a library or of a scenario."
	}
	repeats := ""
	if block.Repeats {
		repeats = " `when = CONDITION` leaves it out, `for_each = LIST` repeats it, with `each.key` and `each.value`; a block `dynamic` does the same."
	}
	if block.IsAct() {
		on := ""
		if block.Platform != "" {
			on = " Only hosts of platform `" + string(block.Platform) + "` know it."
		}
		return "It is an act: it is written in a `process`, `signal`, `group` or process `template`." + on + repeats + " `proven = false` leaves out what follows from it as a proof."
	}
	return "It is written in " + strings.Join(quoted(in), ", ") + "." + repeats
}

func quoted(names []string) []string {
	var all []string
	for _, name := range names {
		if word := "`" + name + "`"; !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// insideOf names what can be in a block; of acts, which are many, that they can.
func insideOf(block *behaviour.Block) string {
	if block.Blocks == nil {
		return ""
	}
	var names []string
	acts := false
	for _, inner := range block.Blocks() {
		if inner.IsAct() {
			acts = true
			continue
		}
		names = append(names, inner.Name)
	}
	inside := strings.Join(quoted(names), ", ")
	if acts {
		inside += ", and any act"
	}
	return inside
}

func libraryAttributes(out *text, block *behaviour.Block) {
	if len(block.Attributes) == 0 {
		return
	}
	out.paragraph("Attributes:")
	var write func(indent string, arguments []argument.Argument)
	write = func(indent string, arguments []argument.Argument) {
		for _, a := range arguments {
			fmt.Fprintf(out, "%s- `%s` (%s; %s): %s\n", indent, a.Name, kindOf(a), necessityOf(a), sentence(a.Doc))
			write(indent+"  ", a.Arguments)
		}
	}
	write("", block.Attributes)
	out.WriteString("\n")
}

func sentence(doc string) string { return strings.ToUpper(doc[:1]) + doc[1:] + "." }

// kindOf is what a value may be, in words.
func kindOf(a argument.Argument) string {
	kind := map[string]string{
		"string": "string", "number": "whole number", "bool": "bool", "list(string)": "list of strings", "map(string)": "object of strings",
		"object": "object", "any": "any value", "reference": "reference",
	}[a.Type]
	switch {
	case a.OneOf != nil:
		return kind + ", of " + strings.Join(quoted(a.OneOf), ", ")
	case a.Type == "number":
		return fmt.Sprintf("%s from %d to %d", kind, a.Min, a.Max)
	case a.Like != "":
		return kind + ", a plain name"
	case a.Form != "":
		return fmt.Sprintf("%s, a %s of at most %d bytes", kind, strings.ReplaceAll(a.Form, "_", " "), a.Max)
	}
	return kind
}

func necessityOf(a argument.Argument) string {
	switch {
	case a.Required:
		return "required"
	case a.Default != "":
		return "default: `" + a.Default + "`"
	}
	return "optional"
}

// samples are values of attributes, as they are written, by block and name, or else by
// form. An attribute that has none is left out of an example.
var samples = map[string]string{
	"path": `"/srv/app/note.txt"`, "place": `"/srv/app/note.txt"`, "key": `"HKLM\\SOFTWARE\\Example"`, "content": `inert("a note")`, "text": `"a text"`,
	"line": `"a line"`, "mode": `"0640"`, "time": `"2021-03-01T08:00:00Z"`, "address": `"198.51.100.7"`, "channel": `"Application"`, "path_below": `"Example"`,
	"host": `"intranet.example"`, "page": `"/index.html"`, "number": `"3"`, "entry": `"eve"`, "directory_change": `"user_created"`, "any": `inert("a note")`,
	"append.content": `"a line\n"`, "copy.from": `"/etc/passwd"`, "copy.to": `"/srv/app/accounts"`, "move.from": `"/srv/app/note.txt"`, "move.to": `"/srv/app/.note"`,
	"folder.path": `"/srv/app"`, "folder.mode": `"0750"`, "symlink.target": `"/usr/bin/true"`, "times.at": "", "times.like": `"/etc/passwd"`, "pack.into": `"/srv/app/all.pack"`,
	"pack.from": `["/etc/passwd"]`, "pack.pieces": "", "packs.from": `["/etc/passwd"]`, "packs.pieces": `["/srv/app/all.pack"]`,
	"load.path": `"/usr/lib/libexample.so"`, "load.note": `"/srv/app/loaded"`, "connect.port": "443", "connect.to": `{ address = "198.51.100.7", name = "out.example" }`, "connect.from": "",
	"connect.from_port": "", "export.into": `"/srv/app/calls.csv"`, "export.columns": `["a_msisdn", "b_msisdn"]`, "request.agent": `"curl/7.88"`,
	"set_value.data": `"1"`, "set_value.type": `"REG_DWORD"`, "value_is.data": `"1"`, "value_is.type": `"REG_DWORD"`, "rename_key.to": `"HKLM\\SOFTWARE\\Other"`,
	"scheduled_task.definition": "", "scheduled_task.command": `"C:\\ProgramData\\example.exe"`, "scheduled_task.author": `"CARRIER\\eve"`, "scheduled_task.run_as": `"SYSTEM"`,
	"service.image": `"C:\\ProgramData\\example.exe"`, "service.account": `"LocalSystem"`, "service.type": `"16"`, "service.start": `"2"`, "service.display": `"Example"`,
	"wmi_object.data": `{ Name = "Example", Query = "SELECT * FROM __InstanceModificationEvent" }`, "directory_change.data": `{ TargetUserName = "eve" }`,
	"directory_entry.group": `"Domain Admins"`, "log_record.provider": `"Example"`, "log_record.data": `{ param1 = "a text" }`, "log_record.id": "1000", "session.type": `"3"`,
	"session.address": `"198.51.100.7"`, "session.workstation": `"WS07"`, "pipe.name": `"example"`, "same_as.as": `"/etc/passwd"`, "times_like.like": `"/etc/passwd"`, "times_like.at": "",
	"links_to.target": `"/usr/bin/true"`, "value_is.name": `"Example"`, "set_value.name": `"Example"`, "delete_value.name": `"Example"`,
	"holds.content": `inert("a note")`, "ends_with.content": `"a line\n"`,
	"behaviour.platform": `linux`, "behaviour.hosts": `["web"]`, "behaviour.attack": `["T1565.001"]`, "behaviour.actors": `["night_shift"]`, "behaviour.phase": `persistence`,
	"process.image": `"/usr/bin/example"`, "process.command": `"example --all"`, "process.user": `host.accounts.admin`, "process.argv": "", "process.folder": "", "process.integrity": "",
}

// LibraryExample returns an example of a block: of an act or a check, with all its
// attributes, and of what a topic shows none.
func LibraryExample(block *behaviour.Block) string {
	if !block.IsAct() && !block.IsCheck() {
		return ""
	}
	var names []string
	values := map[string]string{}
	for _, a := range block.Attributes {
		if value := LibrarySample(block.Name, a, ""); value != "" {
			names, values[a.Name] = append(names, a.Name), value
		}
	}
	widest := 0
	for _, name := range names {
		widest = max(widest, len(name))
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s {\n", block.Name)
	for _, name := range names {
		fmt.Fprintf(&out, "  %-*s = %s\n", widest, name, values[name])
	}
	return out.String() + "}"
}

// onWindows turns places and programs of a sample into those of a Windows host.
var onWindows = strings.NewReplacer(
	`"/srv/app/`, `"C:\\ProgramData\\`, `"/srv/app"`, `"C:\\ProgramData\\app"`, `"/etc/passwd"`, `"C:\\ProgramData\\accounts.txt"`,
	`"/usr/lib/libexample.so"`, `"C:\\ProgramData\\example.dll"`, `"/usr/bin/true"`, `"C:\\Windows\\notepad.exe"`,
	`"/usr/bin/example"`, `"C:\\Windows\\System32\\example.exe"`, `"example --all"`, `"example.exe /all"`,
)

// LibrarySample returns a value of an attribute of a block, as it is written, for hosts of
// a platform; empty is any, where the value is of Linux. It is "" where there is none.
func LibrarySample(block string, a argument.Argument, platform effect.Platform) string {
	value := sampleOf(block, a)
	if platform == effect.Windows {
		value = onWindows.Replace(value)
	}
	return value
}

func sampleOf(block string, a argument.Argument) string {
	if value, ok := samples[block+"."+a.Name]; ok {
		return value
	}
	switch {
	case a.Type == "number":
		return fmt.Sprint(max(a.Min, 1))
	case a.Type == "bool":
		return a.Default
	case a.Type == "map(string)":
		return "{}"
	}
	value := samples[a.Form]
	switch {
	case a.OneOf != nil:
		value = fmt.Sprintf("%q", a.OneOf[0])
	case a.Like != "":
		value = fmt.Sprintf("%q", strings.ReplaceAll(a.Like, "*", "example"))
	}
	if a.Type == "list(string)" {
		return "[" + value + "]"
	}
	return value
}

// libraryFunctions are the pages of the functions that the blocks of a library have
// besides those of scenarios.
func libraryFunctions() []Page {
	var pages []Page
	for _, f := range hostfunc.All() {
		pages = append(pages, Page{Name: f.Name, Kind: Function, Title: f.Name, Text: libraryFunctionText(f) + "\n"})
	}
	return pages
}

func libraryFunctionText(f hostfunc.Function) string {
	return fmt.Sprintf("`%s(%s)`: %s Such as `%s`.", f.Name, strings.Join(f.Parameters, ", "), f.Doc, functionExamples[f.Name])
}

// FunctionExamples are calls of the functions of a library, by name.
func FunctionExamples() map[string]string { return maps.Clone(functionExamples) }

var functionExamples = map[string]string{
	"inert": `inert("a note")`, "inert_comment": `inert_comment("pool = 198.51.100.0/24")`, "program": `program({ product = "Example", company = "Carrier" })`,
	"library": `library(version_of("example.dll"), "Carrier", "Valid")`, "version_of": `version_of("cmd.exe")`, "base_name": `base_name("/etc/passwd")`, "folder_of": `folder_of("/etc/passwd")`,
	"extension": `extension("page.ASPX")`, "hex": `hex("text")`, "quote_windows": `quote_windows("C:\\Program Files\\a.exe")`, "registry_value": `registry_value("REG_DWORD", "1")`,
	"value_path": `value_path("HKLM\\SOFTWARE\\Example", "Name")`, "sid": `sid("CARRIER\\eve")`, "account_name": `account_name("CARRIER\\eve")`, "event_log_file": `event_log_file("Application")`,
	"task_file": `task_file("Example")`, "task_key": `task_key("Example")`, "task_id": `task_id("Example")`,
	"task_toggled":    `task_toggled(task_definition({ name = "Example", command = "C:\\a.exe" }))`,
	"task_marked":     `task_marked("")`,
	"task_definition": `task_definition({ name = "Example", author = "CARRIER\\eve", command = "C:\\a.exe", trigger = "daily" })`,
	"service_key":     `service_key("Example")`, "pipe_path": `pipe_path("example")`, "share_path": `share_path("FS01", "data", "a.txt")`, "prefetch_note": `prefetch_note("C:\\a.exe")`,
	"mapped_note": `mapped_note("C:\\a.dll", inert("a library"))`, "web_setting": `web_setting("httpLogging", "true")`, "filter_setting": `filter_setting("example", "path")`,
	"site_log_setting": `site_log_setting("enabled")`, "log_record": `log_record({ provider = "Example", id = 1000, data = { param1 = "a" } })`,
	"logon_session": `logon_session({ type = "3", account = "eve", address = "198.51.100.7" })`, "directory_line": `directory_line({ user = "eve", group = "Domain Admins" })`,
	"directory_change_line": `directory_change_line({ what = "user_created", data = { TargetUserName = "eve" } })`, "wmi_file": `wmi_file({ kind = "filter", data = { Name = "Example" } })`,
	"syslog_line": `syslog_line("VPN01", "vpnd", "login eve")`, "audit_line": `audit_line("USER_CMD", "cwd=\"/\" cmd=6964")`, "statement_line": `statement_line("billing", "calls", "psql", "select 1")`,
	"access_line": `access_line({ client = "198.51.100.7", path = "/index.html" })`, "passwd_line": `passwd_line({ name = "eve", uid = 1001, gid = 1001, home = "/home/eve", shell = "/bin/bash" })`,
	"with_member": `with_member("sudo:x:27:\n", "sudo", "eve")`, "sysmon_config": `sysmon_config("FileDelete")`,
	"audit_policy": `audit_policy([{ name = "Process Creation", guid = "0cce922b-69ae-11d9-bed3-505054503030" }])`, "call_records": `call_records("20210701", "0001")`,
}
