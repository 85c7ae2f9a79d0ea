package watch_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/detect/watch"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

const (
	container = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	within    = 400 * time.Millisecond
	wait      = 1200 * time.Millisecond
)

// action is what a step does: a program writes a file and connects.
type action struct {
	program, file string
	port          int
}

// seen is what a tool alerts on.
type seen struct {
	id, rule string
	of       action
	at       time.Time // zero is that the tool does not say
}

// tool is a tool that writes in its own format and sends in its own way.
type tool struct {
	format string
	// write is an alert as the tool writes it.
	write func(seen) map[string]any
	// start makes the way that alerts go, and returns how one is sent.
	start func(t *testing.T, d *watch.Detector) (send func(alerts ...map[string]any))
}

func stamp(at time.Time, layout string) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format(layout)
}

func tools() []tool {
	const iso, offset = "2006-01-02T15:04:05.000000000Z", "2006-01-02T15:04:05.000000-0700"
	return []tool{
		{"falco", func(s seen) map[string]any {
			return map[string]any{
				"uuid": s.id, "rule": s.rule, "priority": "Notice", "source": "syscall", "time": stamp(s.at, iso), "hostname": "node-7",
				"output_fields": map[string]any{"container.id": container[:12], "proc.name": filepath.Base(s.of.program), "proc.exepath": s.of.program, "proc.pname": "bash", "fd.name": s.of.file},
			}
		}, posted},
		{"tetragon", func(s seen) map[string]any {
			return map[string]any{
				"node_name": "node-7", "time": stamp(s.at, iso), "process_kprobe": map[string]any{
					"process": map[string]any{"exec_id": s.id, "binary": s.of.program, "arguments": s.of.file, "docker": container[:15]}, "parent": map[string]any{"binary": "/usr/bin/bash"},
					"policy_name": s.rule, "args": []any{map[string]any{"file_arg": map[string]any{"path": s.of.file}}},
				},
			}
		}, appended},
		{"wazuh", func(s seen) map[string]any {
			return map[string]any{
				"id": s.id, "timestamp": stamp(s.at, offset), "rule": map[string]any{"id": "100001", "description": s.rule, "level": 7}, "agent": map[string]any{"name": "BILLING01"},
				"data": map[string]any{"audit": map[string]any{"command": filepath.Base(s.of.program), "exe": s.of.program}}, "syscheck": map[string]any{"path": s.of.file},
			}
		}, appended},
		{"suricata", func(s seen) map[string]any {
			return map[string]any{
				"flow_id": s.id, "timestamp": stamp(s.at, offset), "event_type": "alert", "src_ip": "127.0.0.1", "src_port": 40000, "dest_ip": "127.0.0.9", "dest_port": s.of.port,
				"proto": "TCP", "alert": map[string]any{"signature": s.rule, "signature_id": 2001, "severity": 1},
			}
		}, rotated},
		{"elastic", func(s seen) map[string]any {
			source := map[string]any{
				"kibana.alert.rule.name": s.rule, "kibana.alert.uuid": s.id, "host": map[string]any{"name": "billing01.corp.example"}, "process": map[string]any{"name": filepath.Base(s.of.program), "executable": s.of.program},
				"file": map[string]any{"path": s.of.file}, "event.kind": "signal",
			}
			if !s.at.IsZero() {
				source["kibana.alert.original_time"] = stamp(s.at, iso)
			}
			return map[string]any{"_id": s.id, "_source": source}
		}, searched(func(alerts []map[string]any) any { return map[string]any{"hits": map[string]any{"hits": alerts}} })},
		{"splunk", func(s seen) map[string]any {
			return map[string]any{
				"event_id": s.id, "search_name": s.rule, "orig_time": stamp(s.at, iso), "dest": "BILLING01", "process_name": filepath.Base(s.of.program), "process_path": s.of.program,
				"parent_process_name": "bash", "file_path": s.of.file,
			}
		}, searched(func(alerts []map[string]any) any { return map[string]any{"results": alerts} })},
	}
}

// posted sends each alert with a request, as Falco's HTTP output and webhooks do.
func posted(t *testing.T, d *watch.Detector) func(...map[string]any) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := free.Addr().String()
	require.NoError(t, free.Close())
	d.Listen = address + "/alerts"
	return func(alerts ...map[string]any) {
		for _, alert := range alerts {
			text, err := json.Marshal(alert)
			require.NoError(t, err)
			answer, err := http.Post("http://"+address+"/alerts", "application/json", strings.NewReader(string(text))) //nolint:noctx // the test's own server
			require.NoError(t, err)
			require.NoError(t, answer.Body.Close())
			require.Equal(t, http.StatusNoContent, answer.StatusCode)
		}
	}
}

