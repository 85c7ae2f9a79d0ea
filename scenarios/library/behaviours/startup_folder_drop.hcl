behaviour "startup_folder_drop" {
  attack    = ["T1547.001"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = persistence
  summary   = "a program in the user's profile leaves an inert shortcut in the Startup folder"
  footprint = "one text file with a shortcut's name; a file event of the program"
  undo      = "delete the shortcut"
  source    = "ATT&CK v18.1 S0456 (Startup folder or Run key) and S0058 (shortcut named Office Start), both used by G0019"

  argument "name" {
    doc     = "the shortcut's file name"
    like    = "*.lnk"
    default = "Office Start.lnk"
  }

  locals {
    home   = "C:\\Users\\ops02\\AppData\\Roaming\\"
    writer = "${local.home}Office\\officeagent.exe"
  }

  # The shortcut is text: a real one's format would be followed by a desktop.
  process "writer" {
    image    = local.writer
    command  = local.writer
    user     = host.accounts.user
    resident = true
    write {
      path    = "${local.home}Microsoft\\Windows\\Start Menu\\Programs\\Startup\\${arg.name}"
      content = inert("a shortcut to nothing")
    }
  }
}
