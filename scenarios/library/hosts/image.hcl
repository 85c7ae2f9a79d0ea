# Stands for a host of the user's own: an image that the engine has, with its own daemon.
# It has no files and no accounts of ringer's, and nothing of ringer's runs on it.
host "image" {
  platform = linux
  summary  = "an image of your own: its own daemon, started by its own entrypoint and asked by requests from other hosts"
  hostname = "APP01"
  accounts = { service = "www-data" }
}