// appended adds lines to a file, some in two pieces.
func appended(t *testing.T, d *watch.Detector) func(...map[string]any) {
	t.Helper()
	d.File = filepath.Join(t.TempDir(), "alerts.json")
	require.NoError(t, os.WriteFile(d.File, []byte("{\"old\":1}\n"), 0o600))
	return func(alerts ...map[string]any) {
		for _, alert := range alerts {
			text, err := json.Marshal(alert)
			require.NoError(t, err)
			add(t, d.File, string(text[:len(text)/2]))
			time.Sleep(60 * time.Millisecond)
			add(t, d.File, string(text[len(text)/2:])+"\n")
		}
	}
}

// rotated moves the file away before each alert.
func rotated(t *testing.T, d *watch.Detector) func(...map[string]any) {
	t.Helper()
	send := appended(t, d)
	n := 0
	return func(alerts ...map[string]any) {
		n++
		require.NoError(t, os.Rename(d.File, fmt.Sprintf("%s.%d", d.File, n)))
		add(t, d.File, "{\"event_type\":\"stats\"}\n")
		send(alerts...)
	}
}

func add(t *testing.T, name, text string) {
	t.Helper()
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	require.NoError(t, err)
	_, err = file.WriteString(text)
	require.NoError(t, err)
	require.NoError(t, file.Close())
}

// searched answers a query with all alerts so far, each time again, to who has the secret.
func searched(answer func([]map[string]any) any) func(*testing.T, *watch.Detector) func(...map[string]any) {
	return func(t *testing.T, d *watch.Detector) func(...map[string]any) {
		t.Helper()
		var mutex sync.Mutex
		all := []map[string]any{}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mutex.Lock()
			defer mutex.Unlock()
			if r.Header.Get("Authorization") != "Bearer secret" || r.Method != http.MethodPost {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			_ = json.NewEncoder(w).Encode(answer(all))
		}))
		t.Cleanup(server.Close)
		d.SecretEnv, d.Poll = "SIEM", &outside.Poll{URL: server.URL, Body: `{"since":"{since}"}`, Every: 100 * time.Millisecond}
		return func(alerts ...map[string]any) {
			mutex.Lock()
			defer mutex.Unlock()
			all = append(all, alerts...)
		}
	}
}

// performance is a run that is put together step by step, as a lab would.
type performance struct {
	*runner.RunRecord
}

func newPerformance() performance {
	kind := asset.Kind{Name: "billing", Platform: effect.Linux}
	return performance{&runner.RunRecord{
		Plan:   &plan.Plan{Name: "billing", Assets: []plan.Asset{{Name: "billing", Place: asset.Host{Kind: kind, Hostname: "BILLING01"}}}},
		Assets: []runner.AssetRecord{{Name: "billing", Container: container}}, Start: time.Now(),
	}}
}

// perform does an action for a little while, which an expectation is of.
func (p performance) perform(name string, of action, expect ...plan.Expectation) (halfway time.Time) {
	began := time.Now()
	time.Sleep(20 * time.Millisecond)
	halfway = time.Now()
	time.Sleep(20 * time.Millisecond)
	p.Plan.Steps = append(p.Plan.Steps, plan.Step{ID: name, Asset: "billing", Outside: expect})
	p.Steps = append(p.Steps, runner.StepRecord{
		ID: name, Asset: "billing", Began: began, Ended: time.Now(),
		Events: []event.Event{{ID: "billing-" + name, Provenance: event.Observed}},
		Outcome: runner.Outcome{Proofs: []effect.Proof{{Check: "it is there", Before: "it was not"}}, Observations: []event.Observation{
			{Kind: event.Exec, Process: 1, Path: "/asset/root/usr/bin/bash", Argv: []string{"-bash"}},
			{Kind: event.Exec, Process: 2, Parent: 1, Path: "/asset/root" + of.program, Argv: []string{of.program, of.file}},
			{Kind: event.Create, Process: 2, Parent: 1, Path: "/asset/root" + of.file},
			{Kind: event.Connect, Process: 2, Parent: 1, Socket: &event.Socket{Protocol: "tcp", Local: netip.MustParseAddrPort("127.0.0.1:40000"), Remote: netip.AddrPortFrom(netip.MustParseAddr("127.0.0.9"), uint16(of.port))}},
		}},
	})
	return halfway
}

