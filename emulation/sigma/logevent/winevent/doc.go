// Package winevent makes an event of what a tool wrote of one of the Windows event
// log. It owns what rules call the parts of such an event, and how the elements of its
// XML are spelled by those who turn them into something else. Which tool wrote it, and
// where its parts stand, is for the caller. Start at [Parts].
package winevent
