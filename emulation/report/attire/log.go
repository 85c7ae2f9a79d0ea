package attire

// version is the format's.
const version = "1.1"

// timeFormat is how times are written, in UTC.
const timeFormat = "2006-01-02T15:04:05.000Z"

// The structs are the whole format.
type (
	executionLog struct {
		Version    string        `json:"attire-version"`
		Execution  executionData `json:"execution-data"`
		Procedures []procedure   `json:"procedures"`
	}
	executionData struct {
		Source   string `json:"execution-source"`
		ID       string `json:"execution-id"` // base64 of a GUID's text
		Category struct {
			Name         string `json:"name"`
			Abbreviation string `json:"abbreviation"`
		} `json:"execution-category"`
		Command   string `json:"execution-command"`
		Target    target `json:"target"`
		Generated string `json:"time-generated"`
	}
	target struct {
		User string `json:"user"`
		Host string `json:"host"`
		IP   string `json:"ip"`
		Path string `json:"path"`
	}
	procedure struct {
		Technique   string      `json:"mitre-technique-id"`
		Name        string      `json:"procedure-name"`
		ID          procedureID `json:"procedure-id"`
		Description string      `json:"procedure-description"`
		Order       int         `json:"order"`
		Steps       []step      `json:"steps"`
	}
	procedureID struct {
		Type string `json:"type"`
		ID   string `json:"id"`
	}
	step struct {
		Order     int      `json:"order"`
		Start     string   `json:"time-start"`
		Stop      string   `json:"time-stop"`
		Executor  string   `json:"executor"`
		Command   string   `json:"command"`
		ProcessID *int     `json:"process-id,omitempty"`
		ExitCode  *int     `json:"exit-code,omitempty"`
		Timeout   bool     `json:"is-timeout"`
		Output    []output `json:"output"`
	}
	output struct {
		Content string `json:"content"`
		Level   string `json:"level"`
		Type    string `json:"type"`
	}
)
