behaviour "web_page_drop" {
  attack    = ["T1505.003"]
  actors    = ["soft_cell", "emissary_panda"]
  platform  = linux
  hosts     = ["web"]
  phase     = persistence
  summary   = "have the web worker leave a page of plain text below the portal's document root, and ask for it once"
  footprint = "a file with a script's extension written by the worker, two lines in the access log"
  undo      = "remove the page, put the access log back"
  source    = "ATT&CK v18.1 G0093 T1505.003 and G0027 T1505.003, on Windows; Cybereason 2021 names web servers; PHP on Linux by analogy"

  argument "server" {
    doc     = "whose worker writes it"
    one_of  = ["php_fpm", "apache"]
    default = "php_fpm"
  }

  argument "folder" {
    doc     = "where below the document root"
    one_of  = ["scripts", "uploads", "template_cache"]
    default = "scripts"
  }

  argument "name" {
    doc     = "the page's file name"
    like    = "*.php"
    default = "locale_th.php"
  }

  locals {
    server = local.web_servers[arg.server]
    below  = "${local.portal_folders[arg.folder]}${arg.name}"
  }

  process "worker" {
    image    = local.server.worker
    command  = local.server.worker_title
    user     = host.accounts.service
    folder   = "/var/www/selfcare"
    resident = true
    write {
      path    = "${local.portal}${local.below}"
      content = inert("plain text in the place of a page")
    }
  }

  # The requests are left to the server that answers them: with nginx that is another
  # process than the one that writes the page.
  process "upload" {
    extends = template.web_request
    with    = { server = arg.server, method = "POST", path = "/selfcare/upload.php", query = "type=avatar" }
  }
  process "call" {
    extends = template.web_request
    with    = { server = arg.server, path = "/${local.below}", query = "c=id" }
  }
}
