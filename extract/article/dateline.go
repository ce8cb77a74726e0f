package article

// visibleStamp is a date line of the page: in a short block beside the headline, else in the first short block
// near the top that has one, else at the very beginning of a paragraph under the headline. Other dates in
// running text do not count, nor those that stand behind a word that says they are of a change, a reader or
// an event.
func (p *page) visibleStamp(names pageNames, monthFirst bool) stamp {
	const below, farDown = 10, 120 // blocks
	at := p.headline(names)
	if st := p.besideHeadline(at, monthFirst); !st.time.IsZero() {
		return st
	}
	for _, rule := range []struct {
		longest int
		not     part
	}{{14, partStrong | partHidden}, {30, partHidden}} {
		for i := range p.blocks[:min(farDown, len(p.blocks))] {
			if st := p.dateline(i, rule.longest, rule.not, monthFirst); !st.time.IsZero() {
				return st
			}
		}
	}
	for i := max(at, 0); i < min(max(at, 0)+below, len(p.blocks)); i++ {
		if st, from, _, ok := findStamp(p.blocks[i].text, monthFirst); ok && from == 0 && p.blocks[i].part&(partStrong|partHidden) == 0 {
			return st
		}
	}
	return stamp{}
}

// besideHeadline is the date line nearest to the headline, a block, -1 for none; of two as near, the one below.
func (p *page) besideHeadline(at int, monthFirst bool) stamp {
	const above, below, longest = 4, 10, 20 // blocks, and words of one
	for d := 0; d < below && at >= 0; d++ {
		if st := p.dateline(at+d, longest, partHidden, monthFirst); !st.time.IsZero() {
			return st
		}
		if d > 0 && d <= above {
			if st := p.dateline(at-d, longest, partHidden, monthFirst); !st.time.IsZero() {
				return st
			}
		}
	}
	return stamp{}
}

// dateline is the date of a block that is there, not longer than so many words and none of the given parts.
func (p *page) dateline(i, longest int, not part, monthFirst bool) stamp {
	if i < 0 || i >= len(p.blocks) || p.blocks[i].words > longest || p.blocks[i].part&not != 0 {
		return stamp{}
	}
	return datelineStamp(p.blocks[i].text, monthFirst)
}

// datelineStamp is the first date of a line that no label in front of it gives to something else.
func datelineStamp(line string, monthFirst bool) stamp {
	const most = 4 // dates of one line: published, updated, and both again for printing
	for range most {
		st, from, to, ok := findStamp(line, monthFirst)
		if !ok {
			break
		}
		if label := line[max(0, from-40):from]; !words().is("updated", label) && !words().is("other date", label) {
			return st
		}
		line = line[to:]
	}
	return stamp{}
}
