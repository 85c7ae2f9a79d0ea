# What all behaviours, days and hosts share.

locals {
  marker = "ringer: inert emulation, no function"
}
