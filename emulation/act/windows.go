package act

import (
	"cmp"
	"maps"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// windowsActs are the blocks for what only a Windows host has.
var windowsActs = onWindows(
	kind[setValueAct]("set_value", "Sets a value of the registry."),
	kind[deleteValueAct]("delete_value", "Deletes a value of the registry."),
	kind[makeKeyAct]("make_key", "Makes a key of the registry."),
	kind[deleteKeyAct]("delete_key", "Deletes a key of the registry with all below it."),
	kind[renameKeyAct]("rename_key", "Renames a key of the registry."),
	kind[scheduledTaskAct]("scheduled_task", "Registers a task, as the scheduler keeps it: a file and an entry in its cache. Nothing on an asset runs it."),
	kind[deleteTaskAct]("delete_task", "Deletes a task: its file and its entry in the cache."),
	kind[serviceAct]("service", "Enters a service, as the service control manager keeps it: the values of its key. Nothing on an asset starts it."),
	kind[WMIObject]("wmi_object", "Keeps one object of a permanent WMI subscription. Nothing reads it."),
	kind[DirectoryEntry]("directory_entry", "Enters a user, or a user's membership of a group, in the file that stands for a domain's directory."),
	kind[DirectoryChange]("directory_change", "Has a change of an account, a group, an object or a policy entered, as the local security authority enters it. No such account comes to be."),
	kind[Session]("session", "Enters a logon or a logoff in the host's table of sessions. Nobody logs on."),
	kind[logRecordAct]("log_record", "Writes a record to an event log: the program's own statement."),
	kind[clearLogAct]("clear_log", "Empties an event log."),
	kind[pipeAct]("pipe", "Makes a named pipe, or opens one that is there."),
)

// onWindows are acts that only a Windows host knows.
func onWindows(acts ...Kind) []Kind {
	for i := range acts {
		acts[i].Platform = effect.Windows
	}
	return acts
}

type setValueAct struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
	Type string `arg:"type" doc:"its type, as the registry names it" oneof:"REG_SZ,REG_EXPAND_SZ,REG_DWORD,REG_QWORD,REG_BINARY,REG_MULTI_SZ,REG_NONE" default:"REG_SZ"`
	Data string `arg:"data" doc:"its data as text; a number's is decimal, bytes are hexadecimal" form:"text" max:"32768" default:""`
}

func (s setValueAct) Plan(p *Process) {
	p.setValue(s.Key, s.Name, artifact.Value{Type: s.Type, Data: s.Data})
}

// setValue sets a value of the registry.
func (p *Process) setValue(key, name string, value artifact.Value) {
	p.Do(effect.SetValue{Key: key, Name: name, Value: value})
	p.plan.Proofs.set(artifact.ValuePath(key, name), effect.ValueIs{Key: key, Name: name, Value: value})
}

type deleteValueAct struct {
	Key  string `arg:"key" doc:"the key" form:"key" max:"1024"`
	Name string `arg:"name" doc:"the value's name; empty is the key's unnamed value" form:"line" max:"255" default:""`
}

func (d deleteValueAct) Plan(p *Process) {
	p.Do(effect.DeleteValue{Key: d.Key, Name: d.Name})
	path := artifact.ValuePath(d.Key, d.Name)
	p.plan.Proofs.set(path, effect.Gone{Path: path})
}

type makeKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
}

func (m makeKeyAct) Plan(p *Process) {
	p.Do(effect.MakeDir{Path: m.Key})
	p.plan.Proofs.folder(m.Key, 0)
}

type deleteKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
}

func (d deleteKeyAct) Plan(p *Process) { p.deleteKey(d.Key) }

func (p *Process) deleteKey(key string) {
	p.Do(effect.DeleteKey{Key: key})
	p.plan.Proofs.set(key, effect.Gone{Path: key})
}

type renameKeyAct struct {
	Key string `arg:"key" doc:"the key" form:"key" max:"1024"`
	To  string `arg:"to" doc:"its new name" form:"key" max:"1024"`
}

