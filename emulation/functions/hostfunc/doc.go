// Package hostfunc has the functions that only expressions of a library can call, beside
// those of package functions: they write what stands on a host as package artifact has
// it, so that no author has to know where a task lies or how a line of a log is written,
// and ask a host for what stands there. None reads anything of the computer that ringer
// runs on. Start at [All].
package hostfunc
