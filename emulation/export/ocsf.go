package export

import (
	"io"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// ocsfVersion is the version of the Open Cybersecurity Schema Framework that is
// written.
const ocsfVersion = "1.8.0"

// ocsf writes events in the Open Cybersecurity Schema Framework: an event a line,
// and after it a detection finding for each rule that alerted on it. Fields that a
// class has no attribute for, and what ringer says of an event, are in unmapped.
type ocsf struct {
	lines
	about Run
}

func newOCSF(w io.Writer, about Run) Writer { return ocsf{newLines(w), about} }

// ocsfClass is a class of events.
type ocsfClass struct {
	uid      int
	category int
	name     string
}

var (
	ocsfBase           = ocsfClass{0, 0, "Base Event"}
	ocsfFile           = ocsfClass{1001, 1, "File System Activity"}
	ocsfDriver         = ocsfClass{1002, 1, "Kernel Extension Activity"}
	ocsfKernel         = ocsfClass{1003, 1, "Kernel Activity"}
	ocsfModule         = ocsfClass{1005, 1, "Module Activity"}
	ocsfJob            = ocsfClass{1006, 1, "Scheduled Job Activity"}
	ocsfProcess        = ocsfClass{1007, 1, "Process Activity"}
	ocsfEventLog       = ocsfClass{1008, 1, "Event Log Activity"}
	ocsfScript         = ocsfClass{1009, 1, "Script Activity"}
	ocsfRegistryKey    = ocsfClass{201001, 1, "Registry Key Activity"}
	ocsfRegistryValue  = ocsfClass{201002, 1, "Registry Value Activity"}
	ocsfWindowsService = ocsfClass{201004, 1, "Windows Service Activity"}
	ocsfFinding        = ocsfClass{2004, 2, "Detection Finding"}
	ocsfAccount        = ocsfClass{3001, 3, "Account Change"}
	ocsfAuthentication = ocsfClass{3002, 3, "Authentication"}
	ocsfAuthorize      = ocsfClass{3003, 3, "Authorize Session"}
	ocsfGroup          = ocsfClass{3006, 3, "Group Management"}
	ocsfNetwork        = ocsfClass{4001, 4, "Network Activity"}
	ocsfHTTP           = ocsfClass{4002, 4, "HTTP Activity"}
	ocsfDNS            = ocsfClass{4003, 4, "DNS Activity"}
	ocsfSMB            = ocsfClass{4006, 4, "SMB Activity"}
	ocsfApplication    = ocsfClass{6002, 6, "Application Lifecycle"}
	ocsfDatastore      = ocsfClass{6005, 6, "Datastore Activity"}
)

// ocsfOther is the activity of what a class has no number for; its name says what
// it is.
const ocsfOther = 99

// ocsfEvent is how OCSF classifies a kind of event, and what writes its
// attributes.
type ocsfEvent struct {
	class    ocsfClass
	activity int
	write    func(object, *fields, *Record)
}

var ocsfEvents = map[kind]ocsfEvent{
	processStart:   {ocsfProcess, 1, ocsfProcessStart},
	processEnd:     {ocsfProcess, 2, ocsfProcessEnd},
	processAccess:  {ocsfProcess, 3, ocsfTwoProcesses},
	remoteThread:   {ocsfProcess, 4, ocsfTwoProcesses},
	fileCreate:     {ocsfFile, 1, ocsfFileActivity},
	fileDelete:     {ocsfFile, 4, ocsfFileActivity},
	fileRename:     {ocsfFile, 5, ocsfFileActivity},
	fileTime:       {ocsfFile, 6, ocsfFileActivity},
	pipeCreate:     {ocsfFile, 1, ocsfPipe},
	pipeConnect:    {ocsfFile, 14, ocsfPipe},
	objectAccess:   {ocsfFile, 14, ocsfObject},
	imageLoad:      {ocsfModule, 1, ocsfImageLoad},
	driverLoad:     {ocsfDriver, 1, ocsfDriverLoad},
	keyCreate:      {ocsfRegistryKey, 1, ocsfKey},
	keyDelete:      {ocsfRegistryKey, 4, ocsfKey},
	keyRename:      {ocsfRegistryKey, 5, ocsfKey},
	valueSet:       {ocsfRegistryValue, 2, ocsfValue},
	valueDelete:    {ocsfRegistryValue, 4, ocsfValue},
	connection:     {ocsfNetwork, 1, ocsfConnection},
	dnsQuery:       {ocsfDNS, 1, ocsfQuestion},
	scriptRun:      {ocsfScript, 1, ocsfScriptRun},
	serviceInstall: {ocsfWindowsService, 1, ocsfService},
	serviceStart:   {ocsfApplication, 3, ocsfDaemon},
	serviceStop:    {ocsfApplication, 4, ocsfDaemon},
	taskCreate:     {ocsfJob, 1, ocsfTask},
	taskUpdate:     {ocsfJob, 2, ocsfTask},
	taskDelete:     {ocsfJob, 3, ocsfTask},
	taskEnable:     {ocsfJob, 4, ocsfTask},
	taskDisable:    {ocsfJob, 5, ocsfTask},
	taskStart:      {ocsfJob, 6, ocsfTask},
	logClear:       {ocsfEventLog, 1, ocsfLog},
	logStop:        {ocsfEventLog, 7, ocsfLog},
	logConfigure:   {ocsfEventLog, ocsfOther, ocsfLog},
	accountCreate:  {ocsfAccount, 1, ocsfAccountChange},
	accountEnable:  {ocsfAccount, 2, ocsfAccountChange},
	passwordChange: {ocsfAccount, 3, ocsfAccountChange},
	passwordReset:  {ocsfAccount, 4, ocsfAccountChange},
	accountDisable: {ocsfAccount, 5, ocsfAccountChange},
	accountDelete:  {ocsfAccount, 6, ocsfAccountChange},
	accountLock:    {ocsfAccount, 9, ocsfAccountChange},
	accountUnlock:  {ocsfAccount, 12, ocsfAccountChange},
	accountChange:  {ocsfAccount, ocsfOther, ocsfAccountChange},
	groupAdd:       {ocsfGroup, 3, ocsfGroupChange},
	groupRemove:    {ocsfGroup, 4, ocsfGroupChange},
	groupDelete:    {ocsfGroup, 5, ocsfGroupChange},
	groupCreate:    {ocsfGroup, 6, ocsfGroupChange},
	logon:          {ocsfAuthentication, 1, ocsfLogon},
	logoff:         {ocsfAuthentication, 2, ocsfLogon},
	ticket:         {ocsfAuthentication, 3, ocsfLogon},
	serviceTicket:  {ocsfAuthentication, 4, ocsfLogon},
	credentials:    {ocsfAuthentication, ocsfOther, ocsfLogon},
	privileges:     {ocsfAuthorize, 1, ocsfPrivileges},
	shareAccess:    {ocsfSMB, 2, ocsfShare},
	request:        {ocsfHTTP, ocsfOther, ocsfRequest},
	query:          {ocsfDatastore, 4, ocsfDatabase},
	auditProgram:   {ocsfProcess, 1, ocsfAuditProgram},
	auditCall:      {ocsfKernel, 4, ocsfAuditCall},
	auditArguments: {ocsfProcess, ocsfOther, ocsfAuditProcess},
	auditFolder:    {ocsfProcess, ocsfOther, ocsfAuditProcess},
	auditTitle:     {ocsfProcess, ocsfOther, ocsfAuditProcess},
	auditPath:      {ocsfFile, ocsfOther, ocsfAuditPath},
	auditAddress:   {ocsfNetwork, ocsfOther, ocsfAuditAddress},
	message:        {ocsfBase, ocsfOther, ocsfMessage},
	other:          {ocsfBase, ocsfOther, ocsfMessage},
}

// Write writes the event's line and those of its findings.
func (o ocsf) Write(r Record) error {
	what, found := kindOf(&r), newFields(r.own(o.about))
	of := ocsfEvents[what]
	doc := object{}
	of.write(doc, found, &r)
	if lacks(doc, of.class) {
		// What a class is about is missing: it is an event without a class.
		of, found, doc = ocsfEvents[other], newFields(r.own(o.about)), object{}
		of.write(doc, found, &r)
	}
	activity := of.activity
	if own, ok := doc["activity_id"].(int); ok {
		activity = own
	}
	ocsfHead(doc, of.class, activity, string(what))
	doc["severity_id"] = 1
	ocsfMetadata(doc, found, &r, o.about)
	doc["device"] = ocsfDevice(&r, found)
	if of.class.category == 1 || of.class == ocsfDatastore {
		ocsfEnsureActor(doc, &r)
	}
	doc["time"] = r.Event.Time.UnixMilli()
	said, unmapped := r.context(o.about), object(found.rest())
	if v, taken := unmapped[contextName]; taken {
		said["fields"] = object{contextName: v}
	}
	unmapped[contextName] = said
	doc["unmapped"] = unmapped
	if err := o.encode(doc); err != nil {
		return err
	}
	for _, rule := range r.Alerts {
		if err := o.encode(ocsfDetection(&r, rule, o.about)); err != nil {
			return err
		}
	}
	return nil
}

// ocsfHead writes what classifies an event. The activity has a name where the class
// has no number for it.
func ocsfHead(doc object, class ocsfClass, activity int, name string) {
	doc["class_uid"], doc["class_name"], doc["category_uid"] = class.uid, class.name, class.category
	doc["activity_id"] = activity
	if activity == ocsfOther {
		doc["activity_name"] = name
	}
	doc["type_uid"] = class.uid*100 + activity
}

func ocsfMetadata(doc object, f *fields, r *Record, about Run) {
	labels := []string{"emulated"}
	if about.Replay {
		labels = append(labels, "replay")
	}
	doc.put("metadata.version", ocsfVersion)
	doc.put("metadata.product.name", "ringer")
	doc.put("metadata.product.vendor_name", "ringer-lab")
	doc.put("metadata.product.version", about.Version)
	doc.put("metadata.uid", r.Event.ID)
	doc.put("metadata.event_code", f.text("EventID", "type"))
	doc.put("metadata.log_provider", f.text("Provider_Name"))
	doc.put("metadata.log_name", f.log())
	doc.put("metadata.labels", labels)
	doc.put("metadata.profiles", []string{"host"})
}

// ocsfDevice is the host, by the name that the event has for it.
func ocsfDevice(r *Record, f *fields) object {
	device := object{"type_id": 1}
	if r.Host.Kind == "workstation" {
		device["type_id"] = 2
	}
	device.put("name", r.Event.Lineage.Asset)
	device.put("hostname", r.Host.Name)
	device.put("hostname", f.text("Computer"))
	if len(device) == 1 {
		device["name"] = "unknown"
	}
	switch r.Host.Platform {
	case effect.Windows:
		device["os"] = object{"name": "Windows", "type_id": 100}
	case effect.Linux:
		device["os"] = object{"name": "Linux", "type_id": 200}
	}
	return device
}
