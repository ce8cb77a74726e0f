package extract

import (
	"strings"

	"tallywire/claims"
)

// attribution takes the noun phrase of a source apart: speaker, organisation, party, medium and kind.
func (r *reader) attribution(src [2]int) claims.Attribution {
	first, last := src[0], src[1]
	for last > first && r.tokens[last-1].kind == signToken && !(last-first > 2 && r.quotedName(last-1, &r.sents[r.sentAt(first)]) > first) {
		last--
	}
	for first < last && r.tokens[first].kind == signToken {
		first++
	}
	for first < last && r.lx.cases && r.lx.gr.stop[r.norm(first)] && len([]rune(r.norm(first))) <= 2 && !r.lx.src.pronouns[r.norm(first)] {
		first++
	}
	if r.is(bothOf, first) && r.joint(first+1, last) > 0 {
		first++ // "both Kyiv and Moscow"
	}
	if first >= last {
		return claims.Attribution{}
	}
	a := claims.Attribution{Text: r.textOf(first, last)}
	if last-first == 1 && r.lx.src.pronouns[r.norm(first)] {
		switch w := r.norm(first); {
		case r.lx.is(firstPerson, w):
			a.Kind = claims.OriginSelf
			return a
		case r.who.subject.Text != "" && r.who.subject.Kind == claims.OriginNamed && (r.who.last.Text == "" || r.who.subjectAt > r.who.lastAt) && r.sentAt(first)-r.who.subjectAt <= 1:
			return r.who.subject
		case r.who.last.Text != "":
			return r.who.last
		}
		a.Kind = claims.OriginUnnamed
		return a
	}
	if _, n := r.phraseIn(r.lx.src.social, first, last); n > 0 {
		a.Kind = claims.OriginSocial
		return a
	}
	if w := r.norm(first); last-first == 1 && r.lx.is(networks, w) {
		a.Kind = claims.OriginSocial
		return a
	}
	org, person, unnamed, self := -1, -1, false, false
	if last-first > 1 && r.is(legalForms, last-1) && r.tokens[last-1].upper {
		org = last - 1 // "Halm AG"
	}
	for k := first; k < last; k++ {
		w := r.norm(k)
		if r.lx.src.organisation[w] && (!r.lx.is(wordWho, w) && !r.lx.is(wordUs, w)) {
			org = k
		}
		if r.lx.src.person[w] {
			person = k
		}
		unnamed = unnamed || r.lx.src.unnamed[w]
		self = self || r.lx.src.self[w]
	}
	if unnamed && org >= 0 {
		for k := first; k < org; k++ {
			if r.is(within, k) {
				a.Party = r.party(first, last)
				a.Kind, a.Organisation = claims.OriginNamed, r.organisationName(k+1, last)
				return a
			}
		}
	}
	a.Party = r.party(first, last)
	names := r.properNames(first, last)
	switch {
	case self:
		a.Kind = claims.OriginSelf
	case org >= 0:
		a.Kind = claims.OriginNamed
		a.Organisation = r.organisationName(first, last)
		if org < last-1 && person < 0 && r.lx.deep && r.allNames(org+1, last) && !r.tokens[org].upper {
			a.Organisation = r.textOf(org+1, last) // "the aid agency Shelter Works"
		}
	case unnamed && len(names) == 0:
		a.Kind = claims.OriginUnnamed
	case unnamed && person < 0:
		a.Kind = claims.OriginUnnamed
	default:
		a.Kind = claims.OriginNamed
	}
	if a.Kind == claims.OriginNamed && person < 0 && org < 0 && r.appositionIsOrg(last) {
		a.Organisation = r.textOf(first, last)
		return a
	}
	if person >= 0 || org < 0 {
		for _, n := range names {
			if strings.Contains(n, " ") || org < 0 {
				a.Speaker = n
			}
		}
	}
	if a.Kind == claims.OriginUnnamed {
		s := &r.sents[r.sentAt(first)]
		if _, n := r.phraseIn(r.lx.src.social, s.first, s.last); n > 0 {
			a.Kind = claims.OriginSocial // "On X an account claims"
			return a
		}
	}
	if a.Kind == claims.OriginNamed && a.Speaker == "" && person >= 0 && r.norm(last) == "," {
		end := last + 1
		for end < len(r.tokens) && end < last+5 && r.tokens[end].upper && r.tokens[end].kind == wordToken {
			end++
		}
		if end > last+1 && r.norm(end) == "," { // "the governor, Ilan Prost, said"
			a.Speaker = r.textOf(last+1, end)
		}
	}
	if k := r.joint(first, last); k > 0 && a.Kind == claims.OriginNamed && org < 0 && person < 0 {
		a.Speaker, a.Organisation = "", r.organisationName(first, last)
		if p := r.party(first, k); p != a.Party || p != r.party(k, last) {
			a.Party = ""
		}
		return a
	}
	if a.Kind == claims.OriginNamed && a.Speaker == "" && a.Organisation == "" {
		if len(names) > 0 {
			a.Organisation = names[len(names)-1]
		} else {
			a.Organisation = r.organisationName(first, last)
		}
	}
	if indefinite := r.is(wordA, first); indefinite && !self && org < 0 && len(names) == 0 {
		a.Kind, a.Organisation = claims.OriginUnnamed, ""
	}
	return a
}

