package windows

import "strings"

// commandLine is the one string that a Windows program is started with.
// A vector of one element is that string already (see the package comment).
func commandLine(argv []string) string {
	if len(argv) == 1 {
		return argv[0]
	}
	var line strings.Builder
	for i, arg := range argv {
		if i > 0 {
			line.WriteByte(' ')
		}
		quoteWindows(&line, arg, i == 0)
	}
	return line.String()
}

// quoteWindows writes an argument so that CommandLineToArgvW gives it back:
// https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw
// A backslash means itself unless a quote follows; the program's name is taken
// up to the next quote or blank, backslashes and all.
func quoteWindows(line *strings.Builder, arg string, program bool) {
	if arg != "" && !strings.ContainsAny(arg, " \t\n\v\"") {
		line.WriteString(arg)
		return
	}
	line.WriteByte('"')
	if program {
		line.WriteString(arg)
	} else {
		escapeQuotes(line, arg)
	}
	line.WriteByte('"')
}

// escapeQuotes doubles the backslashes before a quote, the closing one
// included, and puts one more before a quote that is meant.
func escapeQuotes(line *strings.Builder, arg string) {
	backslashes := 0
	for i := range len(arg) {
		switch arg[i] {
		case '\\':
			backslashes++
			continue
		case '"':
			backslashes = 2*backslashes + 1
		}
		line.WriteString(strings.Repeat(`\`, backslashes))
		backslashes = 0
		line.WriteByte(arg[i])
	}
	line.WriteString(strings.Repeat(`\`, 2*backslashes))
}

// splitArguments splits a command line as CommandLineToArgvW does.
func splitArguments(line string) []string {
	program, rest := splitProgram(line)
	argv := []string{program}
	for {
		rest = strings.TrimLeft(rest, " \t\n\v")
		if rest == "" {
			return argv
		}
		var arg string
		arg, rest = nextArgument(rest)
		argv = append(argv, arg)
	}
}

// splitProgram splits off the program's name, which knows no escapes.
func splitProgram(line string) (name, rest string) {
	if quoted, ok := strings.CutPrefix(line, `"`); ok {
		name, rest, _ = strings.Cut(quoted, `"`)
		return name, rest
	}
	end := strings.IndexAny(line, " \t\n\v")
	if end < 0 {
		return line, ""
	}
	return line[:end], line[end:]
}

// nextArgument reads one argument: inside quotes a doubled quote is one, and
// the quotes stay open.
func nextArgument(line string) (arg, rest string) {
	var out strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\':
			run := len(line[i:]) - len(strings.TrimLeft(line[i:], `\`))
			i += run - 1
			if i+1 == len(line) || line[i+1] != '"' {
				out.WriteString(strings.Repeat(`\`, run))
				continue
			}
			out.WriteString(strings.Repeat(`\`, run/2))
			if run%2 == 1 {
				out.WriteByte('"')
				i++
			}
		case c == '"' && quoted && i+1 < len(line) && line[i+1] == '"':
			out.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(" \t\n\v", c) >= 0:
			return out.String(), line[i:]
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), ""
}
