package variant

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// texts are what is to be replaced by what. Where two could be, the earlier
// one counts; what has been replaced is not looked at again.
type texts [][2]string

// in replaces whole words and paths, without regard to case.
func (t texts) in(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		before, after, found := t.at(text, i)
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

func (t texts) at(text string, i int) (before, after string, found bool) {
	for _, one := range t {
		end := i + len(one[0])
		if one[0] != "" && end <= len(text) && strings.EqualFold(text[i:end], one[0]) &&
			(i == 0 || !continues(text[i-1], `\/.`)) && (end == len(text) || !continues(text[end], "")) {
			return one[0], one[1], true
		}
	}
	return "", "", false
}

// continues reports whether a word or path goes on with that byte.
func continues(b byte, besides string) bool {
	return b == '_' || b == '-' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || strings.IndexByte(besides, b) >= 0
}

// everywhere replaces in every text of a plan: paths, arguments, checks and what
// is in files. It goes the way that the plan takes to the agent.
func (t texts) everywhere(plan effect.Plan) effect.Plan {
	if len(t) == 0 {
		return plan
	}
	raw, err := json.Marshal(plan)
	must(err)
	var tree any
	reader := json.NewDecoder(bytes.NewReader(raw))
	reader.UseNumber()
	must(reader.Decode(&tree))
	raw, err = json.Marshal(t.through("", tree))
	must(err)
	var out effect.Plan
	must(json.Unmarshal(raw, &out))
	return out
}

func (t texts) through(name string, value any) any {
	switch v := value.(type) {
	case string:
		if name != "content" {
			return t.in(v)
		}
		content, err := base64.StdEncoding.DecodeString(v)
		must(err)
		return base64.StdEncoding.EncodeToString([]byte(t.in(string(content))))
	case map[string]any:
		for key, inner := range v {
			v[key] = t.through(key, inner)
		}
	case []any:
		for i := range v {
			v[i] = t.through(name, v[i])
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
