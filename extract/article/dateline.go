package article

import "time"

// visibleStamp is a date line of the page: in a short block beside the headline, else in the first short block
// near the top that has one, else at the very beginning of a paragraph under the headline. Other dates in
// running text do not count, nor those that stand behind a word that says they are of a change, a reader or
// an event.
func (p *page) visibleStamp(names pageNames, monthFirst bool) time.Time {
	const above, below, farDown = 4, 10, 120 // blocks
	look := func(from, to, longest int, not part) time.Time {
		for i := max(from, 0); i < min(to, len(p.blocks)); i++ {
			b := &p.blocks[i]
			if b.words > longest || b.part&not != 0 {
				continue
			}
			if t := datelineStamp(b.text, monthFirst); !t.IsZero() {
				return t
			}
		}
		return time.Time{}
	}
	at := p.headline(names)
	if at >= 0 {
		if t := look(at-above, at+below, 20, partHidden); !t.IsZero() {
			return t
		}
	}
	if t := look(0, farDown, 14, partStrong|partHidden); !t.IsZero() {
		return t
	}
	if t := look(0, farDown, 30, partHidden); !t.IsZero() {
		return t
	}
	for i := max(at, 0); i < min(max(at, 0)+below, len(p.blocks)); i++ {
		if st, from, _, ok := findStamp(p.blocks[i].text, monthFirst); ok && from == 0 && p.blocks[i].part&(partStrong|partHidden) == 0 {
			return st.time
		}
	}
	return time.Time{}
}

// datelineStamp is the first date of a line that no label in front of it gives to something else.
func datelineStamp(line string, monthFirst bool) time.Time {
	const most = 4 // dates of one line: published, updated, and both again for printing
	for range most {
		st, from, to, ok := findStamp(line, monthFirst)
		if !ok {
			break
		}
		if label := line[max(0, from-40):from]; !words().is("updated", label) && !words().is("other date", label) {
			return st.time
		}
		line = line[to:]
	}
	return time.Time{}
}
