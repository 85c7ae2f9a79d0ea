package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[cdrArchiveSplit](About{
	Name:      "cdr_archive_split",
	Technique: "T1560.001",
	Also:      []string{"T1030"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "staging",
	Summary:   "pack call records, encrypt the archive in name only, and cut it into pieces",
	Footprint: "a packer, openssl and split started from the mediation account's shell; archive and pieces in a staging folder",
	Undo:      "remove the staging folder, or what was added to it",
	Source:    "ATT&CK v18.1 G0093 T1560.001 (multi-part WinRAR) and G0027 T1030, on Windows; the Linux tools are by analogy",
})

type cdrArchiveSplit struct {
	Packer string `arg:"packer" doc:"what packs the records" oneof:"tar,tar_bundled,zip,gzip" default:"tar"`
	Folder string `arg:"folder" doc:"where the archive goes" oneof:"font_unix,ice_cache,pulse_shm,plain,user_cache" default:"font_unix"`
	Pieces int    `arg:"pieces" doc:"how many pieces" min:"2" max:"4" default:"2"`
}

// Plan cuts the archive from the packed records themselves, so that the pieces,
// joined, can be compared with their sources: the encryption is a name only.
func (c cdrArchiveSplit) Plan(on asset.Host) effect.StepPlan {
	folder := stagingFolders[c.Folder]
	from := callRecordFiles(on, "")
	at := session{user: on.Account("service"), dir: "/srv/mediation"}
	archive, packing := c.pack(at, folder, from)

	sealed := folder + "/a.bin"
	pieces := make([]string, c.Pieces)
	for i := range pieces {
		pieces[i] = fmt.Sprintf("%s/p.%02d", folder, i)
	}
	acts := []effect.Act{at.run("/usr/bin/mkdir", words("mkdir -p "+folder), effect.MakeDir{Path: folder})}
	acts = append(acts, packing...)
	acts = append(acts,
		at.run("/usr/bin/openssl", words("openssl enc -aes-256-cbc -pbkdf2 -pass file:"+folder+"/k -in "+archive+" -out "+sealed),
			effect.Copy{From: archive, To: sealed}),
		at.run("/usr/bin/split", words("split -b 50m -d "+sealed+" "+folder+"/p."),
			effect.Pack{Into: sealed, From: from, Piece: pieceSize(on, from, c.Pieces), Names: pieces}),
	)
	return effect.StepPlan{
		Processes: []effect.Process{at.login(acts...)},
		Checks:    []effect.Check{effect.Packs{Pieces: []string{archive}, From: from}, effect.Packs{Pieces: pieces, From: from}},
	}
}

// pack starts the packers. Old-style tar writes its options without a dash, and
// gzip keeps its source: both are what rules on these tools tell apart.
func (c cdrArchiveSplit) pack(at session, folder string, from []string) (archive string, acts []effect.Act) {
	switch c.Packer {
	case "zip":
		archive = folder + "/b.zip"
		return archive, []effect.Act{at.run("/usr/bin/zip", words("zip -q -r -P marker "+archive+" "+asset.CallRecordFolder),
			effect.Pack{Into: archive, From: from})}
	case "gzip":
		tarball := folder + "/a.tar"
		return tarball + ".gz", []effect.Act{
			at.run("/usr/bin/tar", words("tar -cf "+tarball+" -C "+asset.CallRecordFolder+" ."), effect.Pack{Into: tarball, From: from}),
			at.run("/usr/bin/gzip", words("gzip -k "+tarball), effect.Copy{From: tarball, To: tarball + ".gz"}),
		}
	}
	options := map[string]string{"tar": "-czf", "tar_bundled": "czf"}[c.Packer]
	archive = folder + "/a.tgz"
	return archive, []effect.Act{at.run("/usr/bin/tar", words("tar "+options+" "+archive+" -C "+asset.CallRecordFolder+" ."),
		effect.Pack{Into: archive, From: from})}
}

// pieceSize makes exactly so many pieces of an archive of these files.
func pieceSize(on asset.Host, from []string, pieces int) int {
	size := len(artifact.Marker) + 1
	for _, path := range from {
		size += len(effect.AppendPacked(nil, path, on.Content(path)))
	}
	return (size + pieces - 1) / pieces
}
