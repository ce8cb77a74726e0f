package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"tallywire/claims"
)

//go:embed templates/*.html templates/*.css
var templates embed.FS

// pages parses the templates once: they are the same in every Edition.
var pages = sync.OnceValues(func() (*template.Template, error) {
	style, err := templates.ReadFile("templates/report.css")
	if err != nil {
		return nil, err
	}
	return template.New("").Funcs(template.FuncMap{
		"style":   func() template.CSS { return template.CSS(style) }, // our own file
		"minute":  minuteWords,
		"day":     dayWords,
		"value":   ValueWords,
		"sign":    Sign,
		"visible": Visible,
		"line":    claims.AttributionLine,
		"unit":    unitWords,
		"plural":  Plural,
		"add":     func(a, b float64) float64 { return round(a + b) },
		"tone":    func(i int) int { return i % 8 },
		"shape":   func(i int) string { return []string{"●", "■", "▲", "◆", "▼", "★", "✚", "✖"}[i%8] },
		"join":    func(s []string) string { return Visible(strings.Join(s, ", ")) },
	}).ParseFS(templates, "templates/*.html")
})

// htmlClaim is a claim as the template reads it.
type htmlClaim struct {
	*claims.Claim
	Plot  Plot
	Drawn bool
	Page  string
	Said  []htmlMention
}

type htmlMention struct {
	*claims.Mention
	Before, Figure, After string // the sentence, with its number apart
	Link, Source, Voice   string
}

// HTML writes one self-contained page: style and plots are in it, it has no script and loads nothing. It
// reads well printed.
func (e Edition) HTML(w io.Writer, cs []claims.Claim) error {
	t, err := pages()
	if err != nil {
		return fmt.Errorf("read report template: %w", err)
	}
	data := struct {
		Title  string
		Counts map[claims.Status]int
		Order  []claims.Status
		Claims []htmlClaim
	}{Visible(e.title()), map[claims.Status]int{}, []claims.Status{claims.Verified, claims.Disputed, claims.Unverified}, nil}
	for i := range cs {
		c := &cs[i]
		data.Counts[c.Status]++
		h := htmlClaim{Claim: c, Page: e.page(c.ID)}
		h.Plot, h.Drawn = e.NewPlot(c)
		for j := range c.Mentions {
			m := &c.Mentions[j]
			said := htmlMention{Mention: m, Link: Link(m.URL), Source: Visible(e.name(m.Source)), Voice: e.voiceName(c, m)}
			said.Before, said.Figure, said.After = Marked(m)
			h.Said = append(h.Said, said)
		}
		data.Claims = append(data.Claims, h)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "report.html", data); err != nil {
		return fmt.Errorf("write report page: %w", err)
	}
	_, err = b.WriteTo(w)
	return err
}

// Marked parts a mention's sentence into what stands before its figure, the figure, and what stands after
// it; the figure is "" where it does not stand in the sentence as it is.
func Marked(m *claims.Mention) (before, figure, after string) {
	before, after, ok := strings.Cut(m.Sentence, m.Text)
	if !ok || m.Text == "" {
		return Visible(m.Sentence), "", ""
	}
	return Visible(before), Visible(m.Text), Visible(after)
}
