package artifact_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

func TestWhatIsEncodedIsDecoded(t *testing.T) {
	t.Parallel()

	t.Run("a task", func(t *testing.T) {
		t.Parallel()
		for _, state := range []artifact.TaskState{artifact.TaskUnstated, artifact.TaskEnabled, artifact.TaskDisabled} {
			task := artifact.Task{
				Name: `Vendor\Run Help`, Author: `CARRIER\svc_backup`, UserID: "S-1-5-18", Trigger: artifact.BootTrigger,
				Commands: []string{`C:\ProgramData\a.exe`, `C:\ProgramData\b.exe`}, State: state,
			}
			assert.Equal(t, task, artifact.DecodeTask(task.Encode()))
		}
		short := artifact.Task{Name: "Nightly", Author: "ops", Commands: []string{`C:\job.exe`}}
		assert.Equal(t, short, artifact.DecodeTask(short.EncodeShort()))
	})
	t.Run("a task's path", func(t *testing.T) {
		t.Parallel()
		name, ok := artifact.TaskName(artifact.TaskFile(`Vendor\Run Help`))
		assert.True(t, ok)
		assert.Equal(t, `\Vendor\Run Help`, name)
		assert.Equal(t, artifact.TaskFile("a"), artifact.TaskFile(`\a`))
	})
	t.Run("a service", func(t *testing.T) {
		t.Parallel()
		service := artifact.Service{Name: "a", DisplayName: "A", ImagePath: `C:\a.exe`, Type: "32", Start: "3", Account: "LocalService"}
		data := map[string]string{}
		for _, value := range service.Encode() {
			name, field, ok := artifact.ServiceOf(artifact.ValuePath(service.Key(), value.Name))
			assert.True(t, ok)
			assert.Equal(t, service.Name, name)
			data[field] = value.Value.Data
		}
		assert.Equal(t, service, artifact.DecodeService("a", data))
	})
	t.Run("a record of an event log", func(t *testing.T) {
		t.Parallel()
		records := []artifact.LogRecord{
			{Provider: "Service Control Manager", ID: 7036, Data: map[string]string{"param1": "a <b> & \"c\""}},
			{Provider: "x", ID: 1},
		}
		text := []byte("a line that was there before\n")
		for _, record := range records {
			text = append(text, record.Encode()...)
		}
		assert.Equal(t, records, artifact.DecodeLogRecords(text))
	})
	t.Run("an event log's path", func(t *testing.T) {
		t.Parallel()
		channel, ok := artifact.EventLogChannel(artifact.EventLogFile("Microsoft-Windows-PowerShell/Operational"))
		assert.True(t, ok)
		assert.Equal(t, "Microsoft-Windows-PowerShell/Operational", channel)
	})
	t.Run("a change of the directory", func(t *testing.T) {
		t.Parallel()
		for what, id := range artifact.DirectoryChangeEvents() {
			change := artifact.DirectoryChange{What: what, Data: map[string]string{"TargetUserName": "a<b>"}}
			assert.Equal(t, []artifact.DirectoryChange{change}, artifact.DecodeDirectoryChanges(change.Encode()))
			assert.Equal(t, id, change.EventID())
		}
	})
	t.Run("a WMI object", func(t *testing.T) {
		t.Parallel()
		object := artifact.WMIObject{Kind: "filter", Data: map[string]string{"Query": "SELECT * FROM <x>"}}
		back, ok := artifact.DecodeWMIObject(object.Encode())
		assert.True(t, ok)
		assert.Equal(t, object, back)
		assert.Equal(t, object.Path(), back.Path())
	})
	t.Run("a program and a library", func(t *testing.T) {
		t.Parallel()
		resource := artifact.Resource{OriginalFileName: "a.exe", Description: "A: b", Product: "P", Company: "C, Inc.", FileVersion: "1.0"}
		signature := artifact.Signature{By: "Nobody", Status: "Valid"}
		back, ok := artifact.DecodeResource(artifact.Program(resource))
		assert.True(t, ok)
		assert.Equal(t, resource, back)
		back, ok = artifact.DecodeResource(artifact.Library(resource, signature))
		assert.True(t, ok)
		assert.Equal(t, resource, back)
		assert.Equal(t, signature, artifact.DecodeSignature(artifact.Library(resource, signature)))
	})
	t.Run("the directory, the sessions, the accounts, the settings and the policy", func(t *testing.T) {
		t.Parallel()
		entries := []artifact.DirectoryEntry{{User: "a"}, {Group: "Domain Admins", User: "a"}}
		assert.Equal(t, entries, artifact.DecodeDirectory(slices.Concat(entries[0].Encode(), entries[1].Encode())))
		for _, session := range []artifact.LogonSession{
			{Type: "3", Account: "a", Address: "10.0.0.1", Workstation: "W"}, {Ended: true, Type: "3", Account: "a"},
		} {
			back, ok := artifact.DecodeLogonSession(string(session.Encode()))
			assert.True(t, ok)
			assert.Equal(t, session, back)
		}
		account := artifact.LinuxAccount{Name: "a", Password: "!", UID: 1, GID: 2, Comment: "A B", Home: "/home/a", Shell: "/bin/sh"}
		assert.Equal(t, []artifact.LinuxAccount{account}, artifact.DecodePasswd(account.Encode()))
		setting := artifact.WebSetting{Name: "/site[@name='a' and @id='1']/@enabled", Value: "true"}
		assert.Equal(t, []artifact.WebSetting{setting}, artifact.DecodeWebSettings(setting.Encode()))
		policy := artifact.AuditSubcategory{Name: "File System", GUID: "0cce921d-69ae-11d9-bed3-505054503030"}
		assert.Equal(t, []artifact.AuditSubcategory{policy}, artifact.DecodeAuditPolicy(artifact.EncodeAuditPolicy(policy)))
		assert.True(t, artifact.SysmonReports(artifact.EncodeSysmonConfig("FileExecutableDetected"), "FileExecutableDetected"))
	})
	t.Run("paths of values, pipes and shares", func(t *testing.T) {
		t.Parallel()
		key, name := artifact.SplitValuePath(artifact.ValuePath(`HKLM\SOFTWARE\A`, `C:\a`))
		assert.Equal(t, []string{`HKLM\SOFTWARE\A`, `C:\a`}, []string{key, artifact.UnescapePath(name)})
		pipe, ok := artifact.PipeName(artifact.PipePath(`\a\b`))
		assert.True(t, ok)
		assert.Equal(t, `a\b`, pipe)
		host, share, inside := artifact.SplitSharePath(artifact.SharePath("HOST", "c$", `a\b`))
		assert.Equal(t, []string{"HOST", "C$", `a\b`}, []string{host, share, inside})
	})
}

