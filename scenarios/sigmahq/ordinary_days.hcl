# What SigmaHQ's rules say to ordinary days: which of them call a carrier's own
# work an attack, and which come near and hold their peace. Run it with --rules.
scenario "sigmahq-ordinary-days" {
  title  = "SigmaHQ on days on which nothing happens"
  attack = "19.0"
}

asset "billing" "billing" {
  hostname = "BILL01"
}

asset "web" "portal" {
  hostname = "WEB01"
}

asset "iis" "site" {
  hostname = "WEB02"
}

asset "exchange" "mail" {
  hostname = "MAIL01"
}

asset "domain_controller" "dc" {
  hostname = "DC01"
}

asset "workstation" "desk" {
  hostname = "OPS02"
}

baseline "billing_day" "billing_day" {
  on = asset.billing

  expect "sigma" "1bac86ba-41aa-4f62-9d6b-405eac99b485" {
    verdict = fires
    because = "a package brings a unit"
  }

  expect "sigma" "2625cc59-0634-40d0-821e-cb67382a3dd7" {
    verdict = fires
    because = "a package starts its service anew"
  }

  expect "sigma" "2dad0cba-c62a-4a4f-949f-5f6ecd619769" {
    verdict = fires
    because = "a load file is cut for the database"
  }

  expect "sigma" "3fcc9b35-39e4-44c0-a2ad-9e82b6902b31" {
    verdict = fires
    because = "the journal is held to a size"
  }

  expect "sigma" "403ed92c-b7ec-4edd-9947-5b535ee12d46" {
    verdict = fires
    because = "an administrator looks at a crontab"
  }

  expect "sigma" "6c4e2f43-d94d-4ead-b64d-97e53fa2bd05" {
    verdict = fires
    because = "a package brings an entry for cron"
  }

  expect "sigma" "759d0d51-bc99-4b5e-9add-8f5b2c8e7512" {
    verdict = fires
    because = "a package makes an account for its service"
  }

  expect "sigma" "a3b5e3e9-1b49-4119-8b8e-0344a01f21ee" {
    verdict = fires
    because = "the nightly backup packs"
  }

  expect "sigma" "d3feb4ee-ff1d-4d3d-bd10-5b28a238cc72" {
    verdict = fires
    because = "mediation looks for finished files"
  }

  expect "sigma" "d84c0ded-edd7-4123-80ed-348bb3ccc4d5" {
    verdict = fires
    because = "the nightly backup dumps the database"
  }

  expect "sigma" "d7821ff1-4527-4e33-9f84-d0d57fa2fb66" {
    verdict = fires
    because = "a clerk looks at what he typed"
  }

  expect "sigma" "80915f59-9b56-4616-9de0-fd0dea6c12fe" {
    verdict = silent
    because = "what is removed below /var/log is left out by name"
  }

  expect "sigma" "c52a914f-3d8b-4b2a-bb75-b3991e75f8ba" {
    verdict = silent
    because = "rotation does not call truncate"
  }

  expect "sigma" "de25eeb8-3655-4643-ac3a-b662d3f26b6b" {
    verdict = silent
    because = "rotation tells the daemon to open its log anew"
  }

  expect "sigma" "1182f3b3-e716-4efa-99ab-d2685d04360f" {
    verdict = silent
    because = "the history is read, not removed"
  }

  expect "sigma" "818f7b24-0fba-4c49-a073-8b755573b9c7" {
    verdict = silent
    because = "a database server is no web server"
  }

  expect "sigma" "bed26dea-4525-47f4-b24a-76e30e44ffb0" {
    verdict = silent
    because = "the state of auditing is asked for, rules are kept"
  }

  expect "sigma" "13f08f54-e705-4498-91fd-cce9d9cee9f1" {
    verdict = silent
    because = "the package manager writes under a name of its own"
  }

  expect "sigma" "30bcce26-51c5-49f2-99c8-7b59e3af36c7" {
    verdict = fires
    because = "a folder for temporary files is named on a shell's line"
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
    because = "an editor keeps a swap file"
  }

  expect "sigma" "d08722cd-3d09-449a-80b4-83ea2d9d4616" {
    verdict = fires
    because = "a clerk changes his own shell"
  }

  expect "sigma" "eae8ce9f-bde9-47a6-8e79-f20d18419910" {
    verdict = fires
    because = "a clerk looks at what he typed"
  }

  expect "sigma" "30aed7b6-d2c1-4eaf-9382-b6bc43e50c57" {
    verdict = fires
    because = "statistics past their days are deleted"
  }

  expect "sigma" "4c519226-f0cd-4471-bd2f-6fbb2bb68a79" {
    verdict = fires
    because = "a monitoring agent counts connections"
  }
}

