package extract

import "tallywire/claims"

// A voice is one source in a sentence with what it says. Spans are tokens, half open.
type voice struct {
	cue          int
	source       [2]int // empty where the source was carried over from before
	content      [2]int
	attr         claims.Attribution
	lemma        string
	deny, hedged bool
	act          bool // an announced act: what it gives is still to come
}

// voiceState carries who is speaking from sentence to sentence.
type voiceState struct {
	last   claims.Attribution // of the last reporting verb: whom "he" and "it" mean
	quoted claims.Attribution // of the quotation that is open
	// subject is the person or body that the last sentence spoke of, at sentence subjectAt.
	subject   claims.Attribution
	subjectAt int
	lastAt    int  // sentence of last
	para      int  // paragraph of last
	colon     bool // the last sentence ended in a colon
}

// listen finds the voices of sentence si and updates who is speaking.
func (r *reader) listen(si int) []voice {
	s := &r.sents[si]
	var out []voice
	for k := s.first; k < s.last; k++ {
		t := &r.tokens[k]
		if !t.word.source {
			continue
		}
		if _, n := r.lx.src.according.at(r.tokens[:s.last], k); n > 0 {
			if v, ok := r.accordingTo(k, n, s); ok {
				out = append(out, v)
				k = max(k, v.source[1]-1)
				continue
			}
		}
		if _, n := r.lx.src.behind.at(r.tokens[:s.last], k); n > 0 && k > s.first {
			if src, ok := r.sourceLeft(k, s); ok {
				out = append(out, r.newVoice(k, src, [2]int{s.first, s.last}, "say"))
				continue
			}
		}
		if lemma, ok := r.lx.src.say[t.norm]; ok && r.lx.cases {
			if v, ok := r.sayVerb(k, lemma, s); ok && v.source[0] > k && r.isSource(v.source) {
				out = append(out, v) // "кажуть організатори"
				continue
			}
		}
		if _, n := r.lx.src.reportedly.at(r.tokens[:s.last], k); n > 0 && !r.saidBySomebody(k, s) {
			attr := claims.Attribution{Text: r.textOf(k, k+n), Kind: claims.OriginUnnamed}
			content := r.clauseAround(k, s)
			if at, m := r.phraseAt(r.lx.src.social, s.first, k); m > 0 && k-at-m <= 1 {
				attr = claims.Attribution{Text: r.textOf(at, at+m), Kind: claims.OriginSocial} // "Телеграм-канали пишуть, що"
				content = [2]int{k, s.last}
			}
			out = append(out, voice{cue: k, content: content, hedged: true, attr: attr})
			k += n - 1
			continue
		}
		if r.lx.src.act[t.norm] != "" && !r.thatFollows(k+1, s) {
			if v, ok := r.actOf(k, s); ok {
				out = append(out, v)
				continue
			}
		}
		if lemma, ok := r.lx.src.say[t.norm]; ok {
			if v, ok := r.sayVerb(k, lemma, s); ok && !r.setAgainst(&v, s) {
				out = append(out, v)
				continue
			}
		}
		if r.lx.is(wordBy, t.norm) && r.lx.deep {
			if v, ok := r.byTheirCount(k, s); ok {
				out = append(out, v)
				continue
			}
		}
		if r.lx.is(seen, t.norm) {
			if src, ok := r.sourceLeft(k, s); ok && (r.selfIn(src) || src[1]-src[0] == 1 && r.is(witnesses, src[0])) {
				out = append(out, r.newVoice(k, src, [2]int{s.first, s.last}, "see"))
				continue
			}
		}
		if r.lx.src.sayNoun[t.norm] {
			if v, ok := r.claimOf(k, s); ok {
				out = append(out, v)
				continue
			}
		}
		if lemma, ok := r.lx.src.figure[t.norm]; ok {
			if v, ok := r.figureVerb(k, lemma, s); ok {
				out = append(out, v)
			}
		}
	}
	if v, ok := r.colonHead(s); ok {
		out = append(out, v)
	}
	if v, ok := r.dashTail(s); ok {
		out = append(out, v)
	}
	r.carryOn(si, &out)
	if span := r.leadingSource(s); span[1] > span[0] && r.lx.deep {
		r.who.subject, r.who.subjectAt = r.attribution(span), si
	}
	return out
}

// saidBySomebody reports a verb that with nobody for subject is hearsay, but has one: "организаторы говорят".
func (r *reader) saidBySomebody(k int, s *sentence) bool {
	if r.lx.src.say[r.norm(k)] == "" || k == s.first {
		return false
	}
	src, ok := r.sourceLeft(k, s)
	return ok && src[1] == k && r.isSource(src) && r.attribution(src).Kind == claims.OriginNamed
}

