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
	// raw says that the program reads its line itself, quotes and all.
	raw bool
	// long are the long names of short options.
	long map[string]string
}

// tools are by program, from Microsoft's and the programs' own manuals. That
// both characters begin an option is said of those programs at
// https://learn.microsoft.com/windows-server/administration/windows-commands/
// or in their own help.
var tools = map[string]tool{
	"cmd":        {switches: "/", caseless: true, raw: true},
	"powershell": {switches: "-/", caseless: true, raw: true},
	"schtasks":   {switches: "/-", takes: "*", caseless: true},
	"whoami":     {switches: "/-", caseless: true},
	"ipconfig":   {switches: "/-", caseless: true},
	"ping":       {switches: "-/", takes: "n w", caseless: true},
	"netstat":    {switches: "-/", caseless: true},
	"nbtstat":    {switches: "-/"},
	"nltest":     {switches: "/-", caseless: true},
	"makecab":    {switches: "/-", caseless: true},
	"wevtutil":   {switches: "/-", lead: 1, caseless: true},
	"net":        {switches: "/", caseless: true},
	"net1":       {switches: "/", caseless: true},
	"reg":        {switches: "/", lead: 2, takes: "*", caseless: true},
	"sc":         {lead: 2, caseless: true},
	"robocopy":   {switches: "/", caseless: true},
	"xcopy":      {switches: "/", caseless: true},
	"appcmd":     {switches: "/", lead: 2, caseless: true},
	"netsh":      {caseless: true},
	"wmic":       {switches: "/", caseless: true, lead: 1 << 8}, // its line is a sentence
	"fsutil":     {switches: "/", caseless: true},
	"query":      {switches: "/", caseless: true},
	"csvde":      {switches: "-", takes: "*", caseless: true},
	"dsquery":    {switches: "-", lead: 1, takes: "*", caseless: true},
	"rar":        {switches: "-", lead: 1},
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
