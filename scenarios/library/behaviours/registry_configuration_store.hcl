behaviour "registry_configuration_store" {
  attack    = ["T1112"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["iis", "exchange", "domain_controller", "workstation"]
  phase     = persistence
  summary   = "a stand-in writes placeholder bytes as its settings below the Classes branch of machine and user; nothing reads them"
  footprint = "two registry values of type binary, written by a program below ProgramData"
  undo      = "delete both values"
  source    = "ATT&CK v18.1 G0027 T1112 (keys below Software\\Classes and services), S0663 T1112 (value scConfig). Program name is ours."

  argument "key" {
    doc     = "the key's name below Classes"
    like    = "*"
    default = "scConfig"
  }

  argument "hive" {
    doc     = "the machine's branch, the user's, or both"
    one_of  = ["machine", "user", "both"]
    default = "both"
  }

  argument "program" {
    doc     = "the program that writes"
    like    = "*.exe"
    default = "sysupdate.exe"
  }

  locals {
    program = "C:\\ProgramData\\SysUpdate\\${arg.program}"
  }

  process "machine" {
    when     = arg.hive != "user"
    image    = local.program
    user     = local.system
    resident = true
    set_value {
      key  = "HKLM\\SOFTWARE\\Classes\\${arg.key}"
      type = "REG_BINARY"
      data = hex(local.marker)
    }
  }
  # The user's branch is written as Windows keeps it, in a hive of its own beside the
  # user's: Sysmon names that one.
  process "user" {
    when     = arg.hive != "machine"
    image    = local.program
    user     = host.accounts.admin
    resident = true
    set_value {
      key  = "HKU\\${sid(host.accounts.admin)}_Classes\\${arg.key}"
      type = "REG_BINARY"
      data = hex(local.marker)
    }
  }
}
