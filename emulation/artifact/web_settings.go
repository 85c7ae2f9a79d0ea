package artifact

import "strings"

// WebSettingsFile is where IIS keeps its configuration: here a text file of lines
// `<setting>=<value>`, named as IIS' own configuration log names them.
const WebSettingsFile = System32 + `inetsrv\config\applicationHost.config`

// WebSetting is one setting of the web server.
type WebSetting struct{ Name, Value string }

// Encode returns the setting's line in the file, with its line end.
func (s WebSetting) Encode() []byte { return []byte(s.Name + "=" + s.Value + "\n") }

// DecodeWebSettings reads the settings among a file's lines. A name may contain an
// equals sign, a value may not.
func DecodeWebSettings(content []byte) []WebSetting {
	var settings []WebSetting
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSuffix(line, "\n")
		if i := strings.LastIndexByte(line, '='); i >= 0 {
			settings = append(settings, WebSetting{Name: line[:i], Value: line[i+1:]})
		}
	}
	return settings
}

// HTTPLoggingSetting is the setting that stops the logging of requests for all sites;
// its value is "false" or "true".
const HTTPLoggingSetting = "/system.webServer/httpLogging/@dontLog"

// SiteLogSetting returns the name of a setting of the default site's log file, such as
// "enabled".
func SiteLogSetting(attribute string) string {
	return "/system.applicationHost/sites/site[@name='Default Web Site' and @id='1']/logFile/@" + attribute
}

// FilterSetting returns the name of a setting of an ISAPI filter, such as "path".
func FilterSetting(filter, attribute string) string {
	return "/system.webServer/isapiFilters/filter[@name='" + filter + "']/@" + attribute
}
