package watch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/outside"
)

// Dropped is a file that a step left, with its path on the host.
type Dropped struct {
	Step, Path string
	Content    []byte
}

// Scan gives dropped files to each detector that looks at files. A content that several
// steps dropped is looked at once and is of each. isolated is whether each program was
// kept from the network; a system where that cannot be done runs it all the same.
func (w *Watcher) Scan(ctx context.Context, files []Dropped) (isolated bool) {
	isolated = true
	for _, s := range w.sources {
		if s.Scanner == nil {
			continue
		}
		wrap := withoutNetwork(ctx)
		isolated = isolated && wrap != nil
		if err := s.scan(ctx, wrap, files); err != nil {
			s.out(err.Error())
			continue
		}
		at := w.options.Now()
		s.with(func(g *outside.Gathering) { g.Answer(at) })
	}
	return isolated
}

// withoutNetwork is what starts a program in a network of its own, in which there is
// nothing; nil where the system does not let it.
func withoutNetwork(ctx context.Context) []string {
	wrap := []string{"unshare", "--user", "--map-current-user", "--net", "--"}
	if exec.CommandContext(ctx, wrap[0], append(wrap[1:], "true")...).Run() != nil {
		return nil
	}
	return wrap
}

// scan looks at each content once, in a temporary folder. It fails if a program could not
// say whether it found something.
func (s *source) scan(ctx context.Context, wrap []string, files []Dropped) error {
	program := "yara"
	if s.Scanner.Rules == "" {
		program = s.Scanner.Command[0]
	}
	if _, err := exec.LookPath(program); err != nil {
		return fmt.Errorf("its program cannot be started: %w", err)
	}
	folder, err := os.MkdirTemp("", "ringer-scan-")
	if err != nil {
		return fmt.Errorf("make a folder for scans: %w", err)
	}
	defer os.RemoveAll(folder)
	found := map[string][]string{}
	for _, file := range files {
		digest := sha256.Sum256(file.Content)
		sum := hex.EncodeToString(digest[:])
		rules, known := found[sum]
		if !known {
			name := filepath.Join(folder, "file-"+strconv.Itoa(len(found)))
			if err := os.WriteFile(name, file.Content, 0o600); err != nil {
				return fmt.Errorf("write a file to scan: %w", err)
			}
			if rules, err = s.look(ctx, wrap, folder, name); err != nil {
				return err
			}
			found[sum] = rules
		}
		at := s.take.options.Now()
		s.with(func(g *outside.Gathering) {
			for _, rule := range rules {
				g.Add(outside.Alert{ID: strings.Join([]string{sum, file.Step, file.Path, rule}, " "), Rule: rule, Step: file.Step, Path: file.Path, SHA256: sum}, at)
			}
		})
	}
	return nil
}

// look has one file looked at, and returns the rules that it meets.
func (s *source) look(ctx context.Context, wrap []string, folder, name string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Scanner.Limit)
	defer cancel()
	argv, yara := append(append([]string(nil), wrap...), s.Scanner.Command...), s.Scanner.Rules != ""
	if yara {
		rules, err := filepath.Abs(s.Scanner.Rules)
		if err != nil {
			return nil, fmt.Errorf("find its rules: %w", err)
		}
		argv = append(argv, "yara", "--no-warnings", rules)
	}
	argv = append(argv, name)
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Dir, command.Env, command.WaitDelay = folder, s.take.environment(), endTime
	said, printed := &tail{}, &bounded{}
	command.Stderr, command.Stdout = said, printed
	err := command.Run()
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("its program did not end within %s", s.Scanner.Limit)
	case err != nil && !ended:
		return nil, fmt.Errorf("its program cannot be started: %w", err)
	case !yara && ended && exit.ExitCode() == s.Scanner.Found:
		_, own, _ := strings.Cut(s.Name, ".")
		return []string{own}, nil
	case err != nil:
		reason := err.Error()
		if text := said.String(); text != "" {
			reason += ": " + text
		}
		return nil, errors.New("its program failed: " + reason)
	case yara:
		return rulesOf(printed.text), nil
	}
	return nil, nil
}

// rulesOf reads what YARA prints: a line for each rule, with the file after it.
func rulesOf(printed []byte) []string {
	var rules []string
	for line := range bytes.Lines(printed) {
		if rule, _, ok := strings.Cut(strings.TrimSpace(string(line)), " "); ok {
			rules = append(rules, rule)
		}
	}
	return rules
}

// mostPrinted is how much of what a scanner prints is read.
const mostPrinted = 1 << 20

// bounded keeps the beginning of what is written to it.
type bounded struct{ text []byte }

// Write never fails.
func (b *bounded) Write(text []byte) (int, error) {
	b.text = append(b.text, text[:min(len(text), mostPrinted-len(b.text))]...)
	return len(text), nil
}
