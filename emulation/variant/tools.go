package variant

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// tool is what is known of a program's command line.
type tool struct {
	// switches are the characters an option may begin with, the usual first.
	switches string
	// lead is how many words after the program must stay first.
	lead int
	// takes lists the options that take the next word; "*" stands for all that
	// are followed by one.
	takes string
	// caseless says that options and verbs may be in any case.
	caseless bool
	// quotes says that an empty pair of them inside a word is taken out.
	quotes bool
	// fixed says that the order of the words means something.
	fixed bool
	// long are the long names of short options.
	long map[string]string
}

// tools are by program. What is not known for certain of one is left out.
//
// Those of Windows are what was measured on Windows 11 for ArgFuscator, a file a
// program at https://github.com/wietze/ArgFuscator.net/tree/main/models: switches
// are its OptionCharSubstitution, caseless is RandomCase of arguments, quotes
// QuoteInsertion into arguments. Where it has no such file, or more is known:
//   - cmd: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
//   - schtasks, parameters in any order:
//     https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc725744(v=ws.11)
//   - csvde: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-r2-and-2008/cc771621(v=ws.11)
//   - dsquery: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc725702(v=ws.11)
//   - appcmd: https://learn.microsoft.com/iis/get-started/getting-started-with-iis/getting-started-with-appcmdexe
//   - rar, which reads its line as UnRAR does: IsSwitch takes both characters,
//     GetCmdParam two adjoining quotes for one that is meant:
//     https://www.rarlab.com/rar_add.htm, cmddata.cpp and strfn.cpp
//   - 7za, IsItSwitchChar: https://github.com/ip7z/7zip/blob/main/CPP/Common/CommandLineParser.cpp
//
// Those of Linux are from their manual pages in Debian 12.
var tools = map[string]tool{
	"cmd":        {switches: "/", caseless: true, fixed: true},
	"powershell": {switches: "-/", caseless: true, fixed: true},
	"schtasks":   {switches: "/-", takes: "*", caseless: true, quotes: true},
	"whoami":     {switches: "/-", takes: "fo", caseless: true, quotes: true},
	"ipconfig":   {switches: "/-", caseless: true, quotes: true},
	"ping":       {switches: "-/", takes: "n w", quotes: true}, // -s and -S are two
	"netstat":    {switches: "-/", takes: "p", caseless: true, quotes: true},
	"nbtstat":    {switches: "-/", quotes: true}, // -a and -A are two
	"nltest":     {switches: "/", caseless: true, quotes: true},
	"makecab":    {switches: "/-", takes: "L D F", quotes: true},
	"wevtutil":   {switches: "/-", lead: 1, caseless: true},
	"net":        {switches: "/", caseless: true, quotes: true},
	"net1":       {switches: "/", caseless: true, quotes: true},
	"reg":        {switches: "/-", lead: 1, takes: "*", caseless: true, quotes: true},
	"sc":         {lead: 1, caseless: true, quotes: true},
	"robocopy":   {switches: "/-", caseless: true, quotes: true},
	"xcopy":      {switches: "/", caseless: true},
	"appcmd":     {switches: "/", lead: 2},
	"netsh":      {caseless: true, quotes: true},
	"wmic":       {switches: "/-", caseless: true, fixed: true},
	"fsutil":     {switches: "/", lead: 2, quotes: true},
	"query":      {switches: "/-", caseless: true, quotes: true},
	"csvde":      {switches: "-", takes: "*"},
	"dsquery":    {switches: "-", lead: 1, takes: "*"},
	"rar":        {switches: "-/", lead: 1},
	"7za":        {switches: "-", lead: 1},

	"tar": {switches: "-", takes: "f C", long: map[string]string{
		"c": "create", "x": "extract", "z": "gzip", "j": "bzip2", "f": "file", "C": "directory"}},
	"zip":      {switches: "-", takes: "P s", long: map[string]string{"r": "recurse-paths", "P": "password", "q": "quiet"}},
	"gzip":     {switches: "-", long: map[string]string{"k": "keep", "d": "decompress", "c": "stdout"}},
	"split":    {switches: "-", takes: "b l a", long: map[string]string{"b": "bytes", "l": "lines", "d": "numeric-suffixes"}},
	"mkdir":    {switches: "-", takes: "m", long: map[string]string{"p": "parents", "m": "mode"}},
	"cp":       {switches: "-", takes: "t", long: map[string]string{"t": "target-directory", "r": "recursive", "a": "archive"}},
	"rm":       {switches: "-", long: map[string]string{"f": "force", "r": "recursive"}},
	"ln":       {switches: "-", long: map[string]string{"s": "symbolic", "f": "force"}},
	"tee":      {switches: "-", long: map[string]string{"a": "append"}},
	"touch":    {switches: "-", takes: "r d t", long: map[string]string{"r": "reference", "d": "date"}},
	"truncate": {switches: "-", takes: "s", long: map[string]string{"s": "size"}},
	"shred":    {switches: "-", takes: "n", long: map[string]string{"u": "remove", "z": "zero", "n": "iterations"}},
	"sed":      {switches: "-", long: map[string]string{"i": "in-place", "n": "quiet"}},
	"grep": {switches: "-", takes: "f", long: map[string]string{
		"r": "recursive", "l": "files-with-matches", "F": "fixed-strings", "f": "file"}},
	"useradd": {switches: "-", takes: "s c d u g G p", long: map[string]string{
		"m": "create-home", "s": "shell", "c": "comment", "d": "home-dir", "u": "uid", "g": "gid", "G": "groups", "o": "non-unique"}},
	"usermod": {switches: "-", takes: "G", long: map[string]string{"a": "append", "G": "groups"}},
	"pg_dump": {switches: "-", takes: "t f U h", long: map[string]string{
		"t": "table", "f": "file", "U": "username", "h": "host", "F": "format"}},
	"psql":    {switches: "-", takes: "f U h o", long: map[string]string{"f": "file", "U": "username", "h": "host", "o": "output", "c": "command"}},
	"uname":   {switches: "-", long: map[string]string{"a": "all"}},
	"ss":      {switches: "-", long: map[string]string{"t": "tcp", "n": "numeric", "p": "processes", "l": "listening"}},
	"openssl": {switches: "-", lead: 1, takes: "pass in out"},
}

// toolOf is what is known of a process' program.
func toolOf(p effect.Process) (tool, bool) {
	known, ok := tools[toolName(p)]
	return known, ok
}

// option reports whether a word is one of the program's options, and its name.
func (t tool) option(word string) (name string, ok bool) {
	if len(word) < 2 || !strings.ContainsRune(t.switches, rune(word[0])) {
		return "", false
	}
	return word[1:], true
}

// takesNext reports whether an option takes the next word. Of short options in
// one word it is the last that does.
func (t tool) takesNext(name string) bool {
	if t.takes == "*" {
		return true
	}
	for _, one := range strings.Fields(t.takes) {
		if name == one || len(one) == 1 && t.long != nil && !strings.HasPrefix(name, "-") && strings.HasSuffix(name, one) && t.short(name) {
			return true
		}
	}
	return false
}

// short reports whether a word is made of short options that are known.
func (t tool) short(name string) bool {
	for _, r := range name {
		if t.long[string(r)] == "" {
			return false
		}
	}
	return true
}
