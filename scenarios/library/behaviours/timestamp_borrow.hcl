behaviour "timestamp_borrow" {
  attack    = ["T1070.006"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["web"]
  phase     = erasure
  summary   = "give a page of the portal the times of its index page"
  footprint = "touch, below a shell of the web worker; the page's times"
  undo      = "set the former times again (the change time stays new)"
  source    = "ATT&CK v18.1 S1031 PingPull T1070.006 (G0093) and S0020 China Chopper T1070.006; not listed for the groups themselves; Linux by analogy"

  argument "page" {
    doc     = "the account page that is there, or one that was dropped before"
    one_of  = ["account", "dropped"]
    default = "account"
  }

  argument "folder" {
    doc     = "where the dropped page lies"
    one_of  = ["scripts", "uploads", "template_cache"]
    default = "scripts"
  }

  argument "name" {
    doc     = "the dropped page's file name"
    like    = "*.php"
    default = "locale_th.php"
  }

  locals {
    index = "${local.portal}index.php"
    page  = arg.page == "dropped" ? "${local.portal}${local.portal_folders[arg.folder]}${arg.name}" : "${local.portal}account.php"
  }

  # It goes through a shell, as a page's code would.
  process "worker" {
    extends = template.php_worker
    process "shell" {
      extends = template.shell_line
      with    = { line = "touch -r ${local.index} ${local.page}" }
      process "touch" {
        image = "/usr/bin/touch"
        argv  = ["touch", "-r", local.index, local.page]
        times {
          path = local.page
          like = local.index
        }
      }
    }
  }
}