// setAgainst reports the voice of something that a figure is only compared with: "more than the ministry reports".
func (r *reader) setAgainst(v *voice, s *sentence) bool {
	_, n := r.lx.src.against.before(r.tokens, s.first, min(v.cue, v.source[0]))
	return n > 0
}

// leadingSource is the noun phrase that opens a sentence, where it may speak: whom "she" in the next one means.
func (r *reader) leadingSource(s *sentence) [2]int {
	if s.last-s.first < 3 || r.lx.src.pronouns[r.norm(s.first)] {
		return [2]int{}
	}
	k := s.first
	for k < s.last && k < s.first+8 && r.tokens[k].kind == wordToken {
		if _, verb := r.verbAt(k); verb && k > s.first || r.auxiliary(r.norm(k)) || r.preposition(r.norm(k)) && k == s.first {
			break
		}
		if _, say := r.lx.src.say[r.norm(k)]; say && k > s.first {
			break
		}
		k++
	}
	span := [2]int{s.first, k}
	if k == s.first || !r.isSource(span) && len(r.properNames(s.first, k)) == 0 {
		return [2]int{}
	}
	return span
}

// carryOn adds whom a sentence without a cue of its own goes on quoting: an open quotation, one that opens right
// behind a sentence with its speaker, one that a colon announced; in German also the subjunctive of reported speech.
func (r *reader) carryOn(si int, out *[]voice) {
	s := &r.sents[si]
	named := false
	for i := range *out {
		if v := &(*out)[i]; v.attr.Text != "" && v.source[1] > v.source[0] {
			named = true
			r.who.last, r.who.quoted, r.who.lastAt = v.attr, v.attr, si
			r.who.para = s.para
		}
	}
	first := s.first
	opens := r.norm(first) == "\"" || r.norm(first) == "'" && r.norm(first+1) == "'"
	switch {
	case named:
	case s.quoted && r.who.quoted.Text != "",
		opens && r.who.last.Text != "" && (r.who.para == s.para || r.who.para == s.para-1 && r.who.colon):
		*out = append(*out, voice{cue: first, content: [2]int{first, s.last}, attr: r.who.last})
		r.who.quoted = r.who.last
		if opens {
			r.who.para = s.para
		}
	case len(*out) == 0 && r.who.last.Text != "" && r.who.lastAt == si-1 && r.who.para == s.para && r.addsTo(s):
		*out = append(*out, voice{cue: first, content: [2]int{first, s.last}, attr: r.who.last})
	case r.lx.verbSecond && r.who.last.Text != "" && r.who.para >= s.para-1 && r.reportedSpeech(s):
		*out = append(*out, voice{cue: first, content: [2]int{first, s.last}, attr: r.who.last})
		r.who.para = s.para
	default:
		if !s.quoted {
			r.who.quoted = claims.Attribution{}
		}
	}
	r.who.colon = r.norm(s.last-1) == ":" && (named || r.who.para == s.para)
}

// addsTo reports a sentence that only adds something there was to what somebody said before: "Було також чотири ракети."
func (r *reader) addsTo(s *sentence) bool {
	adds, exists := false, false
	for k := s.first; k < min(s.last, s.first+4); k++ {
		_, n := r.lx.src.adds.at(r.tokens[:s.last], k)
		adds, exists = adds || n > 0, exists || r.lx.src.exists[r.norm(k)]
	}
	return adds && exists
}

// reportedSpeech reports a German sentence in the subjunctive that stands for reported speech.
func (r *reader) reportedSpeech(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if r.lx.src.subjunctive[r.norm(k)] {
			return true
		}
	}
	return false
}

// lookAhead gives the sentences of a quotation whose speaker is named only at its end: "... . ...," he said.
func (r *reader) lookAhead() {
	for i := range r.sents {
		s := &r.sents[i]
		if len(r.voices[i]) > 0 || !r.opensQuote(s) {
			continue
		}
		for j := i + 1; j < len(r.sents) && r.sents[j].para == s.para && j < i+8; j++ {
			if len(r.voices[j]) == 0 {
				continue
			}
			v := &r.voices[j][0]
			if !r.sents[j].quoted || v.attr.Text == "" {
				break
			}
			for k := i; k < j; k++ {
				if len(r.voices[k]) == 0 {
					r.voices[k] = append(r.voices[k], voice{cue: r.sents[k].first, content: [2]int{r.sents[k].first, r.sents[k].last}, attr: v.attr})
				}
			}
			break
		}
	}
}

