behaviour "cdr_database_export" {
  attack    = ["T1213.006", "T1005"]
  actors    = ["soft_cell"]
  platform  = linux
  hosts     = ["billing"]
  phase     = collection
  summary   = "dump one table of synthetic call records, and have the server itself write a choice of it through a program"
  footprint = "pg_dump and psql started from the postgres account's shell, a shell with gzip below the server; two files, statements in the server's log; of a real server, no shell, and pgaudit's own records"
  undo      = "remove both files; the table is only read"
  source    = "Cybereason, DeadRinger, 2021: billing servers with call records; by analogy, ATT&CK v18.1 lists T1005 for G0093"

  argument "way" {
    doc     = "which of the two exports"
    one_of  = ["dump", "copy", "both"]
    default = "both"
  }

  argument "folder" {
    doc     = "where the files go"
    one_of  = ["font_unix", "ice_cache", "pulse_shm", "plain"]
    default = "font_unix"
  }

  locals {
    table  = "/var/lib/postgresql/15/main/base/cdr_voice"
    real   = host.service == "postgresql"
    folder = local.staging_folders[arg.folder]
    dump   = "${local.folder}/v.dmp"
    query  = "${local.folder}/q.sql"
    asked  = "-- ${local.marker}\n"
    choice = "${local.folder}/w.csv${local.real ? "" : ".gz"}"
    line   = "gzip > ${local.choice}"
    # The table's rows whose caller is of interest.
    rows = [for row in split("\n", file_content(local.table)) : row
    if length(split(",", row)) > 1 && contains(local.numbers_of_interest, try(split(",", row)[1], ""))]
  }

  # The server is asked by a stand-in's name only, or for real, where there is one: then
  # it hands out real rows of invented calls.
  group {
    when = contains(["dump", "both"], arg.way)
    process "login" {
      extends = template.login_shell
      user    = host.accounts.database
      folder  = "/var/lib/postgresql"
      process "pg_dump" {
        image   = "/usr/lib/postgresql/15/bin/pg_dump"
        command = "pg_dump${local.real ? " -h 127.0.0.1 -U billing" : ""} -Fc -t public.cdr_voice -f ${local.dump} billing"
        pack {
          when = !local.real
          into = local.dump
          from = [local.table]
        }
        export {
          when    = local.real
          program = "pg_dump"
          role    = "billing"
          table   = "cdr_voice"
          into    = local.dump
          least   = 100000
        }
      }
    }
    process "log" {
      when    = !local.real
      extends = template.statement_record
      with = {
        program   = "pg_dump"
        statement = "COPY public.cdr_voice (cdr_id, a_msisdn, b_msisdn, imsi, cell_id, start_ts, duration_s) TO stdout;"
      }
    }
  }

  group {
    when = contains(["copy", "both"], arg.way)
    process "login" {
      extends = template.login_shell
      user    = host.accounts.database
      folder  = "/var/lib/postgresql"
      write {
        path    = local.query
        content = local.asked
        proven  = false
      }
      process "psql" {
        image   = "/usr/lib/postgresql/15/bin/psql"
        command = local.real ? "psql -h 127.0.0.1 -U billing -f ${local.query} -o ${local.choice} billing" : "psql -U billing billing -f ${local.query}"
        # There is no shell for a real server to start, so the choice is written at the
        # client's side.
        export {
          when    = local.real
          program = "psql"
          role    = "billing"
          table   = "cdr_voice"
          columns = ["a_msisdn", "b_msisdn", "cell_id", "start_ts"]
          watched = true
          into    = local.choice
        }
      }
    }
    group {
      when = !local.real
      process "log" {
        extends = template.statement_record
        with = {
          program   = "psql"
          statement = "COPY (SELECT a_msisdn, b_msisdn, cell_id, start_ts FROM public.cdr_voice WHERE a_msisdn IN (SELECT msisdn FROM watch)) TO PROGRAM '${local.line}' CSV;"
        }
      }
      process "server" {
        image    = "/usr/lib/postgresql/15/bin/postgres"
        command  = "postgres: 15/main: billing billing [local] COPY"
        user     = host.accounts.database
        folder   = "/var/lib/postgresql/15/main"
        resident = true
        # The shell opens the file, as a redirection does; the program that would pack it
        # gets nothing.
        process "shell" {
          extends = template.shell_line
          with    = { line = local.line }
          write {
            path    = local.choice
            content = inert_comment(join("\n", local.rows))
          }
          process "gzip" {
            image   = "/usr/bin/gzip"
            command = "gzip"
          }
        }
      }
    }
  }
}
