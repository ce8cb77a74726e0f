package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"tallywire/claims"
)

// Markdown writes a section a claim: status, value, reasons, quotes with their links, history. It is
// CommonMark; nothing of a page's text works as markup.
func (e Edition) Markdown(w io.Writer, cs []claims.Claim) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n", plain(e.title()))
	fmt.Fprintf(b, "%s. A status is what the sources together make of a figure; the rule behind it is named.\n", Plural(len(cs), "claim"))
	for i := range cs {
		e.markdown(b, &cs[i])
	}
	return b.Flush()
}

func (e Edition) markdown(b *bufio.Writer, c *claims.Claim) {
	fmt.Fprintf(b, "\n## %s\n\n", plain(c.Statement))
	fmt.Fprintf(b, "**%s %s** · %s · confidence %s", Sign(c.Status), c.Status, plain(strings.TrimSpace(ValueWords(c.Value)+" "+unitWords(c.Unit))), c.Confidence)
	if c.Lifecycle == claims.Withdrawn {
		fmt.Fprint(b, " · withdrawn")
	}
	if page := e.page(c.ID); page != "" {
		fmt.Fprintf(b, " · [%s](<%s>)\n\n", c.ID, page)
	} else {
		fmt.Fprintf(b, " · `%s`\n\n", plain(string(c.ID)))
	}
	if c.Review != nil {
		fmt.Fprintf(b, "Editor: **%s**, by %s on %s. %s\n\n", c.Review.Status, plain(c.Review.By), c.Review.At.UTC().Format("2 January 2006"), plain(c.Review.Note))
	}
	for _, r := range c.Reasons {
		fmt.Fprintf(b, "- %s\n", plain(r))
	}
	for _, s := range c.Settle {
		fmt.Fprintf(b, "- What would settle it: %s\n", plain(s))
	}
	fmt.Fprintf(b, "\n%s.\n", plain(claims.AttributionLine(c)))
	if len(c.Mentions) > 0 {
		fmt.Fprint(b, "\n### Who says it\n\n")
	}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		where := plain(e.name(m.Source))
		if u := Link(m.URL); u != "" {
			where = "[" + where + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C").Replace(u) + ">)"
		}
		fmt.Fprintf(b, "- %s, %s (%s): “%s”\n", where, dayWords(m.Published), m.Stance, plain(m.Sentence))
	}
	if len(c.History) > 0 {
		fmt.Fprint(b, "\n### History\n\n| When | What | Status | Value | Why |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, h := range c.History {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", h.At.UTC().Format("2006-01-02 15:04Z"), h.Kind, h.Status, plain(ValueWords(h.Value)), plain(strings.Join(h.Reasons, "; ")))
	}
}

// plain makes a text stand as it is in Markdown, in a line and in a table's cell.
func plain(s string) string {
	s = strings.Join(strings.Fields(Visible(s)), " ")
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>()#|!~&$:@", r), // ":" and "@" make bare addresses into links in some readers
			i == 0 && strings.ContainsRune("+-=.", r),
			r == '.' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && i < 4: // "1." begins a list
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
