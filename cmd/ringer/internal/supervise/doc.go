// Package supervise runs a command in a second process of the same program, and gives
// the exit code of how that ended. Go ends a process with code 2 on a panic, and where
// memory, threads or descriptors run out, and nothing in the process can hold that up;
// a command that gives 2 another meaning needs somebody outside to tell the two apart.
// The package knows processes and signals, and no command. Start at [Main];
// [Interruptible] is for the command.
package supervise
