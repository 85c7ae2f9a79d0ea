# What the behaviours, days and hosts of Linux share.

locals {
  # The home folders of the accounts that behaviours name.
  homes = {
    root      = "/root"
    postgres  = "/var/lib/postgresql"
    billing   = "/home/billing"
    mediation = "/srv/mediation"
  }

  linux_marker = "# ringer: inert emulation, no function\n"

  call_record_folder = "/srv/mediation/out"
  # Numbers that Ofcom keeps for drama, as all in the records are.
  numbers_of_interest = ["+447700900137", "+447700900248"]

  # Where records are gathered. Two of them no rule on dots sees: one has none, the
  # other lies below a folder that rules leave out.
  staging_folders = {
    font_unix  = "/var/tmp/.font-unix"
    ice_cache  = "/tmp/.ICE-cache"
    pulse_shm  = "/dev/shm/.pulse-shm"
    plain      = "/var/tmp/mediation-spool"
    user_cache = "/srv/mediation/.cache/fontconfig"
  }

  audit_log  = "/var/log/audit/audit.log"
  auth_log   = "/var/log/auth.log"
  cron_log   = "/var/log/cron.log"
  system_log = "/var/log/syslog"
  journal    = "/var/log/journal/system.journal"

  database_log     = "/var/log/postgresql/postgresql-15-main.json"
  old_database_log = "/var/log/postgresql/postgresql-15-main.log.1"

  portal = "/var/www/selfcare/"
  # Places below the document root that a worker can write to.
  portal_folders = {
    scripts        = "assets/js/"
    uploads        = "uploads/"
    template_cache = "var/cache/twig/"
  }

  # The two set-ups of web servers: who answers requests and logs them, and who runs
  # the pages' code. With nginx the worker is PHP's own daemon, never nginx; Apache's
  # PHP module makes Apache's worker the parent.
  web_servers = {
    php_fpm = {
      front        = "/usr/sbin/nginx"
      front_title  = "nginx: worker process"
      worker       = "/usr/sbin/php-fpm8.2"
      worker_title = "php-fpm: pool www"
      log          = "/var/log/nginx/access.log"
    }
    apache = {
      front        = "/usr/sbin/apache2"
      front_title  = "/usr/sbin/apache2 -k start"
      worker       = "/usr/sbin/apache2"
      worker_title = "/usr/sbin/apache2 -k start"
      log          = "/var/log/apache2/access.log"
    }
  }

  # Who asks the web server, and with what: an address kept for documentation (RFC 5737).
  web_client = "198.51.100.23"
  web_agent  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
}

# The shell of a login that came before the step. A redirection in it is an act of the
# shell itself: it makes no process.
template "process" "login_shell" {
  image    = "/usr/bin/bash"
  argv     = ["-bash"]
  resident = true
}

# A shell with one line to run, as popen and system start it. Debian's dash always
# forks, so it stays the parent of what it runs.
template "process" "shell_line" {
  argument "line" {}
  image = "/usr/bin/dash"
  argv  = ["sh", "-c", with.line]
}

# The daemon that starts a job: through a shell, in the account's name.
template "process" "cron_job" {
  image    = "/usr/sbin/cron"
  command  = "/usr/sbin/cron -f"
  resident = true
}

# What auditd writes for a program or the kernel that reports more than system calls.
template "process" "audit_record" {
  argument "type" {}
  argument "fields" {}
  image    = "/usr/sbin/auditd"
  user     = "root"
  resident = true
  append {
    path    = local.audit_log
    content = audit_line(with.type, with.fields)
    proven  = false
  }
}

# What the log daemon writes for a program that reports to it.
template "process" "syslog_record" {
  argument "file" {}
  argument "program" {}
  argument "message" {}
  image    = "/usr/sbin/rsyslogd"
  command  = "/usr/sbin/rsyslogd -n -iNONE"
  user     = "syslog"
  resident = true
  append {
    path    = with.file
    content = syslog_line(host.hostname, with.program, with.message)
    proven  = false
  }
}

# A line of the database server's log on a statement.
template "process" "statement_record" {
  argument "role" {
    default = "billing"
  }
  argument "program" {}
  argument "statement" {}
  image    = "/usr/lib/postgresql/15/bin/postgres"
  command  = "postgres: 15/main: logger"
  user     = host.accounts.database
  folder   = "/var/lib/postgresql/15/main"
  resident = true
  append {
    path    = local.database_log
    content = statement_line(with.role, "billing", with.program, with.statement)
    proven  = false
  }
}

# PHP's own daemon, which runs the pages' code.
template "process" "php_worker" {
  image    = local.web_servers.php_fpm.worker
  command  = local.web_servers.php_fpm.worker_title
  user     = host.accounts.service
  folder   = "/var/www/selfcare"
  resident = true
}

# The line that a web server writes of a request from the actor's address.
template "process" "access_record" {
  argument "server" {
    default = "php_fpm"
  }
  argument "method" {
    default = "GET"
  }
  argument "path" {}
  argument "query" {
    default = ""
  }
  argument "proven" {
    type    = bool
    default = false
  }
  image    = local.web_servers[with.server].front
  command  = local.web_servers[with.server].front_title
  user     = "www-data"
  folder   = "/"
  resident = true
  append {
    path    = local.web_servers[with.server].log
    content = access_line({ client = local.web_client, method = with.method, path = with.path, query = with.query, agent = local.web_agent })
    proven  = with.proven
  }
}

# A request that a web server answers and logs: a real one, if the asset has nginx, and
# else the line that it would write.
template "process" "web_request" {
  argument "server" {
    default = "php_fpm"
  }
  argument "method" {
    default = "GET"
  }
  argument "path" {}
  argument "query" {
    default = ""
  }
  locals {
    real   = host.service == "nginx" && with.server == "php_fpm"
    server = local.web_servers[with.server]
  }
  image    = local.real ? "/usr/bin/browser" : local.server.front
  command  = local.real ? "browser" : local.server.front_title
  user     = local.real ? null : "www-data"
  folder   = local.real ? null : "/"
  remote   = local.real
  resident = !local.real
  request {
    when   = local.real
    method = with.method
    path   = replace(with.query == "" ? with.path : "${with.path}?${with.query}", " ", "%20")
    from   = local.web_client
    agent  = local.web_agent
  }
  append {
    when    = !local.real
    path    = local.server.log
    content = access_line({ client = local.web_client, method = with.method, path = with.path, query = with.query, agent = local.web_agent })
    proven  = false
  }
}

# The administrator whose login shell starts most cases of a boundary, and a program of
# the administrator's that runs already.
template "process" "root_login" {
  extends = template.login_shell
  user    = "root"
  folder  = "/root"
}
template "process" "root_program" {
  user     = "root"
  folder   = "/root"
  resident = true
}
template "process" "root_writer" {
  user     = "root"
  folder   = "/"
  resident = true
}
