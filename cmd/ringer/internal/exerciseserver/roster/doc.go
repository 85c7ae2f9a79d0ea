// Package roster reads who takes part in an exercise: teams with their members, from a
// file of HCL or of plain lines. It knows no server and no log. Start at [Parse].
package roster
