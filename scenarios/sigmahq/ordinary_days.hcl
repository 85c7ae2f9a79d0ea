# What SigmaHQ's rules say to ordinary days: which of them call a carrier's own
# work an attack, and which come near and hold their peace. Run it with --rules.
scenario "sigmahq-ordinary-days" {
  title  = "SigmaHQ on days on which nothing happens"
  attack = "18.1"
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
}