func (r renameKeyAct) Plan(p *Process) {
	p.Do(effect.Move{From: r.Key, To: r.To})
	p.plan.Proofs.set(r.Key, effect.Gone{Path: r.Key})
	p.plan.Proofs.folder(r.To, 0)
}

// triggers are the schedules that a task may have, by an attribute's word.
var triggers = map[string]string{
	"onstart": artifact.BootTrigger, "onlogon": artifact.LogonTrigger, "once": artifact.OnceTrigger, "daily": artifact.DailyTrigger,
}

// Trigger returns the schedule that an attribute's word stands for: onstart, onlogon, once
// or daily.
func Trigger(word string) string { return triggers[word] }

type scheduledTaskAct struct {
	Name       string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255"`
	Command    string `arg:"command" doc:"the program that it names" form:"line" max:"1024" default:""`
	Trigger    string `arg:"trigger" doc:"when it would start" oneof:"onstart,onlogon,once,daily" default:"onstart"`
	Author     string `arg:"author" doc:"who is said to have registered it" form:"line" max:"255" default:""`
	RunAs      string `arg:"run_as" doc:"whose task it is; the author's where nothing is given" form:"line" max:"255" default:""`
	Definition string `arg:"definition" doc:"its definition in XML, in place of one made of the rest" form:"content" max:"32768" default:""`
	Cached     bool   `arg:"cached" doc:"whether the scheduler also makes the entry in its cache" default:"true"`
}

func (s scheduledTaskAct) Plan(p *Process) {
	content := artifact.MarkTask(s.Definition)
	if s.Definition == "" {
		content = artifact.Task{
			Name: s.Name, Author: s.Author, UserID: asset.WindowsSID(cmp.Or(s.RunAs, s.Author)), Trigger: triggers[s.Trigger], Commands: []string{s.Command},
		}.Encode()
	}
	file := artifact.TaskFile(s.Name)
	p.Do(effect.Write{Path: file, Content: content})
	p.plan.Proofs.holds(file, content)
	if s.Cached {
		name, value := artifact.TaskCacheEntry(s.Name)
		p.setValue(artifact.TaskCacheKey(s.Name), name, value)
	}
}

type deleteTaskAct struct {
	Name   string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255"`
	Cached bool   `arg:"cached" doc:"whether it has an entry in the cache" default:"true"`
}

