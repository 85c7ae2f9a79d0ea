behaviour "run_key_set" {
  attack    = ["T1547.001"]
  actors    = ["naikon", "emissary_panda"]
  platform  = windows
  hosts     = ["workstation", "exchange", "domain_controller"]
  phase     = persistence
  summary   = "write a Run value that names a program in a vendor-like folder of ProgramData; there is no such program"
  footprint = "reg.exe started; one registry value, written by it"
  undo      = "delete the value"
  source    = "ATT&CK v18.1 G0019 T1547.001 and T1036.005 (names of Adobe, Chrome, VMware); G0027 T1547.001 (several of its tools). Value name and path are ours."

  argument "value" {
    doc     = "the value's name"
    like    = "*"
    default = "AdobeUpdate"
  }

  argument "folder" {
    doc     = "the folder of ProgramData that the program is said to lie in"
    like    = "*"
    default = "Adobe"
  }

  argument "program" {
    doc     = "the program it names"
    like    = "*.exe"
    default = "AdobeUpdate.exe"
  }

  argument "hive" {
    doc     = "for all users, or for the one at work"
    one_of  = ["machine", "user"]
    default = "machine"
  }

  locals {
    below = "Microsoft\\Windows\\CurrentVersion\\Run"
    # The user's hive is written by its full name: HKCU is a view of it, and Sysmon names
    # the key itself.
    key   = arg.hive == "user" ? "HKU\\${sid(host.accounts.admin)}\\Software\\${local.below}" : "HKLM\\SOFTWARE\\${local.below}"
    typed = arg.hive == "user" ? "HKCU\\Software\\${local.below}" : local.key
    data  = "C:\\ProgramData\\${arg.folder}\\${arg.program}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "reg" {
      image   = "${local.system32}reg.exe"
      command = "reg add \"${local.typed}\" /v \"${arg.value}\" /t REG_SZ /d \"${local.data}\" /f"
      set_value {
        key  = local.key
        name = arg.value
        data = local.data
      }
    }
  }
}
