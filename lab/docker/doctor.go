package docker

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/google/uuid"
	"github.com/moby/moby/api/types/system"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/lab/inside"
)

// Finding is one thing the doctor looked at.
type Finding struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Answer string `json:"answer"`
	// WhatToDo is empty where it is well.
	WhatToDo string `json:"what_to_do,omitempty"`
}

// oldestAPI is that of the oldest engine that can do what is needed: Docker 20.10.
var oldestAPI = [2]int{1, 41}

// Doctor looks at all that a run needs, up to a trial asset. What depends on
// something that is not well is not looked at.
func Doctor(ctx context.Context, o Options) []Finding {
	binary := checkProgram(o)
	found := append([]Finding{binary}, podmanFindings(o.Env)...)
	e, err := connect(ctx, o.Env)
	if err != nil {
		away, _ := errors.AsType[unreachable](err) // connect has no other
		return append(found, Finding{Name: "engine", Answer: away.answer(), WhatToDo: away.whatToDo()})
	}
	defer e.Close()
	version := e.checkVersion(ctx)
	found = append(found, version)
	if info, err := e.Info(ctx, client.InfoOptions{}); err != nil {
		found = append(found, newFinding("limits", err, "", "see the engine's log"))
	} else {
		found = append(found, limitsFinding(info.Info), seccompFinding(info.Info), hostFinding(info.Info))
	}
	found = append(found, checkLeftovers(ctx, o), e.checkServices(ctx), e.checkOwnImages(ctx))
	if !binary.OK || !version.OK {
		return found
	}
	return append(found, checkTrial(ctx, o)...)
}

// newFinding is well with an answer, or not well with an error.
func newFinding(name string, err error, answer, whatToDo string) Finding {
	if err != nil {
		return Finding{Name: name, Answer: err.Error(), WhatToDo: whatToDo}
	}
	return Finding{Name: name, OK: true, Answer: answer}
}

// checkProgram looks at what runs inside assets, for each processor.
func checkProgram(o Options) Finding {
	for _, architecture := range inside.Architectures {
		program, err := o.Inside(architecture)
		if err == nil {
			_, err = image.FromBinary(program, "doctor")
		}
		if err != nil {
			return newFinding("binary", err, "", "build ringer with `make build`")
		}
	}
	return newFinding("binary", nil, "contains the program for assets, for Linux on "+strings.Join(inside.Architectures[:], " and "), "")
}

// podmanFindings says of a Podman that is there why it is not used; that is well.
func podmanFindings(env func(string) string) []Finding {
	sockets := []string{"/run/podman/podman.sock"}
	if folder := env("XDG_RUNTIME_DIR"); folder != "" {
		sockets = append(sockets, filepath.Join(folder, "podman", "podman.sock"))
	}
	for _, socket := range sockets {
		if exists(socket) {
			return []Finding{newFinding("podman", nil, "is at "+socket+", and is not used: "+podmanReason, "")}
		}
	}
	return nil
}

func (e engine) checkVersion(ctx context.Context) Finding {
	server, err := e.ServerVersion(ctx, client.ServerVersionOptions{})
	if err != nil {
		return newFinding("engine", err, "", newerEngine)
	}
	if err := checkEngineAPI(server); err != nil {
		return newFinding("engine", err, "", newerEngine)
	}
	answer := fmt.Sprintf("%s with API %s at %s (from %s)", server.Version, server.APIVersion, e.endpoint.host, e.endpoint.source)
	return newFinding("engine", checkPlatform(server), answer, platformToDo(server))
}

// checkOwnImages is well in any case: all else can be performed where the processes of an
// image of a user's own cannot be traced.
func (e engine) checkOwnImages(ctx context.Context) Finding {
	server, err := e.ServerVersion(ctx, client.ServerVersionOptions{})
	answer := "assets can be made of images of your own, as far as `ringer run --allow` allows what they need"
	if err == nil && server.Arch != tracedArchitecture {
		answer = fmt.Sprintf("assets cannot be made of images of your own: their processes can be traced on %s only, and the engine runs on %s", tracedArchitecture, server.Arch)
	}
	return newFinding("own images", err, answer, newerEngine)
}

