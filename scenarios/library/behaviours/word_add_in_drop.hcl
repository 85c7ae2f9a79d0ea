behaviour "word_add_in_drop" {
  attack    = ["T1137.006"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = persistence
  summary   = "the equation editor leaves an inert add-in in Word's start-up folder, and Word is started"
  footprint = "one text file with an add-in's name; a file event of EQNEDT32.EXE; WINWORD.EXE started, the add-in mapped by it; Word's note of it"
  undo      = "delete the add-in and the note"
  source    = "ATT&CK v18.1 G0019 T1137.006 (second stage intel.wll in Word's Startup folder after a document made with an exploit builder). No document is used here."

  argument "name" {
    doc     = "the add-in's file name"
    like    = "*.wll"
    default = "intel.wll"
  }

  locals {
    word   = "C:\\Program Files\\Microsoft Office\\Root\\Office16\\WINWORD.EXE"
    editor = "C:\\Program Files\\Common Files\\Microsoft Shared\\EQUATION\\EQNEDT32.EXE"
    add_in = "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Word\\STARTUP\\${arg.name}"
  }

  process "editor" {
    image    = local.editor
    command  = "\"${local.editor}\" -Embedding"
    user     = host.accounts.user
    resident = true
    write {
      path    = local.add_in
      content = library({}, "", "")
    }
  }
  # Word starts afterwards and maps the add-in, as it would on a real host; nothing in it
  # can run.
  process "desktop" {
    extends = template.desktop
    process "word" {
      image   = local.word
      command = "\"${local.word}\" /n \"C:\\Users\\ops02\\Documents\\roster.docx\""
      folder  = "C:\\Users\\ops02\\Documents"
      load {
        path = local.add_in
        note = "C:\\Users\\ops02\\AppData\\Local\\Temp\\mapped.txt"
      }
    }
  }
}
