package evasion

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// tool is what is known of a program's command line.
type tool struct {
	// switches are the characters an option may begin with, the usual first.
	switches string
	// leadingWords is how many words after the program must stay first.
	leadingWords int
	// valueOptions lists the options that take the next word; "*" stands for all that
	// are followed by one.
	valueOptions string
	// caseInsensitive says that options and verbs may be in any case.
	caseInsensitive bool
	// dropsEmptyQuotes says that an empty pair of them inside a word is taken out.
	dropsEmptyQuotes bool
	// orderMatters says that the order of the words means something.
	orderMatters bool
	// longNames are the long names of short options.
	longNames map[string]string
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
	"cmd":        {switches: "/", caseInsensitive: true, orderMatters: true},
	"powershell": {switches: "-/", caseInsensitive: true, orderMatters: true},
	"schtasks":   {switches: "/-", valueOptions: "*", caseInsensitive: true, dropsEmptyQuotes: true},
	"whoami":     {switches: "/-", valueOptions: "fo", caseInsensitive: true, dropsEmptyQuotes: true},
	"ipconfig":   {switches: "/-", caseInsensitive: true, dropsEmptyQuotes: true},
	"ping":       {switches: "-/", valueOptions: "n w", dropsEmptyQuotes: true}, // -s and -S are two
	"netstat":    {switches: "-/", valueOptions: "p", caseInsensitive: true, dropsEmptyQuotes: true},
	"nbtstat":    {switches: "-/", dropsEmptyQuotes: true}, // -a and -A are two
	"nltest":     {switches: "/", caseInsensitive: true, dropsEmptyQuotes: true},
	"makecab":    {switches: "/-", valueOptions: "L D F", dropsEmptyQuotes: true},
	"wevtutil":   {switches: "/-", leadingWords: 1, caseInsensitive: true},
	"net":        {switches: "/", caseInsensitive: true, dropsEmptyQuotes: true},
	"net1":       {switches: "/", caseInsensitive: true, dropsEmptyQuotes: true},
	"reg":        {switches: "/-", leadingWords: 1, valueOptions: "*", caseInsensitive: true, dropsEmptyQuotes: true},
	"sc":         {leadingWords: 1, caseInsensitive: true, dropsEmptyQuotes: true},
	"robocopy":   {switches: "/-", caseInsensitive: true, dropsEmptyQuotes: true},
	"xcopy":      {switches: "/", caseInsensitive: true},
	"appcmd":     {switches: "/", leadingWords: 2},
	"netsh":      {caseInsensitive: true, dropsEmptyQuotes: true},
	"wmic":       {switches: "/-", caseInsensitive: true, orderMatters: true},
	"fsutil":     {switches: "/", leadingWords: 2, dropsEmptyQuotes: true},
	"query":      {switches: "/-", caseInsensitive: true, dropsEmptyQuotes: true},
	"csvde":      {switches: "-", valueOptions: "*"},
	"dsquery":    {switches: "-", leadingWords: 1, valueOptions: "*"},
	"rar":        {switches: "-/", leadingWords: 1},
	"7za":        {switches: "-", leadingWords: 1},

	"tar": {switches: "-", valueOptions: "f C", longNames: map[string]string{
		"c": "create", "x": "extract", "z": "gzip", "j": "bzip2", "f": "file", "C": "directory"}},
	"zip":      {switches: "-", valueOptions: "P s", longNames: map[string]string{"r": "recurse-paths", "P": "password", "q": "quiet"}},
	"gzip":     {switches: "-", longNames: map[string]string{"k": "keep", "d": "decompress", "c": "stdout"}},
	"split":    {switches: "-", valueOptions: "b l a", longNames: map[string]string{"b": "bytes", "l": "lines", "d": "numeric-suffixes"}},
	"mkdir":    {switches: "-", valueOptions: "m", longNames: map[string]string{"p": "parents", "m": "mode"}},
	"cp":       {switches: "-", valueOptions: "t", longNames: map[string]string{"t": "target-directory", "r": "recursive", "a": "archive"}},
	"rm":       {switches: "-", longNames: map[string]string{"f": "force", "r": "recursive"}},
	"ln":       {switches: "-", longNames: map[string]string{"s": "symbolic", "f": "force"}},
	"tee":      {switches: "-", longNames: map[string]string{"a": "append"}},
	"touch":    {switches: "-", valueOptions: "r d t", longNames: map[string]string{"r": "reference", "d": "date"}},
	"truncate": {switches: "-", valueOptions: "s", longNames: map[string]string{"s": "size"}},
	"shred":    {switches: "-", valueOptions: "n", longNames: map[string]string{"u": "remove", "z": "zero", "n": "iterations"}},
	"sed":      {switches: "-", longNames: map[string]string{"i": "in-place", "n": "quiet"}},
	"grep": {switches: "-", valueOptions: "f", longNames: map[string]string{
		"r": "recursive", "l": "files-with-matches", "F": "fixed-strings", "f": "file"}},
	"useradd": {switches: "-", valueOptions: "s c d u g G p", longNames: map[string]string{
		"m": "create-home", "s": "shell", "c": "comment", "d": "home-dir", "u": "uid", "g": "gid", "G": "groups", "o": "non-unique"}},
	"usermod": {switches: "-", valueOptions: "G", longNames: map[string]string{"a": "append", "G": "groups"}},
	"pg_dump": {switches: "-", valueOptions: "t f U h", longNames: map[string]string{
		"t": "table", "f": "file", "U": "username", "h": "host", "F": "format"}},
	"psql":    {switches: "-", valueOptions: "f U h o", longNames: map[string]string{"f": "file", "U": "username", "h": "host", "o": "output", "c": "command"}},
	"uname":   {switches: "-", longNames: map[string]string{"a": "all"}},
	"ss":      {switches: "-", longNames: map[string]string{"t": "tcp", "n": "numeric", "p": "processes", "l": "listening"}},
	"openssl": {switches: "-", leadingWords: 1, valueOptions: "pass in out"},
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
	if t.valueOptions == "*" {
		return true
	}
	for _, option := range strings.Fields(t.valueOptions) {
		if name == option || len(option) == 1 && t.longNames != nil && !strings.HasPrefix(name, "-") && strings.HasSuffix(name, option) && t.allShort(name) {
			return true
		}
	}
	return false
}

// allShort reports whether a word is made of short options that are known.
func (t tool) allShort(name string) bool {
	for _, r := range name {
		if t.longNames[string(r)] == "" {
			return false
		}
	}
	return true
}
