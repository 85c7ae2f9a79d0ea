package project

import "embed"

//go:embed files
var embedded embed.FS

// CI is a forge whose pipelines are known.
type CI string

// The forges.
const (
	GitHub CI = "github"
	GitLab CI = "gitlab"
)

// File is a file of a project.
type File struct {
	// Path is from the project's folder, with slashes.
	Path string
	// About says in a few words what it is.
	About   string
	Content []byte
}

// Files are those of a project; without a forge there is no pipeline among them.
func Files(ci CI) []File {
	files := []File{
		{Path: "rules/cron_entry_by_hand.yml", About: "a rule"},
		{Path: "rules/crontab_from_temporary_folder.yml", About: "another rule"},
		{Path: "scenarios/first.hcl", About: "a scenario that both rules must see, and an ordinary day that they must not"},
		{Path: ".gitignore", About: "what recorded runs leave is not of the repository"},
		{Path: "scenarios/gates.hcl", About: "the gate: what a run is held to"},
	}
	switch ci {
	case GitHub:
		files = append(files, File{Path: ".github/workflows/ringer.yml", About: "the pipeline"})
	case GitLab:
		files = append(files, File{Path: ".gitlab-ci.yml", About: "the pipeline"})
	}
	for i := range files {
		files[i].Content = content(files[i].Path)
	}
	return files
}

// content is a file as it is embedded: its names there have no leading dot.
func content(path string) []byte {
	name := map[string]string{".github/workflows/ringer.yml": "github.yml", ".gitlab-ci.yml": "gitlab.yml", ".gitignore": "gitignore"}[path]
	if name == "" {
		name = path
	}
	text, err := embedded.ReadFile("files/" + name)
	if err != nil {
		panic(err) // a file is not embedded
	}
	return text
}
