package export

import "strconv"

// auditArgumentsOf uses the arguments a0, a1, … of an EXECVE record, as far as they
// follow each other.
func auditArgumentsOf(f *fields) []string {
	var args []string
	for i := 0; ; i++ {
		name := "a" + strconv.Itoa(i)
		text, ok := textOf(f.values[name])
		if !ok {
			return args
		}
		f.used[name] = true
		args = append(args, text)
	}
}
