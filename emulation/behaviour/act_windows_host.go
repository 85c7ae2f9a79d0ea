package behaviour

import (
	"cmp"
	"maps"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// windowsActs are the blocks for what only a Windows host has.
var windowsActs = []*Block{
	actBlock[setValueAct]("set_value", "Sets a value of the registry."),
	actBlock[deleteValueAct]("delete_value", "Deletes a value of the registry."),
	actBlock[makeKeyAct]("make_key", "Makes a key of the registry."),
	actBlock[deleteKeyAct]("delete_key", "Deletes a key of the registry with all below it."),
	actBlock[renameKeyAct]("rename_key", "Renames a key of the registry."),
	actBlock[scheduledTaskAct]("scheduled_task", "Registers a task, as the scheduler keeps it: a file and an entry in its cache. Nothing on an asset runs it."),
	actBlock[deleteTaskAct]("delete_task", "Deletes a task: its file and its entry in the cache."),
	actBlock[serviceAct]("service", "Enters a service, as the service control manager keeps it: the values of its key. Nothing on an asset starts it."),
	actBlock[wmiAct]("wmi_object", "Keeps one object of a permanent WMI subscription. Nothing reads it."),
	actBlock[directoryEntryAct]("directory_entry", "Enters a user, or a user's membership of a group, in the file that stands for a domain's directory."),
	actBlock[directoryChangeAct]("directory_change", "Has a change of an account, a group, an object or a policy entered, as the local security authority enters it. No such account comes to be."),
	actBlock[sessionAct]("session", "Enters a logon or a logoff in the host's table of sessions. Nobody logs on."),
	actBlock[logRecordAct]("log_record", "Writes a record to an event log: the program's own statement."),
	actBlock[clearLogAct]("clear_log", "Empties an event log."),
	actBlock[pipeAct]("pipe", "Makes a named pipe, or opens one that is there."),
}

type setValueAct struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
	Type string `arg:"type" doc:"its type, as the registry names it" oneof:"REG_SZ,REG_EXPAND_SZ,REG_DWORD,REG_QWORD,REG_BINARY,REG_MULTI_SZ,REG_NONE" default:"REG_SZ"`
	Data string `arg:"data" doc:"its data as text; a number's is decimal, bytes are hexadecimal" form:"text" max:"32768" default:""`
}

func (s setValueAct) plan(p *process) {
	p.setValue(s.Key, s.Name, artifact.Value{Type: s.Type, Data: s.Data})
}

// setValue sets a value of the registry.
func (p *process) setValue(key, name string, value artifact.Value) {
	p.do(effect.SetValue{Key: key, Name: name, Value: value})
	p.proofs.set(artifact.ValuePath(key, name), effect.ValueIs{Key: key, Name: name, Value: value})
}

type deleteValueAct struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
}

func (d deleteValueAct) plan(p *process) {
	p.do(effect.DeleteValue{Key: d.Key, Name: d.Name})
	path := artifact.ValuePath(d.Key, d.Name)
	p.proofs.set(path, effect.Gone{Path: path})
}

type makeKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
}

func (m makeKeyAct) plan(p *process) {
	p.do(effect.MakeDir{Path: m.Key})
	p.proofs.folder(m.Key, 0)
}

type deleteKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
}

func (d deleteKeyAct) plan(p *process) { p.deleteKey(d.Key) }

func (p *process) deleteKey(key string) {
	p.do(effect.DeleteKey{Key: key})
	p.proofs.set(key, effect.Gone{Path: key})
}

type renameKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
	To  string `arg:"to" doc:"its new name" form:"key" max:"1024"`
}

func (r renameKeyAct) plan(p *process) {
	p.do(effect.Move{From: r.Key, To: r.To})
	p.proofs.set(r.Key, effect.Gone{Path: r.Key})
	p.proofs.folder(r.To, 0)
}

// triggers are the schedules that a task may have, by an attribute's word.
var triggers = map[string]string{
	"onstart": artifact.BootTrigger, "onlogon": artifact.LogonTrigger, "once": artifact.OnceTrigger, "daily": artifact.DailyTrigger,
}

type scheduledTaskAct struct {
	Name       string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255"`
	Command    string `arg:"command" doc:"the program that it names" form:"line" max:"1024" default:""`
	Trigger    string `arg:"trigger" doc:"when it would start" oneof:"onstart,onlogon,once,daily" default:"onstart"`
	Author     string `arg:"author" doc:"who is said to have registered it" form:"line" max:"255" default:""`
	RunAs      string `arg:"run_as" doc:"whose task it is; the author's where nothing is given" form:"line" max:"255" default:""`
	Definition string `arg:"definition" doc:"its definition in XML, in place of one made of the rest" form:"content" max:"32768" default:""`
	Cached     bool   `arg:"cached" doc:"whether the scheduler also makes the entry in its cache" default:"true"`
}

func (s scheduledTaskAct) plan(p *process) {
	content := artifact.MarkTask(s.Definition)
	if s.Definition == "" {
		content = artifact.Task{
			Name: s.Name, Author: s.Author, UserID: asset.WindowsSID(cmp.Or(s.RunAs, s.Author)), Trigger: triggers[s.Trigger], Commands: []string{s.Command},
		}.Encode()
	}
	file := artifact.TaskFile(s.Name)
	p.do(effect.Write{Path: file, Content: content})
	p.proofs.holds(file, content)
	if s.Cached {
		name, value := artifact.TaskCacheEntry(s.Name)
		p.setValue(artifact.TaskCacheKey(s.Name), name, value)
	}
}