baseline "web_day" "portal_day" {
  on = asset.portal

  expect "sigma" "c0d3734d-330f-4a03-aae2-65dacc6a8222" {
    verdict = fires
    because = "the portal sends a mail"
  }

  expect "sigma" "2625cc59-0634-40d0-821e-cb67382a3dd7" {
    verdict = fires
    because = "a new certificate is loaded"
  }

  expect "sigma" "818f7b24-0fba-4c49-a073-8b755573b9c7" {
    verdict = silent
    because = "a shell stands between"
  }

  expect "sigma" "7ff9db12-1b94-4a79-ba68-a2402c5d6729" {
    verdict = silent
    because = "no request holds a command"
  }

  expect "sigma" "31545105-3444-4584-bebf-c466353230d2" {
    verdict = silent
    because = "touch is told no time"
  }

  expect "sigma" "42df45e7-e6e9-43b5-8f26-bec5b39cc239" {
    verdict = silent
    because = "nobody asks what host it is"
  }

  expect "sigma" "d3feb4ee-ff1d-4d3d-bd10-5b28a238cc72" {
    verdict = fires
    because = "sessions that have ended are looked for"
  }

  expect "sigma" "9e1bef8d-0fff-46f6-8465-9aa54e128c1e" {
    verdict = fires
    because = "rsync writes under a name with a dot first"
  }

  expect "sigma" "a3b5e3e9-1b49-4119-8b8e-0344a01f21ee" {
    verdict = fires
    because = "the host's configuration is packed"
  }

  expect "sigma" "30aed7b6-d2c1-4eaf-9382-b6bc43e50c57" {
    verdict = fires
    because = "statistics past their days are deleted"
  }

  expect "sigma" "3fcc9b35-39e4-44c0-a2ad-9e82b6902b31" {
    verdict = fires
    because = "the journal is held to a size"
  }

  expect "sigma" "4c519226-f0cd-4471-bd2f-6fbb2bb68a79" {
    verdict = fires
    because = "a monitoring agent counts connections"
  }

  expect "sigma" "30bcce26-51c5-49f2-99c8-7b59e3af36c7" {
    verdict = fires
    because = "a playbook runs a module from where it keeps its own"
  }
}

baseline "office_day" "site_day" {
  on = asset.site

  expect "sigma" "39f1f9f2-9636-45de-98f6-a4046aa8e4b9" {
    verdict = fires
    because = "pages are deployed"
  }

  expect "sigma" "8202070f-edeb-4d31-a010-a26c72ac5600" {
    verdict = fires
    because = "the site makes a bill by a batch file"
  }

  expect "sigma" "e8ebd53a-30c2-45bd-81bb-74befba07bdb" {
    verdict = silent
    because = "logging goes to another disk"
  }

  expect "sigma" "fa3c117a-bc0d-416e-a31b-0c0e80653efb" {
    verdict = silent
    because = "the batch file gives no command of that kind"
  }

  expect "sigma" "0649be4a-aeb0-45b0-b89e-7f1668f6d9c0" {
    verdict = fires
    because = "old request logs are deleted by a task"
  }

  expect "sigma" "2617e7ed-adb7-40ba-b0f3-8f9945fe6c09" {
    verdict = fires
    because = "the task runs in the system's name"
  }

  expect "sigma" "3eb8c339-a765-48cc-a150-4364c04652bf" {
    verdict = fires
    because = "old request logs are deleted by a task"
  }
}

baseline "office_day" "mail_day" {
  on = asset.mail

  expect "sigma" "f4bbd493-b796-416e-bbf2-121235348529" {
    verdict = fires
    because = "an administrator gives PowerShell a command"
  }
}

baseline "office_day" "dc_day" {
  on = asset.dc

  expect "sigma" "c43c26be-2e87-46c7-8661-284588c5a53e" {
    verdict = fires
    because = "the help desk gives somebody a role"
  }

  expect "sigma" "85ff530b-261d-48c6-a441-facaa2e81e48" {
    verdict = fires
    because = "an agent's service is installed"
  }

  expect "sigma" "4ede543c-e098-43d9-a28f-dd784a13132f" {
    verdict = fires
    because = "a backup product brings its own RAR"
  }

  expect "sigma" "6f3e2987-db24-4c78-a860-b4f4095a7095" {
    verdict = fires
    because = "a backup product packs with RAR"
  }

  expect "sigma" "c4e92a97-a9ff-4392-9d2d-7a4c642768ca" {
    verdict = silent
    because = "a client for remote work installs its service, and the one who asked has a number"
  }
}

baseline "office_day" "desk_day" {
  on = asset.desk

  expect "sigma" "20f0ee37-5942-4e45-b7d5-c5b5db9df5cd" {
    verdict = fires
    because = "a cloud drive has itself started at logon"
  }

  expect "sigma" "0e20c89d-2264-44ae-8238-aeeaba609ece" {
    verdict = fires
    because = "a letter template is distributed"
  }

  expect "sigma" "91174a41-dc8f-401b-be89-7bfc140612a0" {
    verdict = fires
    because = "a letter add-in is distributed"
  }

  expect "sigma" "1c67a717-32ba-409b-a45d-0fb704a73a81" {
    verdict = fires
    because = "the help desk looks at connections"
  }

  expect "sigma" "a29c1813-ab1f-4dde-b489-330b952e91ae" {
    verdict = fires
    because = "the help desk looks at the network"
  }

  expect "sigma" "15434e33-5027-4914-88d5-3d4145ec25a9" {
    verdict = fires
    because = "an agent takes inventory"
  }

  expect "sigma" "8d63dadf-b91b-4187-87b6-34a1114577ea" {
    verdict = fires
    because = "an agent takes inventory"
  }

  expect "sigma" "f117933c-980c-4f78-b384-e3d838111165" {
    verdict = fires
    because = "a logon script connects a drive"
  }
}