// joint is the word that joins two named sources in a span, 0 for none: "Kyiv and Moscow".
func (r *reader) joint(first, last int) int {
	for k := first + 1; k+1 < last; k++ {
		if r.is(joinsSources, k) && r.joinedSources(first, k, last) {
			return k
		}
	}
	return 0
}

// organisationName is the noun phrase without its article.
func (r *reader) organisationName(first, last int) string {
	if r.is(articles, first) && last-first > 1 {
		first++
	}
	return r.textOf(first, last)
}

func (r *reader) phraseIn(p *phrases, first, last int) (string, int) {
	for k := first; k < last; k++ {
		if key, n := p.at(r.tokens[:last], k); n > 0 {
			return key, n
		}
	}
	return "", 0
}

// phraseAt is phraseIn of the last such phrase, with the token it starts at.
func (r *reader) phraseAt(p *phrases, first, last int) (at, n int) {
	for k := last - 1; k >= first; k-- {
		if _, n := p.at(r.tokens[:last], k); n > 0 {
			return k, n
		}
	}
	return first, 0
}

// party is the side that a name or adjective in the span stands for: "Russia's defence ministry".
func (r *reader) party(first, last int) string {
	for k := first; k < last; k++ {
		if p := r.lx.src.parties[r.norm(k)]; p != "" && (r.tokens[k].upper || !r.lx.deep) {
			return p
		}
	}
	for k := first; k+1 < last; k++ {
		if r.tokens[k].upper && r.is(wordGenitive, k+1) && k+2 < last && r.lx.src.organisation[r.norm(last-1)] {
			return r.tokens[k].text
		}
	}
	return ""
}

// properNames lists runs of capitalised words that are names, in text order.
func (r *reader) properNames(first, last int) []string {
	var out []string
	for k := first; k < last; {
		t := &r.tokens[k]
		if t.kind != wordToken || !t.upper || r.lx.gr.stop[t.norm] || r.startsSentence(k) && !r.nameWord(k, last) {
			k++
			continue
		}
		j := k + 1
		for j < last {
			n := &r.tokens[j]
			if n.kind == wordToken && n.upper && n.gap == blankGap && !r.lx.gr.stop[n.norm] {
				j++
				continue
			}
			if j+1 < last && (n.text == "." && n.gap == noGap && len([]rune(r.tokens[j-1].text)) <= 2 || n.norm == "-" && n.gap == noGap || r.lx.is(nameParticles, n.norm)) && r.tokens[j+1].upper && r.tokens[j+1].kind == wordToken {
				j += 2
				continue
			}
			break
		}
		if len(out) < 12 {
			out = append(out, r.textOf(k, j))
		}
		k = j
	}
	return out
}

func (r *reader) startsSentence(k int) bool {
	for i := k - 1; i >= 0; i-- {
		t := &r.tokens[i]
		if t.kind == signToken && (t.norm == "\"" || t.norm == "'" || t.norm == "(") {
			continue
		}
		return t.text == "." || t.text == "!" || t.text == "?" || r.tokens[i+1].gap == paraGap
	}
	return true
}

// nameWord reports a capitalised first word that is a name: followed by another, or by 's, or a known name.
func (r *reader) nameWord(k, last int) bool {
	if k+1 < len(r.tokens) {
		n := &r.tokens[k+1]
		if r.lx.is(wordGenitive, n.norm) || n.upper && n.gap == blankGap {
			return true
		}
	}
	if r.lx.src.parties[r.norm(k)] != "" {
		return true
	}
	if _, ok := r.lx.num[r.norm(k)]; ok || r.lx.src.organisation[r.norm(k)] || r.lx.src.person[r.norm(k)] || r.lx.src.unnamed[r.norm(k)] {
		return false
	}
	if !r.lx.deep {
		return false
	}
	_, verb := r.lx.gr.verbs[r.norm(k)]
	return !verb && !r.pluralAt(k) && last-k <= 2
}

// allNames reports that every word of a span is capitalised.
func (r *reader) allNames(first, last int) bool {
	for k := first; k < last; k++ {
		if t := &r.tokens[k]; t.kind == wordToken && !t.upper && !r.lx.is(nameParticles, t.norm) {
			return false
		}
	}
	return first < last
}

// appositionIsOrg reports that what stands between commas behind a name calls it a body: "Shelter Works, an aid agency,".
func (r *reader) appositionIsOrg(k int) bool {
	if r.norm(k) != "," || r.is(wordWho, k+1) {
		return false
	}
	org := false
	for j := k + 1; j < len(r.tokens) && j < k+10 && r.norm(j) != ","; j++ {
		if w := r.norm(j); r.lx.src.person[w] {
			return false
		} else if r.lx.src.organisation[w] {
			org = true
		}
	}
	return org
}
