behaviour "archive_library_powershell" {
  attack    = ["T1560.002", "T1059.001"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = collection
  summary   = "a PowerShell script names two ways to pack documents, and its stand-in leaves both archives in ringer's own format; no script runs"
  footprint = "a script, powershell.exe started with it, its text in the script block log, two archives in name"
  undo      = "delete the script and the archives"
  source    = "ATT&CK v18.1 G0027 T1560.002 (archive, encrypt and password-protect before exfiltration; Secureworks 2017). PowerShell is a variant of ours."

  argument "ways" {
    type    = list
    doc     = "the cmdlet, or the class of .NET below it"
    one_of  = ["cmdlet", "class"]
    default = ["cmdlet", "class"]
  }

  argument "script" {
    doc     = "the script's name"
    like    = "*.ps1"
    default = "a.ps1"
  }

  locals {
    folder    = "C:\\ProgramData\\Adobe"
    documents = "C:\\Users\\ops02\\Documents"
    from      = [for file in host.files : file if startswith(file, "C:\\Users\\") && strcontains(file, "\\Documents\\")]
    script    = "${local.folder}\\${arg.script}"
    by_cmdlet = "C:\\Windows\\Temp\\d1.zip"
    by_class  = "${local.folder}\\d2.zip"
    lines = concat(
      contains(arg.ways, "cmdlet") ? ["Compress-Archive -Path ${local.documents}\\*.docx -DestinationPath ${local.by_cmdlet} -CompressionLevel Fastest"] : [],
      contains(arg.ways, "class") ? ["Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('${local.documents}','${local.by_class}')"] : [],
    )
  }

  process "prompt" {
    extends = template.user_prompt
    write {
      path    = local.script
      content = "# ${local.marker}\n${join("", [for line in local.lines : "${line}\n"])}"
      proven  = false
    }
  }

  # Both ways pack: rules know the cmdlet, and none the class.
  process "prompt_again" {
    extends = template.user_prompt
    process "powershell" {
      image   = local.powershell
      command = "powershell.exe -ExecutionPolicy RemoteSigned -File ${local.script}"
      pack {
        when = contains(arg.ways, "cmdlet")
        into = local.by_cmdlet
        from = local.from
      }
      pack {
        when = contains(arg.ways, "class")
        into = local.by_class
        from = local.from
      }
    }
  }
}
