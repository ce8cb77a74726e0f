package article

import (
	"encoding/json"
	"regexp"
	"slices"
)

var (
	brokenField  = regexp.MustCompile(`"(@type|headline|datePublished|dateModified|articleSection|inLanguage)"\s*:\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')\s*[,}\]]`)
	brokenAuthor = regexp.MustCompile(`"author"\s*:\s*(?:"([^"\\\n]+)"|[\[{][^\[\]{}]{0,80}\{?[^{}\]]{0,200}?"name"\s*:\s*"([^"\\\n]+)")\s*[,}\]]`)
)

// brokenObject gives the plain fields of a script that is no JSON, as templates write it that put texts between quotes as they
// are: the first of each field whose value ends where a value may end. It returns nil where there is no type.
func brokenObject(script string) map[string]any {
	o := map[string]any{}
	var types []any
	for _, m := range brokenField.FindAllStringSubmatch(script, 200) {
		value := m[2] + m[3]
		var unescaped string
		if json.Unmarshal([]byte(`"`+m[2]+`"`), &unescaped) == nil && m[2] != "" {
			value = unescaped
		}
		if m[1] == "@type" {
			if !slices.Contains(types, any(value)) {
				types = append(types, value)
			}
		} else if o[m[1]] == nil {
			o[m[1]] = value
		}
	}
	if types == nil {
		return nil
	}
	if m := brokenAuthor.FindStringSubmatch(script); m != nil {
		o["author"] = m[1] + m[2]
	}
	o["@type"] = types
	return o
}
