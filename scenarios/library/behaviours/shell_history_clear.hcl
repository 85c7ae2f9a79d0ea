behaviour "shell_history_clear" {
  attack    = ["T1070.003"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["billing"]
  phase     = erasure
  summary   = "turn an account's shell history off, remove its file and link the name to /dev/null"
  footprint = "bash, rm and ln started from the account's shell; a link in the history's place"
  undo      = "put the history file back"
  source    = "Cybereason, DeadRinger, 2021: traces erased; by analogy, ATT&CK v18.1 does not list it for the groups"

  argument "account" {
    doc     = "whose history"
    one_of  = ["operator", "admin"]
    default = "operator"
  }

  argument "builtin" {
    type    = bool
    doc     = "typed in the shell at hand, where it makes no process, rather than in one of its own"
    default = false
  }

  locals {
    user    = host.accounts[arg.account]
    history = "${local.homes[local.user]}/.bash_history"
  }

  process "login" {
    extends = template.login_shell
    user    = local.user
    folder  = local.homes[local.user]
    # The builtins have a shell of their own unless asked otherwise: only so does any
    # process carry them in its arguments.
    process "bash" {
      when  = !arg.builtin
      image = "/usr/bin/bash"
      argv  = ["bash", "-c", "unset HISTFILE; export HISTFILESIZE=0; history -c"]
    }
    process "rm" {
      image   = "/usr/bin/rm"
      command = "rm -f ${local.history}"
      remove { path = local.history }
    }
    process "ln" {
      image   = "/usr/bin/ln"
      command = "ln -sf /dev/null ${local.history}"
      symlink {
        path   = local.history
        target = "/dev/null"
      }
    }
  }
}
