scenario "own-image" {
  title   = "A page written by the worker of an image of one's own"
  library = ["library"]
}

actor "red_team" {}

asset "app" "app" {
  image    = "ringer-test-app:1"
  user     = "www-data"
  port     = 8080
  writable = ["/var/www/app", "/var/log/app"]
}

step "app_page_written" "page" {
  by = actor.red_team
  on = asset.app

  expect "sigma" "own_image_page" { verdict = fires }
  expect "sigma" "own_image_request" { verdict = fires }
  expect "sigma" "own_image_configuration" {
    verdict = silent
    because = "the worker writes below its document root alone"
  }
}
