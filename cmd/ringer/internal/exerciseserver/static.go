package exerciseserver

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"sync"
)

//go:embed static
var staticFiles embed.FS

// assets are the style, script and icon by the path under which they are served, which
// has their digest: a browser may keep them.
var assets = sync.OnceValues(func() (served map[string][]byte, paths map[string]string) {
	served, paths = map[string][]byte{}, map[string]string{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic("the static files are embedded")
	}
	for _, entry := range entries {
		content, err := staticFiles.ReadFile("static/" + entry.Name())
		if err != nil {
			panic("the static files are embedded")
		}
		sum := sha256.Sum256(content)
		at := "/static/" + hex.EncodeToString(sum[:8]) + "/" + entry.Name()
		served[at], paths[entry.Name()] = content, at
	}
	return served, paths
})

func assetPath(name string) string {
	_, paths := assets()
	return paths[name]
}

func (s *Server) static(v *visit) {
	served, _ := assets()
	content, ok := served[v.r.URL.Path]
	if !ok {
		v.fail(http.StatusNotFound)
		return
	}
	v.w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(v.r.URL.Path)))
	v.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	v.w.Write(content) //nolint:errcheck // whoever asked has left
}
