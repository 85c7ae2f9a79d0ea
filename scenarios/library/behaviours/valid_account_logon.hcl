behaviour "valid_account_logon" {
  attack    = ["T1078", "T1078.002", "T1133"]
  actors    = ["soft_cell", "naikon", "emissary_panda"]
  platform  = windows
  hosts     = ["domain_controller", "exchange"]
  phase     = persistence
  summary   = "enter logons of accounts that do not exist in the host's synthetic table of sessions; nobody logs on, so the records are declared"
  footprint = "lines in the table of sessions, written by the stand-in of lsass.exe; 4776, 4624 and 4672 in Security, declared"
  undo      = "take the lines out of the table"
  source    = "ATT&CK v18.1 G0093 T1078, G0027 T1078 and T1133 (mail accounts used to try to come back), G0019 T1078.002 (administrator accounts for movement). No credential exists; only records are shaped."

  argument "ways" {
    type    = list
    doc     = "how the account comes: over the network, at the desktop, through Outlook on the web"
    one_of  = ["share", "desktop", "mail"]
    default = ["share", "desktop", "mail"]
  }

  argument "address" {
    doc     = "where it comes from: an inside host that is lost already, or outside"
    one_of  = ["inside", "outside"]
    default = "inside"
  }

  locals {
    account = account_name(host.accounts.admin)
    # An inside host that is lost already, or one of the addresses that are kept for
    # documents (RFC 5737).
    from = { inside = "10.20.4.17", outside = "203.0.113.45" }[arg.address]
    sessions = [
      { way = "share", type = "3", account = local.account, address = local.from, workstation = "WS-OPS02" },
      { way = "desktop", type = "10", account = local.account, address = local.from, workstation = host.hostname },
      { way = "mail", type = "8", account = "ops02", address = "203.0.113.45", workstation = "MAIL01" },
    ]
  }

  # The table is proven, not a logon.
  process "authority" {
    extends = template.security_authority
    append {
      path    = local.sessions_file
      content = join("", [for session in local.sessions : logon_session({ type = session.type, account = session.account, address = session.address, workstation = session.workstation }) if contains(arg.ways, session.way)])
    }
  }
}
