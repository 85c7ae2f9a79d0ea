package behaviour

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/artifact/logline"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[cdrDatabaseExport](About{
	Name:      "cdr_database_export",
	Technique: "T1213.006",
	Also:      []string{"T1005"},
	Actors:    []string{"soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "collection",
	Summary:   "dump one table of synthetic call records, and have the server itself write a choice of it through a program",
	Footprint: "pg_dump and psql started from the postgres account's shell, a shell with gzip below the server; two files, statements in the server's log; of a real server, no shell, and pgaudit's own records",
	Undo:      "remove both files; the table is only read",
	Source:    "Cybereason, DeadRinger, 2021: billing servers with call records; by analogy, ATT&CK v18.1 lists T1005 for G0093",
})

type cdrDatabaseExport struct {
	Way    string `arg:"way" doc:"which of the two exports" oneof:"dump,copy,both" default:"both"`
	Folder string `arg:"folder" doc:"where the files go" oneof:"font_unix,ice_cache,pulse_shm,plain" default:"font_unix"`
}

const cdrTable = "/var/lib/postgresql/15/main/base/cdr_voice"

// Plan has the shell below the server open the file, as a redirection does; the
// program that would pack it gets nothing. A real server is asked for real.
func (c cdrDatabaseExport) Plan(on asset.Host) effect.StepPlan {
	if on.Service == asset.PostgreSQL {
		return c.ask(on)
	}
	at := session{user: on.Account("database"), dir: "/var/lib/postgresql"}
	server := session{user: at.user, dir: at.dir + "/15/main"}
	folder := stagingFolders[c.Folder]
	var plan effect.StepPlan
	if c.Way != "copy" {
		dump := folder + "/v.dmp"
		plan.Processes = append(plan.Processes,
			at.login(at.run("/usr/lib/postgresql/15/bin/pg_dump", words("pg_dump -Fc -t public.cdr_voice -f "+dump+" billing"),
				effect.Pack{Into: dump, From: []string{cdrTable}})),
			statementLine(server, "billing", "pg_dump", "COPY public.cdr_voice (cdr_id, a_msisdn, b_msisdn, imsi, cell_id, start_ts, duration_s) TO stdout;"))
		plan.Checks = append(plan.Checks, effect.Packs{Pieces: []string{dump}, From: []string{cdrTable}})
	}
	if c.Way != "dump" {
		query, choice := folder+"/q.sql", folder+"/w.csv.gz"
		line := "gzip > " + choice
		statement := "COPY (SELECT a_msisdn, b_msisdn, cell_id, start_ts FROM public.cdr_voice WHERE a_msisdn IN (SELECT msisdn FROM watch)) TO PROGRAM '" + line + "' CSV;"
		rows := artifact.MarkedComment(string(bytes.Join(chosenRows(on), []byte("\n"))))
		plan.Processes = append(plan.Processes,
			at.login(effect.Write{Path: query, Content: []byte("-- " + artifact.Marker + "\n")},
				at.run("/usr/lib/postgresql/15/bin/psql", words("psql -U billing billing -f "+query))),
			statementLine(server, "billing", "psql", statement),
			server.daemon("/usr/lib/postgresql/15/bin/postgres", "postgres: 15/main: billing billing [local] COPY",
				server.sh(line, effect.Write{Path: choice, Content: rows}, server.run("/usr/bin/gzip", words("gzip")))))
		plan.Checks = append(plan.Checks, effect.ContentIs{Path: choice, Content: rows})
	}
	return plan
}

// ask has a real server hand out real rows of invented calls. There is no shell
// for it to start, so the choice is written at the client's side.
func (c cdrDatabaseExport) ask(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("database"), dir: "/var/lib/postgresql"}
	const login = " -h 127.0.0.1 -U billing "
	folder := stagingFolders[c.Folder]
	var plan effect.StepPlan
	if c.Way != "copy" {
		dump := folder + "/v.dmp"
		plan.Processes = append(plan.Processes, at.login(at.run("/usr/lib/postgresql/15/bin/pg_dump",
			words("pg_dump"+login+"-Fc -t public.cdr_voice -f "+dump+" billing"),
			effect.Export{Program: "pg_dump", Role: "billing", Table: "cdr_voice", Columns: effect.Columns("cdr_voice"), Into: dump})))
		plan.Checks = append(plan.Checks, effect.Exported{Path: dump, Least: asset.CallRows})
	}
	if c.Way != "dump" {
		query, choice := folder+"/q.sql", folder+"/w.csv"
		plan.Processes = append(plan.Processes, at.login(
			effect.Write{Path: query, Content: []byte("-- " + artifact.Marker + "\n")},
			at.run("/usr/lib/postgresql/15/bin/psql", words("psql"+login+"-f "+query+" -o "+choice+" billing"), effect.Export{
				Program: "psql", Role: "billing", Table: "cdr_voice", Watched: true, Into: choice,
				Columns: []string{"a_msisdn", "b_msisdn", "cell_id", "start_ts"},
			})))
		plan.Checks = append(plan.Checks, effect.Exported{Path: choice, Least: 1})
	}
	return plan
}

// chosenRows are the table's rows whose caller is of interest.
func chosenRows(on asset.Host) [][]byte {
	var rows [][]byte
	for line := range bytes.Lines(on.Content(cdrTable)) {
		if fields := bytes.Split(bytes.TrimSpace(line), []byte(",")); len(fields) > 1 && (string(fields[1]) == numbersOfInterest[0] || string(fields[1]) == numbersOfInterest[1]) {
			rows = append(rows, bytes.TrimSpace(line))
		}
	}
	return rows
}

// statementLine has the database server log a statement.
func statementLine(server session, role, program, statement string) effect.Process {
	line := logline.Statement{Role: role, Database: "billing", Program: program, Text: statement}
	return server.daemon("/usr/lib/postgresql/15/bin/postgres", "postgres: 15/main: logger",
		effect.Append{Path: artifact.PostgreSQLLog, Content: line.Encode()})
}
