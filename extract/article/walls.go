package article

import (
	"errors"
	"strings"

	"tallywire/claims"
)

// Reasons why a page gives no article; a closed list, so that they can be counted.
var (
	ErrNotHTML    = errors.New("not_html")    // the body is no HTML page
	ErrPDF        = errors.New("pdf")         // a PDF file that cannot be read
	ErrUnreadable = errors.New("unreadable")  // broken beyond parsing
	ErrNoText     = errors.New("no_text")     // a page without an article in it
	ErrSoft404    = errors.New("soft_404")    // says that there is no such page, whatever its status
	ErrConsent    = errors.New("consent")     // a consent wall
	ErrPaywall    = errors.New("paywall")     // a stub that asks for payment or registration
	ErrNeedScript = errors.New("need_script") // a page that only scripts fill, or a robot check
)

// Reason is the word that an error of Read is counted under: that of the reason it wraps, else "unreadable".
func Reason(err error) string {
	for _, r := range []error{ErrNotHTML, ErrPDF, ErrNoText, ErrSoft404, ErrConsent, ErrPaywall, ErrNeedScript} {
		if errors.Is(err, r) {
			return r.Error()
		}
	}
	return ErrUnreadable.Error()
}

// Lengths in words of pages that may be none: walls and stubs hold less. The shortest real articles, flashes of
// a wire, have 20 words, so that length alone refuses nothing.
const (
	wallWords = 150
	stubWords = 120
)

// refuse tells pages that hold no article from those that do, by what they say where their text is short.
func refuse(p *page, h *head, m *meta, doc *claims.Document) error {
	text := countWords(doc.Text)
	if text > wallWords {
		return nil
	}
	list := words()
	said := func(section string, part string) bool { return part != "" && list.is(section, clip(part, 4000)) }
	titles := append([]string{m.title, h.title}, h.headings...)
	for _, t := range titles {
		if countWords(t) <= 10 && said("gone title", t) && (text < stubWords/2 || said("gone text", doc.Text)) {
			return ErrSoft404
		}
	}
	if text >= stubWords {
		return nil
	}
	if text < 80 && !m.linked.found && said("gone text", doc.Text) {
		return ErrSoft404
	}
	if short := p.shortText(); said("paywall sure", short) || (m.linked.closed || p.closedMark || breaksOff(doc.Text)) && said("paywall", short) {
		return ErrPaywall
	}
	if text < 60 && (said("script", m.title) || said("script", h.noscript) && p.words < stubWords || p.words < 3*wallWords && said("script", p.shortText())) {
		return ErrNeedScript
	}
	if p.words < 3*wallWords && (said("consent", m.title) || said("consent", doc.Text) || text == 0 && said("consent", p.shortText())) {
		return ErrConsent
	}
	if text == 0 {
		return ErrNoText
	}
	return nil
}

// isListing tells a front or section page: it has no headline of its own, and all of its running text stands
// below headings that are links.
func (p *page) isListing(keep []bool, m *meta) bool {
	if m.linked.found {
		return false
	}
	if at := p.headline(newNames(m)); at >= 0 { // a link that is no heading is the site's name
		if b := &p.blocks[at]; b.kind == claims.BlockHeading || b.linked*2 <= b.words {
			return false
		}
	}
	teasers, linked := 0, false
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case b.kind == claims.BlockHeading:
			linked = b.linked*2 > b.words
		case keep[i] && b.words >= proseWords && !linked:
			return false
		case keep[i] && b.words >= proseWords:
			teasers++
			linked = false
		}
	}
	return teasers > 0
}

// shortText is the text of the page's short blocks and lines, where walls say what they want.
func (p *page) shortText() string {
	var b strings.Builder
	for i := range p.blocks {
		if k := &p.blocks[i]; k.words <= 60 && b.Len() < 4000 && k.words >= 3 {
			b.WriteString(k.text)
			b.WriteString(" \n ")
		}
	}
	return b.String()
}

// breaksOff tells whether a text ends in dots.
func breaksOff(text string) bool {
	text = strings.TrimRight(text, " »”\"')]")
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}
