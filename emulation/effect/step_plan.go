package effect

import "github.com/ringer-lab/ringer/emulation/artifact"

// StepPlan is what one step, or one baseline, wants done and how it is proven.
// It is data: building one touches nothing.
type StepPlan struct {
	// Preconditions are what the host has before the step. The agent applies them, unseen
	// by the sensor, after undo is registered and before the checks are looked at.
	Preconditions []Precondition `json:"given,omitempty"`
	// Processes lists the root processes in order; each ends, with all its
	// descendants, before the next one starts.
	Processes []Process `json:"do"`
	// Checks lists the checks. Each must fail before the step and hold after
	// it; only then was the effect the step's own.
	Checks []Check `json:"prove"`
}

// Process is a stand-in to be started in a real program's place.
type Process struct {
	// Image is the program's platform path, such as
	// `C:\Windows\System32\schtasks.exe`. The stand-in is installed there before
	// the step where the asset has none yet.
	Image string `json:"image"`
	// Args is the argument vector as typed, the program's own name first. The
	// stand-in ignores it: it is footprint only.
	Args []string `json:"args"`
	// User is the account the process stands for, such as `CARRIER\svc_backup`
	// or `mediation`. The kernel's user is the same for all.
	User string `json:"user,omitempty"`
	// Integrity is the integrity level that a Windows process runs at (Medium,
	// High, …); empty follows from the account.
	Integrity string `json:"integrity,omitempty"`
	// Resource is the version resource of the stand-in that is installed; nil is
	// that of the program which is usually at Image.
	Resource *artifact.Resource `json:"resource,omitempty"`
	// Dir is the working directory, a platform path; empty is the root.
	Dir string `json:"dir,omitempty"`
	// Resident marks a process that on a real host had been running before
	// (a login shell, a service host, a web worker). It is really started here,
	// as someone has to be the parent, but its start is no telemetry.
	Resident bool `json:"resident,omitempty"`
	// Peers are the hosts that loopback addresses stand for, as far as this
	// process is concerned.
	Peers []Peer `json:"peers,omitempty"`
	// Remote marks a program on another host: nothing is started here, and no
	// sensor of this host sees it. The agent performs its acts, which can only
	// be requests to the asset's real service.
	Remote bool `json:"away,omitempty"`
	// Acts are performed in order, children included.
	Acts []Act `json:"-"`
}