// opensQuote reports a sentence that opens a quotation and leaves it open, or stands inside one.
func (r *reader) opensQuote(s *sentence) bool {
	if s.quoted {
		return true
	}
	open := false
	for k := s.first; k < s.last; k++ {
		switch r.tokens[k].text {
		case "“", "«", "„":
			open = true
		case "”", "»":
			open = false
		case "\"":
			open = !open
		}
	}
	return open
}

// madeBy reports a word behind which "by" names the source and not a place: "disputed by", "a survey by".
func (r *reader) madeBy(w string) bool {
	return r.lx.gr.verbs[w].part || r.lx.src.sayNoun[w] || r.lx.src.organisation[w]
}

func (r *reader) newVoice(cue int, src, content [2]int, lemma string) voice {
	if r.lx.deep {
		for k := src[1] - 2; k > src[0]; k-- { // "disputed by the opposition", "a survey by the institute"
			if r.is(wordBy, k) && r.madeBy(r.norm(k-1)) {
				src[0] = k + 1
				break
			}
		}
	}
	v := voice{cue: cue, source: src, content: content, lemma: lemma, deny: r.lx.src.deny[lemma], hedged: r.lx.src.hedgeSay[lemma] && lemma != "expect"}
	if named := r.sentenceSubject(src); named[1] > named[0] {
		v.attr = r.attribution(named)
		return v
	}
	v.attr = r.attribution(src)
	return v
}

// sentenceSubject is whom a pronoun in the middle of a sentence means: its leading noun phrase, if that may speak:
// "Bread for All has landed 7,000 sacks, it says".
func (r *reader) sentenceSubject(src [2]int) [2]int {
	if src[1]-src[0] != 1 {
		return [2]int{}
	}
	if !r.is(thirdPersons, src[0]) {
		return [2]int{}
	}
	s := &r.sents[r.sentAt(src[0])]
	if src[0]-s.first < 3 {
		return [2]int{}
	}
	first, k := s.first, s.first
	for k < src[0] && k < first+8 {
		w := r.norm(k)
		if _, verb := r.verbAt(k); verb && k > first || r.auxiliary(w) || r.tokens[k].kind == signToken && w != "-" && w != "'" {
			break
		}
		if r.tokens[k].kind == numberToken || r.preposition(w) && k == first {
			return [2]int{}
		}
		k++
	}
	span := [2]int{first, k}
	if k == first || k >= src[0] || !(r.auxiliary(r.norm(k)) || r.lx.gr.verbs[r.norm(k)].lemma != "") || !r.speaks(span) {
		return [2]int{}
	}
	return span
}

// clauseAround is the span between the commas around k.
func (r *reader) clauseAround(k int, s *sentence) [2]int {
	a, b := k, k
	for a > s.first && r.norm(a-1) != ";" && r.norm(a-1) != ":" {
		a--
	}
	for b < s.last && r.norm(b) != ";" {
		b++
	}
	return [2]int{a, b}
}

// voiceOf picks the voice whose words hold the quantity: the innermost, the others carry it.
func (r *reader) voiceOf(q *quantity, voices []voice) *voice {
	var best *voice
	at := q.num.first
	for i := range voices {
		v := &voices[i]
		if v.attr.Text == "" || r.replacedBy(v) || at < v.content[0] || at >= v.content[1] || at >= v.source[0] && at < v.source[1] {
			continue
		}
		if v.attr.Kind == claims.OriginSelf && v.source[1]-v.source[0] == 1 && len(voices) > 1 && best != nil {
			continue
		}
		if best != nil && best.attr.Kind == claims.OriginSelf && best.source[1]-best.source[0] == 1 {
			best = v
			continue
		}
		if best == nil || v.content[1]-v.content[0] < best.content[1]-best.content[0] ||
			v.content[1]-v.content[0] == best.content[1]-best.content[0] && abs(v.cue-at) < abs(best.cue-at) {
			best = v
		}
	}
	return best
}

// replacedBy reports the voice whose figure a sentence only names to replace it: "12, not 20 as the ministry first said".
func (r *reader) replacedBy(v *voice) bool {
	k := v.source[0] - 1
	if v.cue < v.source[0] && r.lx.src.asSaid[r.norm(v.cue-1)] { // "як повідомляло міністерство"
		k = v.cue - 1
	} else if v.cue == k || r.lx.src.asSaid[r.norm(v.cue)] {
		k = v.cue
	}
	if k < 2 || !r.lx.src.asSaid[r.norm(k)] {
		return false
	}
	if k--; r.norm(k) == "," {
		k--
	}
	for j := k; j > k-3 && j > 0; j-- {
		if t := &r.tokens[j]; t.kind == numberToken || r.lx.numberWord(t.norm) {
			_, n := r.lx.src.contrast.before(r.tokens, 0, j)
			return n > 0
		}
	}
	return false
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
