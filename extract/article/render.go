package article

import (
	"strings"
	"time"

	"tallywire/claims"
)

// document puts the kept blocks and what the page says of itself together.
func (p *page) document(keep []bool, times []time.Time, m *meta) claims.Document {
	doc := claims.Document{URL: m.canonical, Title: m.title, Author: m.author, Site: m.site, Section: m.section,
		Lang: m.lang, Published: m.published, Modified: m.modified}
	var texts []string
	last := -2
	for i := range p.blocks {
		if !keep[i] {
			continue
		}
		b := &p.blocks[i]
		if b.joined && last == i-1 && len(texts) > 0 && b.kind == p.blocks[last].kind && (times == nil || times[i].Equal(times[last])) {
			texts[len(texts)-1] += " " + b.text
		} else {
			texts = append(texts, b.text)
			doc.Blocks = append(doc.Blocks, claims.Block{Kind: b.kind})
			if times != nil {
				doc.Blocks[len(doc.Blocks)-1].Time = times[i]
			}
		}
		last = i
	}
	doc.Text = strings.Join(texts, "\n\n")
	return doc
}
