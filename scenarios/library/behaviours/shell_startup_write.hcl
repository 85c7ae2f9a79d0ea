behaviour "shell_startup_write" {
  attack    = ["T1546.004"]
  actors    = ["soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = persistence
  summary   = "put a script that sets an unused variable into /etc/profile.d, and a comment at the end of an account's .bashrc"
  footprint = "cp and sed started from root's shell; the script; .bashrc renewed under a temporary name and renamed"
  undo      = "remove the script and the file it came from, put .bashrc back"
  source    = "Cybereason, DeadRinger, 2021: access kept for years; by analogy, ATT&CK v18.1 does not list it for G0093"

  argument "place" {
    doc     = "which of the two places"
    one_of  = ["profile_d", "bashrc", "both"]
    default = "both"
  }

  argument "name" {
    doc     = "the script's name in /etc/profile.d"
    like    = "*.sh"
    default = "zz-mediation.sh"
  }

  locals {
    home    = local.homes[host.accounts.operator]
    startup = "${local.home}/.bashrc"
  }

  group {
    when = arg.place != "bashrc"
    process "login" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = local.homes[host.accounts.admin]
      write {
        path    = "/var/tmp/${arg.name}"
        content = inert_comment("RINGER_UNUSED=1")
        proven  = false
      }
      process "cp" {
        image = "/usr/bin/cp"
        argv  = ["cp", "/var/tmp/${arg.name}", "/etc/profile.d/${arg.name}"]
        copy {
          from = "/var/tmp/${arg.name}"
          to   = "/etc/profile.d/${arg.name}"
        }
      }
    }
  }

  group {
    when = arg.place != "profile_d"
    # sed writes under the temporary name that a file event shows.
    process "login_sed" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = local.home
      process "sed" {
        image = "/usr/bin/sed"
        argv  = ["sed", "-i", "$a#marker", local.startup]
        write {
          path    = "${local.home}/sedK3uQ9x"
          content = "${file_content(local.startup)}${local.linux_marker}"
          proven  = false
        }
        move {
          from   = "${local.home}/sedK3uQ9x"
          to     = local.startup
          proven = false
        }
      }
    }
    prove {
      ends_with {
        path    = local.startup
        content = local.linux_marker
      }
    }
  }
}