func fires(rule string) plan.Expectation {
	return plan.Expectation{Detector: "tool.host", Rule: rule, Title: rule, Want: verdict.Fires, Least: 1, Most: 1}
}

// Each format satisfies an expectation, comes late in another, never in a third, twice in a
// fourth; two steps on one host are told apart by time, or the alert is ambiguous. What is
// recorded is judged the same again.
func TestEachToolsAlertsAreJudged(t *testing.T) {
	t.Parallel()
	for _, one := range tools() {
		t.Run(one.format, func(t *testing.T) {
			t.Parallel()
			d := watch.Detector{Detector: outside.Detector{Name: "tool.host", Format: one.format, Within: within, Wait: wait}}
			send := one.start(t, &d)
			env := func(name string) string { return map[string]string{"SIEM": "Bearer secret"}[name] }
			w, err := watch.Open(t.Context(), watch.Options{Now: time.Now, Env: env}, []watch.Detector{d})
			require.NoError(t, err)
			defer w.Close()
			p := newPerformance()
			alert := func(id, rule string, of action, at time.Time) map[string]any {
				return one.write(seen{id, rule, of, at})
			}
			timely, late := action{"/usr/bin/tee", "/etc/cron.d/a", 4001}, action{"/usr/bin/cp", "/etc/cron.d/b", 4002}
			never, twice := action{"/usr/bin/rm", "/etc/cron.d/c", 4003}, action{"/usr/bin/mv", "/etc/cron.d/d", 4004}
			alike := action{"/usr/bin/ln", "/etc/cron.d/e", 4005}

			send(alert("a", "Timely", timely, p.perform("timely", timely, fires("Timely"))))
			until(t, w, func(w outside.Watch) bool { return len(w.Arrivals) > 0 })
			lateAt := p.perform("late", late, fires("Late"))
			p.perform("never", never, fires("Never"))
			twiceAt := p.perform("twice", twice, fires("Twice"))
			send(alert("d1", "Twice", twice, twiceAt), alert("d2", "Twice", twice, twiceAt.Add(time.Millisecond)))
			p.perform("one", alike, fires("Alike"), fires("Timeless"))
			otherAt := p.perform("other", alike, fires("Alike"), fires("Timeless"))
			send(alert("e1", "Alike", alike, otherAt), alert("e2", "Timeless", alike, time.Time{}))
			time.Sleep(time.Until(p.Steps[1].Ended.Add(within + 100*time.Millisecond)))
			send(alert("b", "Late", late, lateAt))
			w.Until(t.Context(), func(all []outside.Watch) bool {
				p.Watches = all
				return result.PendingOutside(p.RunRecord, time.Now()) == 0
			})

			judges := result.Judges{BaselineSilent: func(string) bool { return false }, Today: time.Now()}
			judged, err := judges.Conclude(t.Context(), p.RunRecord)
			require.NoError(t, err)
			is := map[string]result.Expectation{}
			for _, step := range judged.Steps {
				for _, e := range step.Expectations {
					is[step.ID+" "+e.Rule] = e
				}
			}
			for name, want := range map[string]verdict.Verdict{
				"timely Timely": verdict.Detected, "late Late": verdict.DetectedLate, "never Never": verdict.Missed, "twice Twice": verdict.Detected,
				"one Alike": verdict.Missed, "other Alike": verdict.Detected, "one Timeless": verdict.Skipped, "other Timeless": verdict.Skipped,
			} {
				assert.Equal(t, want, is[name].Verdict, "%s is %s: %s", name, is[name].Verdict, is[name].Reason)
			}
			require.Len(t, is["twice Twice"].Outside, 1)
			assert.Equal(t, 2, is["twice Twice"].Outside[0].Number, "it is counted once, with its number")
			assert.Contains(t, is["other Alike"].Outside[0].By, outside.Time)
			assert.NotContains(t, is["timely Timely"].Outside[0].By, outside.Time, "by evidence alone")
			assert.Contains(t, is["one Timeless"].Reason, "it matches one and other equally")
			assert.Contains(t, is["late Late"].Reason, "which is more than 400ms")
			assert.Positive(t, is["late Late"].Outside[0].AfterSeconds)
			require.Len(t, judged.Outside, 1)
			assert.Empty(t, judged.Outside[0].Outages)
			assert.Zero(t, judged.Outside[0].Unreadable, judged.Outside[0].Problem)

			again, err := judges.Conclude(t.Context(), p.RunRecord)
			require.NoError(t, err)
			assert.Equal(t, judged, again)
		})
	}
}
