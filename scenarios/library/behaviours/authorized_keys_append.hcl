behaviour "authorized_keys_append" {
  attack    = ["T1098.004"]
  actors    = ["soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = persistence
  summary   = "append a comment, and not a key, to an account's authorized_keys"
  footprint = "mkdir and tee started from the account's shell; the folder .ssh and the file"
  undo      = "remove file and folder, or put back the file as it was"
  source    = "Cybereason, DeadRinger, 2021: access kept for years; by analogy, ATT&CK v18.1 lists T1078 for G0093"

  argument "account" {
    doc     = "whose file"
    one_of  = ["database", "operator", "admin"]
    default = "database"
  }

  locals {
    user   = host.accounts[arg.account]
    folder = "${local.homes[local.user]}/.ssh"
    keys   = "${local.folder}/authorized_keys"
  }

  # tee appends: a redirection in the shell would make no process.
  process "login" {
    extends = template.login_shell
    user    = local.user
    folder  = local.homes[local.user]
    process "mkdir" {
      image   = "/usr/bin/mkdir"
      command = "mkdir -m 700 ${local.folder}"
      folder {
        path   = local.folder
        mode   = "0700"
        proven = false
      }
    }
    process "tee" {
      image   = "/usr/bin/tee"
      command = "tee -a ${local.keys}"
      append {
        path    = local.keys
        content = local.linux_marker
      }
    }
  }

  prove {
    mode_is {
      path = local.folder
      mode = "0700"
    }
  }
}