// atLeast compares versions such as 1.41; one that cannot be read is too old.
func atLeast(version string, least [2]int) bool {
	first, second, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return false
	}
	minor, err := strconv.Atoi(second)
	return err == nil && (major > least[0] || major == least[0] && minor >= least[1])
}

func limitsFinding(info system.Info) Finding {
	return newFinding("limits", checkLimits(info), "memory, swap, CPU and processes are limited (cgroup v"+info.CgroupVersion+")", enableLimits)
}

func seccompFinding(info system.Info) Finding {
	return newFinding("seccomp", checkSeccomp(info), fmt.Sprintf("an asset may make %d system calls, by ringer's own profile", len(allowedSyscalls())), otherKernel)
}

// hostFinding is well in any case: what the host does not have is one barrier less, and
// for those to know who are to trust in the rest.
func hostFinding(info system.Info) Finding {
	control := accessControlOf(info)
	var have, lack []string
	for _, barrier := range []struct {
		name string
		has  bool
	}{
		{"AppArmor", control.appArmor}, {"SELinux", control.seLinux},
		{"user namespaces", hasSecurityOption(info, "userns") || hasSecurityOption(info, "rootless")},
	} {
		if barrier.has {
			have = append(have, barrier.name)
		} else {
			lack = append(lack, barrier.name)
		}
	}
	var parts []string
	if len(have) > 0 {
		parts = append(parts, strings.Join(have, ", ")+" confine assets as well")
	}
	if len(lack) > 0 {
		parts = append(parts, "no "+strings.Join(lack, ", no ")+", which would confine assets further")
	}
	return newFinding("host", nil, strings.Join(parts, "; "), "")
}

func checkLeftovers(ctx context.Context, o Options) Finding {
	gone, err := Sweep(ctx, o)
	answer := "none"
	if len(gone) > 0 {
		answer = fmt.Sprintf("removed %d containers of runners that have ended", len(gone))
	}
	return newFinding("leftovers", err, answer, "run `ringer clean`")
}

// checkServices is well in any case: real services are optional.
func (e engine) checkServices(ctx context.Context) Finding {
	var have, lack []string
	for _, recipe := range image.Recipes() {
		_, err := e.serviceImage(ctx, recipe)
		switch {
		case err == nil:
			have = append(have, recipe.Service)
		case errdefs.IsNotFound(err):
			lack = append(lack, recipe.Service)
		default:
			return newFinding("services", err, "", "see the engine's log")
		}
	}
	if len(lack) == 0 {
		return newFinding("services", nil, "images available: "+strings.Join(have, ", "), "")
	}
	return newFinding("services", nil, "images missing: "+strings.Join(lack, ", ")+"; steps that need them are skipped; run `ringer images` to build them", "")
}

// checkTrial loads the image and takes an asset from start to end.
func checkTrial(ctx context.Context, o Options) []Finding {
	lab, err := New(ctx, o)
	if err != nil {
		return []Finding{newFinding("lab", err, "", "see the engine's log")}
	}
	_, err = lab.image(ctx, "")
	found := []Finding{newFinding("image", err, "loaded", "free space for the engine's images, or see its log")}
	if err == nil {
		found = append(found, lab.checkTrialAsset(ctx))
	}
	return append(found, newFinding("watchdog", lab.Close(), "started and stopped", "check that ringer's binary can be executed"))
}

func (l *Lab) checkTrialAsset(ctx context.Context) Finding {
	kind := asset.Kind{Name: "trial", Platform: effect.Linux, Files: []asset.File{{Path: "/etc/hostname", Content: []byte("trial\n")}}}
	tried, err := l.Open(ctx, runner.Asset{Name: "trial", Run: uuid.NewString(), Place: asset.Host{Kind: kind, Hostname: "trial"}})
	attempts := 0
	if err == nil {
		attempts = len(tried.IsolationChecks())
		err = tried.Close()
	}
	return newFinding("asset", err, fmt.Sprintf("started; all %d escape attempts were blocked; stopped", attempts),
		"see the engine's log; an asset that is not isolated is never used")
}
