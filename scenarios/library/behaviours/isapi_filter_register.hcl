behaviour "isapi_filter_register" {
  attack    = ["T1505.004", "T1036.005"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = persistence
  summary   = "an inert library named as the authentication filter of Outlook on the web is entered in the synthetic configuration of IIS and mapped by the worker's stand-in"
  footprint = "a library in a neighbouring bin folder, appcmd.exe started, the configuration written by it, 29 in the configuration log of IIS, the library mapped by w3wp.exe; the worker's note of it"
  undo      = "put the configuration back, delete library and note"
  source    = "ATT&CK v18.1 S0072 (OwaAuth, exclusive to G0027) T1505.004, T1036.005; Cybereason 2021 cluster C compares its OWA backdoor with Iron Tiger's. G0027 itself does not list T1505.004."

  argument "name" {
    doc     = "the filter's name"
    like    = "*"
    default = "Exchange OWA Cookie Authentication Filter"
  }

  argument "library" {
    doc     = "the library's name"
    like    = "*.dll"
    default = "owaauth.dll"
  }

  locals {
    folder   = "${local.exchange}ClientAccess\\Owa\\bin\\"
    library  = "${local.folder}${arg.library}"
    settings = "${file_content(local.web_settings_file)}${web_setting(filter_setting(arg.name, "path"), local.library)}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    write {
      path    = local.library
      content = library({}, "", "")
    }
    # A filter is entered, which is no module: rules know the modules of IIS only.
    process "appcmd" {
      image   = "${local.system32}inetsrv\\appcmd.exe"
      command = "appcmd.exe set config \"Default Web Site\" /section:isapiFilters \"/+[name='${arg.name}',path='${local.library}',enabled='true']\""
      write {
        path    = local.web_settings_file
        content = local.settings
      }
    }
  }

  process "worker" {
    extends = template.exchange_worker
    load {
      path = local.library
      note = "${local.folder}mapped.txt"
    }
  }
}
