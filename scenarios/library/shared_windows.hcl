# What the behaviours, days and hosts of Windows share.

locals {
  system          = "NT AUTHORITY\\SYSTEM"
  local_service   = "NT AUTHORITY\\LOCAL SERVICE"
  network_service = "NT AUTHORITY\\NETWORK SERVICE"
  domain          = "carrier.example"
  domain_short    = "CARRIER"

  system32 = "C:\\Windows\\System32\\"
  # Where Exchange 2013 to 2019 is installed.
  exchange = "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\"

  sessions_file          = "${local.system32}config\\sessions.txt"
  web_settings_file      = "${local.system32}inetsrv\\config\\applicationHost.config"
  directory_file         = "C:\\Windows\\NTDS\\directory.txt"
  directory_changes_file = "C:\\Windows\\NTDS\\changes.log"
  services_key           = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\"
}

locals {
  powershell = "${local.system32}WindowsPowerShell\\v1.0\\powershell.exe"
  desktop    = "C:\\Windows\\explorer.exe"

  # Folders that survey files, lists and cabinets go to.
  survey_folders = {
    intel    = "C:\\ProgramData\\Intel\\"
    perflogs = "C:\\PerfLogs\\"
    temp     = "C:\\Windows\\Temp\\"
  }

  # The version resource of a tool that nobody sells: it says what it is.
  stand_in_version = { original_name = "ringer.exe", description = "ringer stand-in", product = "ringer" }
  # The line that tells a program that was brought along from one that would be
  # installed in its place.
  brought_along = "# brought along\n"
}

# An administrator's command prompt, open already, in which programs are started one
# after the other.
template "process" "administrator_prompt" {
  image    = "${local.system32}cmd.exe"
  command  = "\"C:\\Windows\\system32\\cmd.exe\""
  user     = host.accounts.admin
  resident = true
}

# The service host that keeps the tasks: it, not schtasks.exe, writes their files and
# keys.
template "process" "task_scheduler" {
  image    = "${local.system32}svchost.exe"
  command  = "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule"
  user     = local.system
  resident = true
}

# The service control manager: it, not sc.exe, writes the services' keys and starts
# them.
template "process" "service_control" {
  image    = "${local.system32}services.exe"
  command  = "C:\\Windows\\system32\\services.exe"
  user     = local.system
  resident = true
}

# The local security authority, which writes the directory for those who ask for it.
template "process" "security_authority" {
  image    = "${local.system32}lsass.exe"
  command  = "C:\\Windows\\system32\\lsass.exe"
  user     = local.system
  resident = true
}

# The process that the kernel's own threads are in.
template "process" "kernel" {
  image    = "System"
  command  = "System"
  user     = local.system
  folder   = ""
  resident = true
}

# The desktop of whoever sits at the host.
template "process" "desktop" {
  image    = local.desktop
  command  = "C:\\Windows\\Explorer.EXE"
  user     = host.kind == "workstation" ? host.accounts.user : host.accounts.admin
  resident = true
}

# An IIS worker process of an Exchange application pool.
template "process" "exchange_worker" {
  argument "pool" {
    default = "MSExchangeOWAAppPool"
  }
  image    = "${local.system32}inetsrv\\w3wp.exe"
  command  = "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"${with.pool}\" -v \"v4.0\" -c \"${local.exchange}bin\\GenericAppPoolConfigWithGCServerEnabledFalse.config\" -a \\\\.\\pipe\\iisipm5f1d2c60-7a1e-4b0f-9c55-2f6d1f6f2a11 -h \"C:\\inetpub\\temp\\apppools\\${with.pool}\\${with.pool}.config\" -w \"\" -m 0"
  user     = host.accounts.service
  folder   = "C:\\Windows\\System32\\inetsrv"
  resident = true
}

# The IIS worker process of an ordinary site.
template "process" "site_worker" {
  argument "pool" {
    default = "DefaultAppPool"
  }
  image    = "${local.system32}inetsrv\\w3wp.exe"
  command  = "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"${with.pool}\" -v \"v4.0\" -l \"webengine4.dll\" -a \\\\.\\pipe\\iisipm8c2b1a94-0f3d-4e77-a1c2-6b9d0e4f7713 -h \"C:\\inetpub\\temp\\apppools\\${with.pool}\\${with.pool}.config\" -w \"\" -m 0 -t 20 -ta 0"
  user     = host.accounts.service
  folder   = "C:\\Windows\\System32\\inetsrv"
  resident = true
}

# net.exe, which hands on to net1.exe, as it does on every Windows.
template "process" "net_command" {
  argument "arguments" {}
  image   = "${local.system32}net.exe"
  command = "net ${with.arguments}"
  process "net1" {
    image   = "${local.system32}net1.exe"
    command = "C:\\Windows\\system32\\net1 ${with.arguments}"
  }
}

locals {
  # How the names of exported call records begin.
  exported_records = "C:\\Exports\\cdr_"
}

# A command prompt of the user at the desk; Windows spells the folder either way.
template "process" "user_prompt" {
  image    = "${local.system32}cmd.exe"
  command  = "\"C:\\Windows\\System32\\cmd.exe\""
  user     = host.accounts.user
  resident = true
}
template "process" "user_prompt_small" {
  image    = "${local.system32}cmd.exe"
  command  = "\"C:\\Windows\\system32\\cmd.exe\""
  user     = host.accounts.user
  resident = true
}

# A command prompt that a service has open.
template "process" "system_prompt" {
  image    = "${local.system32}cmd.exe"
  command  = "\"C:\\Windows\\system32\\cmd.exe\""
  user     = local.system
  resident = true
}

# A program that is known by its file's name alone: on a translated Windows the version
# resource is that of the language file, "net.exe.mui".
template "process" "known_by_name" {
  argument "image" {}
  argument "line" {}
  image   = with.image
  command = with.line
  version = merge(version_of(with.image), { original_name = "${version_of(with.image).original_name}.mui" })
}

# A copy that is known by its version resource alone.
template "process" "renamed" {
  argument "image" {}
  argument "line" {}
  argument "original" {}
  image   = with.image
  command = with.line
  version = merge(version_of(with.original), { original_name = with.original })
}

# A program built from source, without a version resource.
template "process" "unversioned" {
  argument "image" {}
  argument "line" {}
  image   = with.image
  command = with.line
  version = {}
}

# The carrier's own program that writes down who asks for a program of that name, and
# then calls it. It is of .NET, which names its files after the project, and the project
# is named after the other program: neither the name nor the version resource is that
# program's, and both have it in them.
template "process" "wrapper" {
  argument "of" {}
  argument "line" {}
  image   = "D:\\Wrappers\\${with.of}.exe"
  command = with.line
  version = { original_name = "${with.of}.dll", description = "Call log", product = "Call log", company = "Carrier" }
}

# A program that is there already; its command line is in no event.
template "process" "writer" {
  resident = true
}

locals {
  # The definition of an enabled task that starts nothing.
  blank_task = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><Settings><Enabled>true</Enabled></Settings></Task>"
}
