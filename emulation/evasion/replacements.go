package evasion

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// replacement is a text, mostly a path, and the text in its place.
type replacement struct{ from, to string }

// replacements are what a mutation puts elsewhere on an asset.
type replacements []replacement

// apply replaces whole words and paths, without regard to case. Where two could be
// replaced the earlier move counts; what has been is not looked at again.
func (m replacements) apply(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		before, after, found := m.matchAt(text, i)
		if !found {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(after)
		i += len(before)
	}
	return out.String()
}

func (m replacements) matchAt(text string, i int) (before, after string, found bool) {
	for _, move := range m {
		end := i + len(move.from)
		if move.from != "" && end <= len(text) && strings.EqualFold(text[i:end], move.from) &&
			(i == 0 || !continuesWord(text[i-1], `\/.`)) && (end == len(text) || !continuesWord(text[end], "")) {
			return move.from, move.to, true
		}
	}
	return "", "", false
}

// continuesWord reports whether a word or path goes on with that byte.
func continuesWord(b byte, besides string) bool {
	return b == '_' || b == '-' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || strings.IndexByte(besides, b) >= 0
}

// applyToPlan replaces in every text of a plan: paths, arguments, checks and what
// is in files. It goes the way that the plan takes to the agent.
func (m replacements) applyToPlan(plan effect.StepPlan) effect.StepPlan {
	if len(m) == 0 {
		return plan
	}
	raw, err := json.Marshal(plan)
	must(err)
	var tree any
	reader := json.NewDecoder(bytes.NewReader(raw))
	reader.UseNumber()
	must(reader.Decode(&tree))
	raw, err = json.Marshal(tree)
	must(err)
	moved, err := json.Marshal(m.applyToValue("", tree))
	must(err)
	if bytes.Equal(raw, moved) {
		return plan
	}
	var out effect.StepPlan
	must(json.Unmarshal(moved, &out))
	return out
}

func (m replacements) applyToValue(name string, value any) any {
	switch v := value.(type) {
	case string:
		if name != "content" {
			return m.apply(v)
		}
		content, err := base64.StdEncoding.DecodeString(v)
		must(err)
		return base64.StdEncoding.EncodeToString([]byte(m.apply(string(content))))
	case map[string]any:
		for key, inner := range v {
			v[key] = m.applyToValue(key, inner)
		}
	case []any:
		for i := range v {
			v[i] = m.applyToValue(name, v[i])
		}
	}
	return value
}

// must is for what cannot fail: a plan can always be encoded and read again.
func must(err error) {
	if err != nil {
		panic("variant: plan cannot be rewritten: " + err.Error())
	}
}
