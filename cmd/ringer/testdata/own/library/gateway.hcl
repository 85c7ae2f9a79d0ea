log_source "vpn" {
  product = "acme"
  service = "vpn"
  file    = "/var/log/vpnd.log"
  format  = "key_value"
  fields  = { src = "SourceIp" }
}

log_source "identity" {
  product = "okta"
  service = "okta"
  file    = "/var/log/identity.json"
  format  = "json"
  fields  = { "actor.alternateId" = "user" }
}

log_source "cloud_audit" {
  product = "aws"
  service = "cloudtrail"
  file    = "/var/log/cloudtrail.json"
  format  = "json"
}

log_source "mysql" {
  product  = "mysql"
  category = "database"
  file     = "/var/log/mysql/mysql.log"
  format   = "regex"
  pattern  = "^(?P<time>\\S+)\\s+(?P<thread>\\d+) (?P<command>\\w+)\\s(?P<statement>.*)$"
}

host "collector" {
  extends  = template.linux
  platform = linux
  summary  = "a host on which the records of appliances and services arrive"
  hostname = "LOG01"
  accounts = { admin = "root", service = "collector" }
  logs     = [log_source.vpn, log_source.identity, log_source.cloud_audit, log_source.mysql]

  file {
    path    = "/var/log/vpnd.log"
    content = "act=login user=old src=192.0.2.1\n"
  }
}

template "process" "receiver" {
  argument "file" {}
  argument "record" {}
  image    = "/usr/sbin/receiver"
  user     = host.accounts.service
  resident = true
  append {
    path    = with.file
    content = "${with.record}\n"
  }
}

behaviour "vpn_logon" {
  attack   = ["T1133"]
  platform = linux
  hosts    = ["collector"]
  summary  = "log on to the VPN from elsewhere"
  source   = "none: an example that is HCL alone"

  process "receiver" {
    extends = template.receiver
    with = {
      file   = "/var/log/vpnd.log"
      record = "act=login user=eve src=198.51.100.7"
    }
  }
}

behaviour "identity_factor_reset" {
  attack   = ["T1556.006"]
  platform = linux
  hosts    = ["collector"]
  summary  = "reset an account's second factor"
  source   = "none: an example that is HCL alone"

  process "receiver" {
    extends = template.receiver
    with = {
      file   = "/var/log/identity.json"
      record = jsonencode({ eventType = "user.mfa.factor.deactivate", actor = { alternateId = "eve@example.com" } })
    }
  }
}

behaviour "cloud_trail_stop" {
  attack   = ["T1685.002"]
  platform = linux
  hosts    = ["collector"]
  summary  = "stop a trail's logging"
  source   = "none: an example that is HCL alone"

  process "receiver" {
    extends = template.receiver
    with = {
      file   = "/var/log/cloudtrail.json"
      record = jsonencode({ eventSource = "cloudtrail.amazonaws.com", eventName = "StopLogging", userIdentity = { type = "IAMUser", userName = "eve" } })
    }
  }
}

behaviour "mysql_file_write" {
  attack   = ["T1505.001"]
  platform = linux
  hosts    = ["collector"]
  summary  = "have a database server write a file"
  source   = "none: an example that is HCL alone"

  process "receiver" {
    extends = template.receiver
    with = {
      file   = "/var/log/mysql/mysql.log"
      record = "2021-03-01T08:00:00Z\t   12 Query\tSELECT code INTO OUTFILE '/var/www/x.php' FROM t"
    }
  }
}
