package navigator

// The format's version, and the least of the Navigator that reads it.
const (
	layerVersion     = "4.5"
	navigatorVersion = "4.9.0"
	domain           = "enterprise-attack"
)

// The structs are the part of the format that is written.
type (
	layer struct {
		Name        string      `json:"name"`
		Versions    versions    `json:"versions"`
		Domain      string      `json:"domain"`
		Description string      `json:"description"`
		Sorting     int         `json:"sorting"`
		Layout      layout      `json:"layout"`
		Techniques  []technique `json:"techniques"`
		Gradient    gradient    `json:"gradient"`
		Legend      []legend    `json:"legendItems"`
		Metadata    []metadata  `json:"metadata"`
		// SelectTechniquesAcrossTactics selects a technique in each tactic that it
		// belongs to.
		SelectTechniquesAcrossTactics bool `json:"selectTechniquesAcrossTactics"`
		SelectSubtechniquesWithParent bool `json:"selectSubtechniquesWithParent"`
	}
	versions struct {
		Attack    string `json:"attack"`
		Navigator string `json:"navigator"`
		Layer     string `json:"layer"`
	}
	layout struct {
		Layout                string `json:"layout"`
		ShowID                bool   `json:"showID"`
		ShowName              bool   `json:"showName"`
		ExpandedSubtechniques string `json:"expandedSubtechniques"`
	}
	technique struct {
		ID       string     `json:"techniqueID"`
		Tactic   string     `json:"tactic,omitempty"`
		Score    *int       `json:"score,omitempty"`
		Color    string     `json:"color,omitempty"`
		Comment  string     `json:"comment"`
		Enabled  bool       `json:"enabled"`
		Metadata []metadata `json:"metadata"`
		Links    []link     `json:"links"`
	}
	gradient struct {
		Colors []string `json:"colors"`
		Min    int      `json:"minValue"`
		Max    int      `json:"maxValue"`
	}
	legend struct {
		Label string `json:"label"`
		Color string `json:"color"`
	}
	metadata struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	link struct {
		Label string `json:"label"`
		URL   string `json:"url"`
	}
)
