behaviour "domain_account_create" {
  attack    = ["T1136.002"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["domain_controller"]
  phase     = persistence
  summary   = "enter a user in the host's directory file and put it into a group; there is no real directory and no password"
  footprint = "net.exe and net1.exe started twice; two lines in the directory file; 4720 and 4728 in Security"
  undo      = "take both lines out of the directory file"
  source    = "ATT&CK v18.1 G0093 T1136.002 (high-privileged domain users made to keep access), S0039. The account's name is ours."

  argument "account" {
    doc     = "the new account's name"
    like    = "*"
    default = "svc_monitor"
  }

  argument "group" {
    doc     = "the group it is put into"
    one_of  = ["Domain Admins", "Billing Operators"]
    default = "Domain Admins"
  }

  # The directory service writes, for net.exe only asks.
  process "prompt" {
    extends = template.administrator_prompt
    process "net" {
      extends = template.net_command
      with    = { arguments = "user ${arg.account} Inert-Placeholder-1 /add /domain" }
    }
  }
  process "authority" {
    extends = template.security_authority
    directory_entry { user = arg.account }
  }
  process "prompt_group" {
    extends = template.administrator_prompt
    process "net" {
      extends = template.net_command
      with    = { arguments = "group \"${arg.group}\" ${arg.account} /add /domain" }
    }
  }
  process "authority_group" {
    extends = template.security_authority
    directory_entry {
      group = arg.group
      user  = arg.account
    }
  }
}
