behaviour "static_site_web_shell_drop" {
  attack    = ["T1505.003"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["iis"]
  phase     = persistence
  summary   = "a site's worker process leaves an inert page among the site's pictures"
  footprint = "one text page with ringer's marker; a file event of w3wp.exe"
  undo      = "delete the page"
  source    = "ATT&CK v18.1 G0093 T1505.003 (web shells kept for access), S0020 as its tool; Cybereason, DeadRinger, 2021"

  argument "site" {
    doc     = "the default site below inetpub, or the self-care site on the second disk"
    one_of  = ["default", "selfcare"]
    default = "default"
  }

  argument "name" {
    doc     = "the page's file name"
    like    = "*.aspx"
    default = "index.aspx"
  }

  # There are two sites, as rules know inetpub and not a site's own folder.
  process "worker" {
    extends = template.site_worker
    with    = { pool = arg.site == "selfcare" ? "SelfCare" : "DefaultAppPool" }
    user    = arg.site == "selfcare" ? host.accounts.selfcare : host.accounts.service
    write {
      path    = "${arg.site == "selfcare" ? "D:\\sites\\selfcare" : "C:\\inetpub\\wwwroot"}\\images\\${arg.name}"
      content = inert("a page without script")
    }
  }
}