type deleteTaskAct struct {
	Name   string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255"`
	Cached bool   `arg:"cached" doc:"whether it has an entry in the cache" default:"true"`
}

func (d deleteTaskAct) plan(p *process) {
	removeAct{artifact.TaskFile(d.Name)}.plan(p)
	if d.Cached {
		p.deleteKey(artifact.TaskCacheKey(d.Name))
	}
}

type serviceAct struct {
	Name    string `arg:"name" doc:"its name" form:"path_below" max:"255"`
	Display string `arg:"display" doc:"the name it shows" form:"line" max:"255" default:""`
	Image   string `arg:"image" doc:"the command line it would be started with" form:"text" max:"4096"`
	Type    string `arg:"type" doc:"the registry's number of its type" form:"number" max:"5" default:""`
	Start   string `arg:"start" doc:"the registry's number of its start" form:"number" max:"5" default:""`
	Account string `arg:"account" doc:"the account it would run as" form:"line" max:"255" default:""`
}

func (s serviceAct) plan(p *process) {
	service := artifact.Service{Name: s.Name, DisplayName: s.Display, ImagePath: s.Image, Type: s.Type, Start: s.Start, Account: s.Account}
	for _, value := range service.Encode() {
		set := effect.SetValue{Key: service.Key(), Name: value.Name, Value: value.Value}
		p.do(set)
		if value.Name == "ImagePath" || value.Name == "Start" {
			p.proofs.set(artifact.ValuePath(set.Key, set.Name), effect.ValueIs{Key: set.Key, Name: set.Name, Value: set.Value})
		}
	}
}

type wmiAct struct {
	Kind string            `arg:"kind" doc:"which of the three objects" oneof:"filter,consumer,binding"`
	Data map[string]string `arg:"data" doc:"the object's properties, as Sysmon names them" form:"text" max:"16384" default:""`
}

func (w wmiAct) plan(p *process) {
	object := artifact.WMIObject{Kind: w.Kind, Data: maps.Clone(w.Data)}
	p.do(effect.Write{Path: object.Path(), Content: object.Encode()})
	p.proofs.holds(object.Path(), object.Encode())
}

type directoryEntryAct struct {
	User  string `arg:"user" doc:"the user's name" form:"entry" max:"255"`
	Group string `arg:"group" doc:"the group that the user is a member of; without it, the user" form:"entry" max:"255" default:""`
}

func (d directoryEntryAct) plan(p *process) {
	appendAct{artifact.DirectoryFile, string(artifact.DirectoryEntry{User: d.User, Group: d.Group}.Encode())}.plan(p)
}

type directoryChangeAct struct {
	What string            `arg:"what" doc:"what is changed" form:"directory_change" max:"64"`
	Data map[string]string `arg:"data" doc:"the attributes of it, as audit records name them" form:"text" max:"16384" default:""`
}

func (d directoryChangeAct) plan(p *process) {
	appendAct{artifact.DirectoryChangesFile, string(artifact.DirectoryChange{What: d.What, Data: maps.Clone(d.Data)}.Encode())}.plan(p)
}

type sessionAct struct {
	Ended       bool   `arg:"ended" doc:"whether the session ends, rather than begins" default:"false"`
	Type        string `arg:"type" doc:"the number of the kind of logon, such as 3 for one over the network" form:"number" max:"5"`
	Account     string `arg:"account" doc:"the account's name, without a domain" form:"entry" max:"255"`
	Address     string `arg:"address" doc:"where it comes from" form:"entry" max:"64" default:"-"`
	Workstation string `arg:"workstation" doc:"the name of the host that it comes from" form:"entry" max:"64" default:"-"`
}

func (s sessionAct) plan(p *process) {
	session := artifact.LogonSession{Ended: s.Ended, Type: s.Type, Account: s.Account, Address: s.Address, Workstation: s.Workstation}
	appendAct{artifact.SessionsFile, string(session.Encode())}.plan(p)
}

type logRecordAct struct {
	Channel  string            `arg:"channel" doc:"the log's channel" form:"channel" max:"100"`
	Provider string            `arg:"provider" doc:"whose record it is" form:"line" max:"100"`
	ID       int               `arg:"id" doc:"the event id" min:"0" max:"65535"`
	Data     map[string]string `arg:"data" doc:"the record's named texts" form:"text" max:"32768" default:""`
}

func (l logRecordAct) plan(p *process) {
	log := effect.Log{Channel: l.Channel, Record: artifact.LogRecord{Provider: l.Provider, ID: l.ID, Data: maps.Clone(l.Data)}}
	p.do(log)
	p.proofs.grows(artifact.EventLogFile(l.Channel), log.Record.Encode())
}

type clearLogAct struct {
	Channel string `arg:"channel" doc:"the log's channel" form:"channel" max:"100"`
}

func (c clearLogAct) plan(p *process) { truncateAct{artifact.EventLogFile(c.Channel)}.plan(p) }

type pipeAct struct {
	Name string `arg:"name" doc:"the pipe's name" form:"line" max:"255"`
	Open bool   `arg:"open" doc:"whether it is opened, rather than made" default:"false"`
}

func (a pipeAct) plan(p *process) {
	path := artifact.PipePath(a.Name)
	if a.Open {
		appendAct{path, string(artifact.Marked("opened"))}.plan(p)
		return
	}
	writeAct{Path: path, Content: string(artifact.Marked("a pipe's end"))}.plan(p)
}