func TestToggledTwiceATaskIsAsItWas(t *testing.T) {
	t.Parallel()
	for _, definition := range []string{artifact.BlankTask, "<Task><Settings><Enabled>false</Enabled></Settings></Task>"} {
		once, ok := artifact.ToggleTask([]byte(definition))
		assert.True(t, ok)
		assert.NotEqual(t, artifact.DecodeTask([]byte(definition)).State, artifact.DecodeTask(once).State)
		twice, _ := artifact.ToggleTask(once)
		assert.Equal(t, definition, string(twice))
	}
	_, ok := artifact.ToggleTask([]byte("<Task></Task>"))
	assert.False(t, ok)
}

func TestOnlyWhatALogSourceReadsIsTelemetry(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		artifact.TaskFile("a"), artifact.EventLogFile("Security"), artifact.DirectoryFile, artifact.DirectoryChangesFile, artifact.SessionsFile,
		artifact.WebSettingsFile, artifact.WMIObject{Kind: "filter"}.Path(), artifact.ValuePath(artifact.ServicesKey+"a", "ImagePath"),
		`\REGISTRY\A\{1}\b`, `C:\a.txt:Zone.Identifier`, `C:\Users\Public\A.PS1`,
	} {
		assert.True(t, artifact.WindowsTelemetry(path), path)
	}
	for _, path := range []string{`C:\`, `C:\a.txt`, artifact.PrefetchNote(`C:\a.exe`), artifact.PipePath("a"), `\\HOST\c$\a.txt`, "System"} {
		assert.False(t, artifact.WindowsTelemetry(path), path)
	}
	for path, telemetry := range map[string]bool{
		artifact.AuthLog: true, artifact.PostgreSQLLog: true, artifact.PasswdFile: true, artifact.GroupFile + "+": true,
		"/etc/hosts": false, "/var/logs": false,
	} {
		assert.Equal(t, telemetry, artifact.LinuxTelemetry(path), path)
	}
}
