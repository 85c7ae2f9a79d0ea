package literalscan

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Literal is a folded literal that a text has to hold, once folded, for a
// predicate to be true of it.
type Literal struct {
	Position Position
	Text     string
}

// Position is where a literal has to stand in a text.
type Position uint8

const (
	Anywhere  Position = iota // in the text
	AtStart                   // the text begins with the literal
	AtEnd                     // the text ends with it
	WholeText                 // the text is the literal
)

// Selective reports whether looking for the literal is worth it: an empty one, and
// a single byte of everyday texts, stand everywhere.
func (n Literal) Selective() bool {
	switch {
	case n.Position == WholeText:
		return true
	case n.Text == "":
		return false
	case n.Position == Anywhere && len(n.Text) < bigramSize:
		return !n.isCommonByte()
	}
	return true
}

// IsCommon says that everyday events hold the literal.
func (n Literal) IsCommon() bool {
	if n.Position == WholeText {
		return slices.Contains(commonTexts, n.Text)
	}
	return slices.ContainsFunc(commonTexts, func(t string) bool { return strings.Contains(t, n.Text) })
}

// isCommonByte says that a single byte stands in most events.
func (n Literal) isCommonByte() bool {
	c := n.Text[0]
	return c >= utf8.RuneSelf || c <= ' ' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || n.IsCommon()
}

// commonTexts are what everyday paths and command lines are full of.
var commonTexts = []string{
	`c:\windows\system32\`, `c:\windows\syswow64\`, `c:\program files (x86)\`, `c:\users\`,
	`\appdata\local\temp\`, `\appdata\roaming\microsoft\windows\start menu\`, `\windowspowershell\v1.0\powershell.exe`,
	`\cmd.exe`, `\rundll32.exe`, `\svchost.exe`, `\explorer.exe`, `\services.exe`, `\conhost.exe`, `.exe" -`, `.dll,`, ` /c `,
	`microsoft corporation`, `medium`, `high`, `system`, `1`, `microsoft® windows® operating system`, `nt authority\system`, `http://www.`, `https://`, `.com/`,
	`/usr/bin/`, `/usr/sbin/`, `/bin/sh -c `, `/bin/bash`, `/etc/`, `/tmp/`, `/var/log/`, `--config`, `root`,
	`hklm\software\microsoft\windows\currentversion\`, `hklm\system\currentcontrolset\services\`, `program`,
	` create `, `set-`, `get-`, `new-object `, `invoke-`, `-command `, `0000`, `==`,
}
