behaviour "local_account_add" {
  attack    = ["T1136.001"]
  actors    = ["soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = persistence
  summary   = "write an account with a locked password into the asset's own passwd file, and put it into a group"
  footprint = "useradd and usermod started from root's shell; passwd and group files renewed; lines in auth.log and audit log"
  undo      = "put back passwd and group, remove the home folder"
  source    = "ATT&CK v18.1 G0093 T1136.002, domain accounts; a local Linux account is by analogy"

  argument "name" {
    doc     = "the account's name"
    like    = "[a-z]*"
    default = "cdrsync"
  }

  argument "group" {
    doc     = "the group it is put into"
    one_of  = ["sudo", "adm", "root"]
    default = "sudo"
  }

  locals {
    account = passwd_line({ name = arg.name, password = "!", uid = 1007, gid = 1007, comment = "Mediation sync", home = "/home/${arg.name}", shell = "/bin/bash" })
    # The marker is a comment, which the C library skips in both files.
    users  = "${file_content("/etc/passwd")}${local.linux_marker}${local.account}"
    own    = "${file_content("/etc/group")}${local.linux_marker}${arg.name}:x:1007:\n"
    joined = with_member(local.own, arg.group, arg.name)
    audit  = "pid=4121 uid=0 auid=1000 ses=3 msg='op=%s acct=\"${arg.name}\"%s exe=\"/usr/sbin/%s\" hostname=${host.hostname} addr=? terminal=pts/0 res=success'"
  }

  # The files are renewed as shadow-utils does it: a new file with a plus sign, renamed.
  process "login" {
    extends = template.login_shell
    user    = host.accounts.admin
    folder  = "/root"
    process "useradd" {
      image = "/usr/sbin/useradd"
      argv  = ["useradd", "-m", "-s", "/bin/bash", "-c", "Mediation sync", arg.name]
      write {
        path    = "/etc/passwd+"
        content = local.users
      }
      move {
        from = "/etc/passwd+"
        to   = "/etc/passwd"
      }
      write {
        path    = "/etc/group+"
        content = local.own
      }
      move {
        from = "/etc/group+"
        to   = "/etc/group"
      }
      write {
        path    = "/home/${arg.name}/.profile"
        content = inert_comment("umask 022")
      }
    }
  }
  process "audit" {
    extends = template.audit_record
    with    = { type = "ADD_USER", fields = format(local.audit, "adding user", "", "useradd") }
  }
  process "log" {
    extends = template.syslog_record
    with = {
      file    = local.auth_log
      program = "useradd[4121]"
      message = "new user: name=${arg.name}, UID=1007, GID=1007, home=/home/${arg.name}, shell=/bin/bash, from=/dev/pts/0"
    }
  }

  process "login_again" {
    extends = template.login_shell
    user    = host.accounts.admin
    folder  = "/root"
    process "usermod" {
      image = "/usr/sbin/usermod"
      argv  = ["usermod", "-aG", arg.group, arg.name]
      write {
        path    = "/etc/group+"
        content = local.joined
      }
      move {
        from = "/etc/group+"
        to   = "/etc/group"
      }
    }
  }
  process "audit_group" {
    extends = template.audit_record
    with    = { type = "USER_MGMT", fields = format(local.audit, "add-user-to-group", " grp=\"${arg.group}\"", "usermod") }
  }
  process "log_group" {
    extends = template.syslog_record
    with = {
      file    = local.auth_log
      program = "usermod[4127]"
      message = "add '${arg.name}' to group '${arg.group}'"
    }
  }

  prove {
    only = true
    holds {
      path    = "/etc/passwd"
      content = local.users
    }
    holds {
      path    = "/etc/group"
      content = local.joined
    }
  }
}
