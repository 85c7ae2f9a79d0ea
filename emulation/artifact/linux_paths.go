package artifact

// LinuxLogs is the folder of a Linux host's logs; the others are the logs that
// daemons write there.
const (
	LinuxLogs = "/var/log/"

	AuthLog          = LinuxLogs + "auth.log"
	CronLog          = LinuxLogs + "cron.log"
	SystemLog        = LinuxLogs + "syslog"
	AuditLog         = LinuxLogs + "audit/audit.log"
	JournalFile      = LinuxLogs + "journal/system.journal"
	ResolverLog      = LinuxLogs + "dnsmasq.log"
	NginxLogs        = LinuxLogs + "nginx/"
	NginxAccessLog   = NginxLogs + "access.log"
	ApacheAccessLog  = LinuxLogs + "apache2/access.log"
	PostgreSQLLogs   = LinuxLogs + "postgresql/"
	PostgreSQLLog    = PostgreSQLLogs + "postgresql-15-main.json"
	PostgreSQLOldLog = PostgreSQLLogs + "postgresql-15-main.log.1"
)

// AuditRulesFile is where a Linux host's audit rules lie. What auditd records
// follows from that file: a host without it has no audit trail.
const AuditRulesFile = "/etc/audit/audit.rules"
