package article

import (
	"strings"
	"time"

	"tallywire/claims"
)

// document puts the kept blocks and what the page says of itself together. The times are by block, nil for a
// page that is no live blog.
func (p *page) document(keep []bool, times []time.Time, m *meta) claims.Document {
	doc := claims.Document{URL: m.canonical, Title: m.title, Author: m.author, Site: m.site, Section: m.section,
		Lang: m.lang, Published: m.published, Modified: m.modified}
	var text strings.Builder
	last := -1
	for i := range p.blocks {
		if !keep[i] {
			continue
		}
		b := &p.blocks[i]
		switch {
		case last >= 0 && last == i-1 && b.joined && b.kind == p.blocks[last].kind && (times == nil || times[i].Equal(times[last])):
			text.WriteByte(' ')
		default:
			if last >= 0 {
				text.WriteString("\n\n")
			}
			out := claims.Block{Kind: b.kind}
			if times != nil {
				out.Time = times[i]
			}
			doc.Blocks = append(doc.Blocks, out)
		}
		text.WriteString(b.text)
		last = i
	}
	doc.Text = text.String()
	return doc
}
