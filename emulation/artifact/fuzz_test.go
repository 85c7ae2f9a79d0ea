package artifact_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Each decoder is given any content. What it recognises must be the same once it is
// encoded and decoded again, and nothing may panic.

func FuzzTask(f *testing.F) {
	f.Add([]byte(artifact.BlankTask))
	f.Add(artifact.Task{Name: "a", Commands: []string{"b"}, State: artifact.TaskDisabled}.Encode())
	f.Add([]byte("<Command>a<Command>b</Command></Command>"))
	f.Fuzz(func(t *testing.T, definition []byte) {
		task := artifact.DecodeTask(definition)
		for _, command := range task.Commands {
			assert.Contains(t, string(definition), "<Command>"+command+"</Command>")
		}
		toggled, ok := artifact.ToggleTask(definition)
		if !ok {
			assert.Equal(t, definition, toggled)
		}
		enabled := artifact.EnableTask(string(definition), true)
		assert.Contains(t, []artifact.TaskState{artifact.TaskEnabled, artifact.TaskDisabled}, artifact.DecodeTask([]byte(enabled)).State)
	})
}

func FuzzValue(f *testing.F) {
	f.Add([]byte("REG_SZ\na"))
	f.Add([]byte("REG_DWORD\n1\n2"))
	f.Fuzz(func(t *testing.T, content []byte) {
		value, err := artifact.DecodeValue(content)
		if err == nil {
			assert.Equal(t, string(content), string(value.Encode()))
		}
	})
}

func FuzzLogRecords(f *testing.F) {
	f.Add([]byte("before\n{\"provider\":\"a\",\"id\":1,\"data\":{\"b\":\"<c>\"}}\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		records := artifact.DecodeLogRecords(content)
		var again []byte
		for _, record := range records {
			again = append(again, record.Encode()...)
		}
		assert.Equal(t, records, artifact.DecodeLogRecords(again))
	})
}

func FuzzDirectoryChanges(f *testing.F) {
	f.Add([]byte("{\"what\":\"user_created\",\"data\":{\"TargetUserName\":\"a\"}}\n{\"what\":\"unknown\"}\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		changes := artifact.DecodeDirectoryChanges(content)
		var again []byte
		for _, change := range changes {
			again = append(again, change.Encode()...)
		}
		assert.Equal(t, changes, artifact.DecodeDirectoryChanges(again))
	})
}

func FuzzWMIObject(f *testing.F) {
	f.Add(artifact.WMIObject{Kind: "consumer", Data: map[string]string{"Name": "a"}}.Encode())
	f.Fuzz(func(t *testing.T, content []byte) {
		object, ok := artifact.DecodeWMIObject(content)
		if !ok {
			return
		}
		again, ok := artifact.DecodeWMIObject(object.Encode())
		require.True(t, ok)
		assert.Equal(t, object, again)
	})
}

func FuzzResource(f *testing.F) {
	f.Add(artifact.Program(artifact.ResourceOf("cmd.exe")))
	f.Add(artifact.Library(artifact.Resource{}, artifact.Signature{By: "a", Status: "Valid"}))
	f.Fuzz(func(t *testing.T, content []byte) {
		resource, ok := artifact.DecodeResource(content)
		signature := artifact.DecodeSignature(content)
		if !ok {
			assert.Zero(t, resource)
			assert.Zero(t, signature)
			return
		}
		again, ok := artifact.DecodeResource(artifact.Library(resource, signature))
		require.True(t, ok)
		assert.Equal(t, resource, again)
		assert.Equal(t, signature, artifact.DecodeSignature(artifact.Library(resource, signature)))
	})
}

func FuzzHostTables(f *testing.F) {
	f.Add([]byte("user:a\ngroup:b:a\n"))
	f.Add([]byte("logon:3:a:b:c\nlogoff:3:a\n"))
	f.Add([]byte("/a/@b=true\n"))
	f.Add([]byte("root:x:0:0:root:/root:/bin/bash\n"))
	f.Add(artifact.EncodeAuditPolicy(artifact.AuditSubcategory{Name: "Registry", GUID: "1"}))
	f.Fuzz(func(t *testing.T, content []byte) {
		var again []byte
		entries := artifact.DecodeDirectory(content)
		for _, entry := range entries {
			again = append(again, entry.Encode()...)
		}
		assert.Equal(t, entries, artifact.DecodeDirectory(again))

		if session, ok := artifact.DecodeLogonSession(string(content)); ok {
			back, ok := artifact.DecodeLogonSession(string(session.Encode()))
			assert.True(t, ok)
			assert.Equal(t, session, back)
		}

		again = nil
		settings := artifact.DecodeWebSettings(content)
		for _, setting := range settings {
			again = append(again, setting.Encode()...)
		}
		assert.Equal(t, settings, artifact.DecodeWebSettings(again))

		for _, subcategory := range artifact.DecodeAuditPolicy(content) {
			assert.True(t, artifact.Audits(content, subcategory.Name))
		}
		for _, account := range artifact.DecodePasswd(content) {
			assert.Len(t, artifact.DecodePasswd(account.Encode()), 1)
		}
	})
}

func FuzzPaths(f *testing.F) {
	for _, path := range []string{
		artifact.TaskFile(`a\b`), artifact.EventLogFile("a/b"), artifact.PipePath("a"), `\\host\c$\a`, artifact.ServicesKey + `a\ImagePath`, "",
	} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if name, ok := artifact.TaskName(path); ok && name != `\` {
			assert.True(t, artifact.IsBelow(artifact.TaskFile(name), artifact.TaskFolder) || name[1:] == "" || name[1] == '\\')
		}
		if name, ok := artifact.PipeName(path); ok {
			assert.True(t, artifact.IsBelow(path, artifact.PipeFolder), name)
		}
		if service, _, ok := artifact.ServiceOf(path); ok {
			assert.NotContains(t, service, `\`)
		}
		if key, name := artifact.SplitValuePath(path); key != "" {
			assert.Equal(t, path, key+`\`+name)
		}
		artifact.EventLogChannel(path)
		artifact.SplitSharePath(path)
		_ = artifact.WindowsTelemetry(path)
		_ = artifact.LinuxTelemetry(path)
	})
}
