package server

import (
	"net/url"
	"strings"
)

// exports are the links under which a view leaves the desk, one a format of Options.Exports. What is made for spreadsheets
// opens right in the reader's: with the mark by which Excel knows UTF-8, and semicolons where the reader's decimal sign is a comma.
func (s *Server) exports(v *view, view url.Values) []choice {
	var out []choice
	for _, format := range s.Exports {
		q := url.Values{}
		for k, x := range view {
			q[k] = x
		}
		q.Set("format", format)
		if format == "csv" {
			q.Set("excel", "true")
			if v.DecimalComma() {
				q.Set("comma", "true")
			}
		}
		label := strings.ToUpper(format)
		if v.Has("format." + format) {
			label = v.T("format." + format)
		}
		out = append(out, choice{Name: format, Label: label, Href: "/api/v1/export?" + q.Encode()})
	}
	return out
}