func (d deleteTaskAct) Plan(p *Process) {
	removeAct{artifact.TaskFile(d.Name)}.Plan(p)
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

func (s serviceAct) Plan(p *Process) {
	service := artifact.Service{Name: s.Name, DisplayName: s.Display, ImagePath: s.Image, Type: s.Type, Start: s.Start, Account: s.Account}
	for _, value := range service.Encode() {
		set := effect.SetValue{Key: service.Key(), Name: value.Name, Value: value.Value}
		p.Do(set)
		if value.Name == "ImagePath" || value.Name == "Start" {
			p.plan.Proofs.set(artifact.ValuePath(set.Key, set.Name), effect.ValueIs{Key: set.Key, Name: set.Name, Value: set.Value})
		}
	}
}

// WMIObject keeps one object of a permanent WMI subscription.
type WMIObject struct {
	Kind string            `arg:"kind" doc:"which of the three objects" oneof:"filter,consumer,binding"`
	Data map[string]string `arg:"data" doc:"the object's properties, as Sysmon names them" form:"text" max:"16384" default:""`
}

// Plan implements [Act].
func (w WMIObject) Plan(p *Process) {
	object := w.Object()
	p.Do(effect.Write{Path: object.Path(), Content: object.Encode()})
	p.plan.Proofs.holds(object.Path(), object.Encode())
}

// Object returns the object as the WMI service keeps it.
func (w WMIObject) Object() artifact.WMIObject {
	return artifact.WMIObject{Kind: w.Kind, Data: maps.Clone(w.Data)}
}

// DirectoryEntry enters a user, or a membership, in the file that stands for a domain's
// directory.
type DirectoryEntry struct {
	User  string `arg:"user" doc:"the user's name" form:"entry" max:"255"`
	Group string `arg:"group" doc:"the group that the user is a member of; without it, the user" form:"entry" max:"255" default:""`
}

// Plan implements [Act].
func (d DirectoryEntry) Plan(p *Process) {
	appendAct{artifact.DirectoryFile, string(d.Line())}.Plan(p)
}

// Line returns the entry as a line of that file.
func (d DirectoryEntry) Line() []byte {
	return artifact.DirectoryEntry{User: d.User, Group: d.Group}.Encode()
}

// DirectoryChange has a change of a directory entered.
type DirectoryChange struct {
	What string            `arg:"what" doc:"what is changed" form:"directory_change" max:"64"`
	Data map[string]string `arg:"data" doc:"the attributes of it, as audit records name them" form:"text" max:"16384" default:""`
}

// Plan implements [Act].
func (d DirectoryChange) Plan(p *Process) {
	appendAct{artifact.DirectoryChangesFile, string(d.Line())}.Plan(p)
}

// Line returns the change as a line of the file of changes.
func (d DirectoryChange) Line() []byte {
	return artifact.DirectoryChange{What: d.What, Data: maps.Clone(d.Data)}.Encode()
}

// Session enters a logon or a logoff in the host's table of sessions.
type Session struct {
	Ended       bool   `arg:"ended" doc:"whether the session ends, rather than begins" default:"false"`
	Type        string `arg:"type" doc:"the number of the kind of logon, such as 3 for one over the network" form:"number" max:"5"`
	Account     string `arg:"account" doc:"the account's name, without a domain" form:"entry" max:"255"`
	Address     string `arg:"address" doc:"where it comes from" form:"entry" max:"64" default:"-"`
	Workstation string `arg:"workstation" doc:"the name of the host that it comes from" form:"entry" max:"64" default:"-"`
}

// Plan implements [Act].
func (s Session) Plan(p *Process) {
	appendAct{artifact.SessionsFile, string(s.Line())}.Plan(p)
}

// Line returns the logon or logoff as a line of that table.
func (s Session) Line() []byte {
	return artifact.LogonSession{Ended: s.Ended, Type: s.Type, Account: s.Account, Address: s.Address, Workstation: s.Workstation}.Encode()
}

type logRecordAct struct {
	Channel  string            `arg:"channel" doc:"the log's channel" form:"channel" max:"100"`
	Provider string            `arg:"provider" doc:"whose record it is" form:"line" max:"100"`
	ID       int               `arg:"id" doc:"the event id" min:"0" max:"65535"`
	Data     map[string]string `arg:"data" doc:"the record's named texts" form:"text" max:"32768" default:""`
}

func (l logRecordAct) Plan(p *Process) {
	log := effect.Log{Channel: l.Channel, Record: artifact.LogRecord{Provider: l.Provider, ID: l.ID, Data: maps.Clone(l.Data)}}
	p.Do(log)
	p.plan.Proofs.grows(artifact.EventLogFile(l.Channel), log.Record.Encode())
}

type clearLogAct struct {
	Channel string `arg:"channel" doc:"the log's channel" form:"channel" max:"100"`
}

func (c clearLogAct) Plan(p *Process) { truncateAct{artifact.EventLogFile(c.Channel)}.Plan(p) }

type pipeAct struct {
	Name string `arg:"name" doc:"the pipe's name" form:"line" max:"255"`
	Open bool   `arg:"open" doc:"whether it is opened, rather than made" default:"false"`
}

func (a pipeAct) Plan(p *Process) {
	path := artifact.PipePath(a.Name)
	if a.Open {
		appendAct{path, string(artifact.Marked("opened"))}.Plan(p)
		return
	}
	writeAct{Path: path, Content: string(artifact.Marked("a pipe's end"))}.Plan(p)
}
