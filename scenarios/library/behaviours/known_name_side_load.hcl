behaviour "known_name_side_load" {
  attack    = ["T1574.001"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange", "iis"]
  phase     = persistence
  summary   = "stand-ins of the resource compiler and of Defender's service, each in a folder of its own, map an unsigned inert library of the name that the real program expects"
  footprint = "two programs and their libraries below ProgramData; one started from a shell, one by the service manager; the libraries mapped; the programs' notes of it"
  undo      = "delete both folders"
  source    = "ATT&CK v18.1 G0027 T1574.001 (rc.exe of Microsoft; antivirus programs), S0660 T1574.001 (MsMpEng.exe with mpsvc.dll). The folders are ours."

  argument "pair" {
    doc     = "which of the two pairs"
    one_of  = ["resource_compiler", "malware_service", "both"]
    default = "both"
  }

  locals {
    compiler = "C:\\ProgramData\\RC"
    defender = "C:\\ProgramData\\Defender"
    windows  = { product = "Microsoft® Windows® Operating System", company = "Microsoft Corporation" }
  }

  # Each pair is started as its real program would be.
  group {
    when = arg.pair != "malware_service"
    process "prompt" {
      extends = template.administrator_prompt
      write {
        path    = "${local.compiler}\\rc.exe"
        content = "${program(merge(local.windows, { original_name = "rc.exe", description = "Microsoft® Resource Compiler" }))}${local.brought_along}"
        mode    = "0755"
      }
      write {
        path    = "${local.compiler}\\rcdll.dll"
        content = library({}, "", "")
      }
      process "compiler" {
        image   = "${local.compiler}\\rc.exe"
        command = "\"${local.compiler}\\rc.exe\""
        folder  = local.compiler
        load {
          path = "${local.compiler}\\rcdll.dll"
          note = "${local.compiler}\\mapped.txt"
        }
      }
    }
  }

  group {
    when = arg.pair != "resource_compiler"
    process "prompt_service" {
      extends = template.system_prompt
      write {
        path    = "${local.defender}\\MsMpEng.exe"
        content = "${program(merge(local.windows, { original_name = "MsMpEng.exe", description = "Antimalware Service Executable" }))}${local.brought_along}"
        mode    = "0755"
      }
      write {
        path    = "${local.defender}\\mpsvc.dll"
        content = library({}, "", "")
      }
    }
    process "services" {
      extends = template.service_control
      process "service" {
        image   = "${local.defender}\\MsMpEng.exe"
        command = "\"${local.defender}\\MsMpEng.exe\""
        folder  = local.defender
        load {
          path = "${local.defender}\\mpsvc.dll"
          note = "${local.defender}\\mapped.txt"
        }
      }
    }
  }
}
