# Stands for a carrier's billing host, which the report names as what the actors were
# after: mediation writes call records there, a database holds them.
host "billing" {
  extends  = template.linux
  platform = linux
  summary  = "billing host: mediation's call records, a PostgreSQL server, cron jobs, auditd and rsyslog"
  hostname = "BILL01"
  accounts = { admin = "root", service = "mediation", database = "postgres", operator = "billing" }
  services = ["postgresql"]
  users = [
    { name = "postgres", uid = 109, gid = 117, comment = "PostgreSQL administrator", home = "/var/lib/postgresql", shell = "/bin/bash" },
    { name = "billing", uid = 1002, gid = 1002, comment = "Billing clerk", home = "/home/billing", shell = "/bin/bash" },
    { name = "mediation", uid = 1003, gid = 1003, comment = "Mediation", home = "/srv/mediation", shell = "/bin/bash" },
  ]

  # Two days of a switch's output.
  file {
    for_each = [for part in setproduct(["20210701", "20210702"], ["0001", "0002", "0003", "0004"]) : { day = part[0], part = part[1] }]
    path     = "${local.call_record_folder}/MSC01_${each.value.day}_${each.value.part}.cdr"
    content  = call_records(each.value.day, each.value.part)
    days     = each.value.day == "20210701" ? 2 : 1
  }
  file {
    path    = "/etc/audit/audit.rules"
    content = "${join("\n", concat(local.audit_rules, ["-w /srv/mediation/conf/ -p wa -k mediation_config", "-w /var/lib/postgresql/ -p wa -k ssh_keys"]))}\n"
    mode    = "0640"
    days    = 400
  }
  folder {
    for_each = [
      "/srv/mediation/in",
      "/srv/mediation/done",
      "/srv/mediation/tmp",
    ]
    path = each.value
  }
  file {
    path    = "/srv/mediation/conf/mediation.conf"
    content = "input=/srv/mediation/in\noutput=/srv/mediation/out\nkeep_days=90\n"
    days    = 200
  }
  file {
    path    = "/srv/mediation/log/mediation.log"
    content = "2021-03-01T04:00:00Z delivered 8 files\n"
    days    = 1
  }
  folder {
    for_each = [
      "/srv/backup",
      "/srv/reports",
    ]
    path = each.value
  }
  file {
    path    = "/var/spool/cron/crontabs/mediation"
    content = "*/5 * * * * /usr/bin/find /srv/mediation/out -mmin +5 -name '*.cdr'\n"
    mode    = "0600"
    days    = 300
  }
  file {
    path    = "/etc/cron.d/mediation"
    content = "30 2 * * * mediation /usr/bin/true\n"
    days    = 300
  }
  file {
    path    = "/etc/logrotate.d/mediation"
    content = "/srv/mediation/log/*.log { daily rotate 7 compress }\n"
    days    = 300
  }
  file {
    path    = "/var/lib/postgresql/15/main/PG_VERSION"
    content = "15\n"
    days    = 400
  }
  file {
    path    = "/var/lib/postgresql/15/main/base/cdr_voice"
    content = call_records("20210701", "table")
    mode    = "0600"
    days    = 1
  }
  file {
    path    = "/var/log/postgresql/postgresql-15-main.json"
    content = "{\"user\":\"backup\",\"dbname\":\"billing\",\"application_name\":\"psql\",\"message\":\"connection authorized\"}\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/postgresql/postgresql-15-main.log.1"
    content = "2021-02-28 03:00:00 UTC LOG:  checkpoint complete\n"
    mode    = "0640"
    days    = 2
  }
  file {
    path    = "/home/billing/.bashrc"
    content = "alias ll='ls -l'\n"
    days    = 300
  }
  file {
    path    = "/home/billing/.bash_history"
    content = "ls -l /srv/reports\nless /srv/reports/2021-02.csv\n"
    mode    = "0600"
    days    = 1
  }
  file {
    path    = "/home/ops/.bash_history"
    content = "sudo -i\n"
    mode    = "0600"
    days    = 1
  }
}
