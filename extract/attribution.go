package extract

import (
	"strings"

	"tallywire/claims"
)

// A voice is one source in a sentence with what it says. Spans are tokens, half open.
type voice struct {
	cue          int
	source       [2]int // empty where the source was carried over from before
	content      [2]int
	attr         claims.Attribution
	lemma        string
	deny, hedged bool
	through      bool // it passes another source on: "AP quoted the ministry"
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
		if t.kind != wordToken {
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
		if _, n := r.lx.src.reportedly.at(r.tokens[:s.last], k); n > 0 {
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
		if lemma, ok := r.lx.src.say[t.norm]; ok {
			if v, ok := r.sayVerb(k, lemma, s); ok {
				out = append(out, v)
				continue
			}
		}
		if t.norm == "by" && r.lx.code == "en" {
			if v, ok := r.byTheirCount(k, s); ok {
				out = append(out, v)
				continue
			}
		}
		if r.lx.code == "en" && (t.norm == "saw" || t.norm == "counted" || t.norm == "seen" || t.norm == "witnessed") {
			if src, ok := r.sourceLeft(k, s); ok && r.selfIn(src) {
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
	r.carryOn(si, &out)
	if span := r.leadingSource(s); span[1] > span[0] && r.lx.code == "en" {
		r.who.subject, r.who.subjectAt = r.attribution(span), si
	}
	return out
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
	case r.lx.code == "de" && r.who.last.Text != "" && r.who.para >= s.para-1 && r.reportedSpeech(s):
		*out = append(*out, voice{cue: first, content: [2]int{first, s.last}, attr: r.who.last})
		r.who.para = s.para
	default:
		if !s.quoted {
			r.who.quoted = claims.Attribution{}
		}
	}
	r.who.colon = r.norm(s.last-1) == ":" && (named || r.who.para == s.para)
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

func (r *reader) newVoice(cue int, src, content [2]int, lemma string) voice {
	if r.lx.code == "en" {
		for k := src[1] - 2; k > src[0]; k-- { // "disputed by the opposition", "a survey by the institute"
			if r.norm(k) == "by" {
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
// "Grain Without Borders has unloaded 40,000 bags, it says".
func (r *reader) sentenceSubject(src [2]int) [2]int {
	if src[1]-src[0] != 1 || r.lx.code != "en" {
		return [2]int{}
	}
	switch r.norm(src[0]) {
	case "it", "he", "she", "they":
	default:
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

// accordingTo reads "according to X" and its like; X speaks for the whole clause around.
func (r *reader) accordingTo(k, n int, s *sentence) (voice, bool) {
	first := k + n
	if w := r.norm(first - 1); len(w) > len("angaben") && strings.HasSuffix(w, "angaben") {
		return r.newVoice(k, [2]int{first - 1, first}, [2]int{s.first, s.last}, "say"), true // "nach Polizeiangaben"
	}
	last := r.sourceEnd(first, s)
	if last == first {
		return voice{}, false
	}
	content := [2]int{s.first, s.last}
	return r.newVoice(k, [2]int{first, last}, content, "say"), true
}

// sourceEnd finds where the noun phrase of a source that starts at k ends.
func (r *reader) sourceEnd(k int, s *sentence) int {
	i := k
	for i < s.last {
		t := &r.tokens[i]
		if t.kind == signToken {
			if t.norm == "-" || t.norm == "'" || t.text == "." && i+1 < s.last || t.norm == "&" || t.norm == "\"" && i == k {
				i++
				continue
			}
			break
		}
		if t.kind == numberToken && t.gap == blankGap && r.norm(i+1) != "-" || t.gap == paraGap && i > k {
			break
		}
		if r.lx.code == "de" && i > k && t.kind == wordToken && !t.upper && r.tokens[i-1].upper && !r.lx.of[t.norm] && t.norm != "des" && t.norm != "die" && t.norm != "für" && t.norm != "den" {
			break
		}
		if r.lx.code == "de" {
			if _, n := r.lx.before.at(r.tokens[:s.last], i); n > 0 && i > k {
				break
			}
		}
		if i > k && r.lx.code == "en" {
			if v, ok := r.lx.gr.verbs[t.norm]; ok && !t.upper && (v.past || v.third && !r.lx.gr.stop[r.norm(i-1)] && !r.pluralLikely(i)) {
				break
			}
			switch t.norm {
			case "who", "which", "that", "but", "while", "as", "because", "when", "where", "after", "before", "were", "was", "is", "are", "had", "has", "have", "will", "would", "with", "on", "by", "from", "since", "at", "about", "under", "during", "it", "he", "she", "they":
				return i
			}
		}
		if i > k && r.lx.code != "en" {
			switch t.norm {
			case "що", "что", "та", "і", "и", "але", "но", "dass", "und", "aber", "que", "qui", "y", "et", "wurden", "wurde", "sind", "ist", "war", "waren", "haben", "hat", "в", "у", "на", "з", "із", "с", "am", "im", "in", "auf", "bei", "à", "en":
				return i
			}
			if i-k > 0 && t.norm == "від" || t.norm == "с" {
				return i
			}
		}
		if i-k > 12 {
			break
		}
		i++
	}
	return i
}

func (r *reader) pluralLikely(i int) bool { return r.tokens[i].upper }

// sayVerb reads a reporting verb with its subject on the left or, inverted, on the right.
func (r *reader) sayVerb(k int, lemma string, s *sentence) (voice, bool) {
	if !r.sayFits(k, lemma, s) {
		return voice{}, false
	}
	if r.lx.code == "en" && lemma != "write" && lemma != "rule" && lemma != "call" && lemma != "blame" && lemma != "find" {
		if by, ok := r.passiveBy(k, s); ok {
			return r.newVoice(k, by, [2]int{s.first, s.last}, lemma), true
		}
	}
	if src, ok := r.inverted(k, s); ok && (lemma != "tell" || r.lx.code != "en") && (!r.lx.src.weakSay[lemma] || r.speaks(src)) {
		v := r.newVoice(k, src, [2]int{s.first, k}, lemma)
		if r.quoteResumes(src[1], s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	if src, ok := r.sourceLeft(k, s); ok {
		if r.lx.src.weakSay[lemma] && !r.speaks(src) {
			return voice{}, false
		}
		v := r.newVoice(k, src, [2]int{k + 1, r.semicolonAfter(k, s)}, lemma)
		if r.lx.src.quote[lemma] {
			return r.quoting(v, k, s)
		}
		if (r.tailOnly(k+1, s) || lemma == "tell" && r.toldOnly(k+1, s) && r.commaBefore(src[0])) && src[0] > s.first+1 {
			v.content = [2]int{r.semicolonBefore(src[0], s), src[0]}
			if r.hasComma(k+1, s) {
				v.content[1] = s.last // "..., the ministry said, up from 41"
			}
		} else if src[0] > s.first && r.commaBefore(src[0]) && r.quoteResumes(k+1, s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	if src, ok := r.sourceRight(k, s); ok {
		if r.lx.src.weakSay[lemma] && !r.speaks(src) {
			return voice{}, false
		}
		v := r.newVoice(k, src, [2]int{s.first, k}, lemma)
		if k == s.first || r.quoteResumes(src[1], s) || r.thatFollows(src[1], s) {
			v.content = [2]int{s.first, s.last}
		}
		return v, true
	}
	return voice{}, false
}

// sayFits drops reporting words that are nouns here ("claims", "reports", "a call") or infinitives without subject.
func (r *reader) sayFits(k int, lemma string, s *sentence) bool {
	if r.lx.code != "en" {
		return true
	}
	t := &r.tokens[k]
	v := r.lx.gr.verbs[t.norm]
	prev := r.norm(k - 1)
	if k == s.first {
		prev = ""
	}
	if t.upper && prev != "" && !r.startsSentence(k) && r.tokens[k-1].norm != "\"" {
		return false // "the United States"
	}
	if next := r.norm(k + 1); v.part && (r.lx.src.states[next] != "" || r.lx.gr.verbs[next].part && next != "that") && lemma == "report" {
		return false // "people reported missing"
	}
	if v.base && r.norm(k+1) == "that" && (r.pluralAt(max(k-1, 0)) || r.tokens[max(k-1, 0)].kind == numberToken || r.lx.src.pronouns[prev]) {
		return true // "monitors at Gate 4 report that"
	}
	if v.third && r.norm(k+1) == "that" && prev != "the" && prev != "of" && prev != "'s" && prev != "a" {
		return true
	}
	if prev == "the" || prev == "a" || prev == "an" || prev == "'s" || prev == "of" || prev == "no" || prev == "such" || prev == "any" || prev == "its" || prev == "his" || prev == "their" || prev == "these" || prev == "for" {
		return false
	}
	if prev == "to" && v.base && !v.past {
		return false
	}
	if (prev == "be" || prev == "been" || prev == "is" || prev == "are" || prev == "was" || prev == "were" || prev == "being") && v.part {
		_, by := r.passiveBy(k, s)
		return by
	}
	if v.base && !v.past {
		switch prev {
		case "will", "would", "could", "can", "may", "might", "must", "should", "not", "did", "does", "do", "n't":
			return lemma == "say" || lemma == "confirm"
		}
		// "officials say", "they say": a plural subject
		return lemma == "say" || lemma == "believe" || lemma == "estimate" || lemma == "think" || lemma == "claim" || lemma == "know"
	}
	if v.third && !v.base {
		next := r.norm(k + 1)
		if lemma == "report" || lemma == "claim" || lemma == "call" || lemma == "demand" || lemma == "comment" || lemma == "show" || lemma == "project" || lemma == "point" || lemma == "count" || lemma == "state" || lemma == "post" || lemma == "cite" {
			if k == s.first || r.lx.gr.stop[prev] && !r.lx.src.pronouns[prev] {
				return false
			}
			return next == "that" || next == "it" || next == "the" || next == "a" || r.tokens[k-1].upper || r.lx.src.organisation[prev] || r.lx.src.person[prev] || r.lx.src.pronouns[prev] || next == "," || r.tokens[min(k+1, len(r.tokens)-1)].kind == numberToken || next == "."
		}
	}
	return true
}

// passiveBy reads "was reported by X" and "announced by X".
func (r *reader) passiveBy(k int, s *sentence) ([2]int, bool) {
	if v := r.lx.gr.verbs[r.norm(k)]; !v.part || r.norm(k+1) != "by" {
		return [2]int{}, false
	}
	end := r.sourceEnd(k+2, s)
	return [2]int{k + 2, end}, end > k+2
}

// selfIn reports that the outlet's own people are the source: "our reporter saw".
func (r *reader) selfIn(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		if r.lx.src.self[r.norm(k)] {
			return true
		}
	}
	return false
}

// byTheirCount reads "60,000 by their count", "by our estimate", "18,000 by that of the police".
func (r *reader) byTheirCount(k int, s *sentence) (voice, bool) {
	start := k
	for start > s.first && r.norm(start-1) != "," && r.norm(start-1) != "and" && r.norm(start-1) != ";" {
		start--
	}
	content := [2]int{start, s.last}
	if k > s.first {
		content[1] = k
	}
	switch w := r.norm(k + 1); w {
	case "that":
		if r.norm(k+2) != "of" {
			return voice{}, false
		}
		end := r.sourceEnd(k+3, s)
		return r.newVoice(k, [2]int{k + 3, end}, content, "say"), end > k+3
	default: // "by the organisers' count"
		for j := k + 2; j+1 < s.last && j < k+7; j++ {
			if (r.norm(j) == "'s" || r.norm(j) == "'") && r.lx.src.sayNoun[r.norm(j+1)] {
				return r.newVoice(k, [2]int{k + 1, j}, content, "say"), true
			}
			if r.tokens[j].kind == signToken {
				break
			}
		}
	case "our", "their", "its", "his", "her":
		j := k + 2
		if r.norm(j) == "own" {
			j++
		}
		if !r.lx.src.sayNoun[r.norm(j)] {
			return voice{}, false
		}
		v := voice{cue: k, content: content, attr: r.who.last}
		if w == "our" {
			v.attr = claims.Attribution{Text: r.textOf(k+1, k+2), Kind: claims.OriginSelf}
		} else if who := r.personsBefore(k, s); who[1] > who[0] {
			v.attr = r.attribution(who)
		}
		return v, v.attr.Text != ""
	}
	return voice{}, false
}

// personsBefore is the nearest noun phrase of a source before k in the sentence.
func (r *reader) personsBefore(k int, s *sentence) [2]int {
	for j := k - 1; j >= s.first; j-- {
		if w := r.norm(j); r.lx.src.organisation[w] || r.lx.src.person[w] || r.lx.src.person[strings.TrimSuffix(w, "s")] {
			return [2]int{r.phraseStart(j+1, s), j + 1}
		}
	}
	return [2]int{}
}

// gappedVoice reads "Kyiv speaks of 303, Moscow — of 307" in Ukrainian and Russian, where a dash stands for the verb.
func (r *reader) gappedVoice(q *quantity, s *sentence) *claims.Attribution {
	k := q.first - 1
	if r.lx.code != "uk" && r.lx.code != "ru" || k-3 < s.first {
		return nil
	}
	if w := r.norm(k); w != "про" && w != "о" && w != "об" || r.norm(k-1) != "-" || r.norm(k-3) != "," || !r.tokens[k-2].upper || len(r.voices[q.sent]) == 0 {
		return nil
	}
	a := r.attribution([2]int{k - 2, k - 1})
	return &a
}

// claimOf reads "the mayor's claim that ...".
func (r *reader) claimOf(k int, s *sentence) (voice, bool) {
	of := k - 1
	switch r.norm(of) { // "the union's own count was"
	case "own", "latest", "official", "initial", "first", "final", "earlier", "daily":
		of--
	}
	if of < s.first+1 || r.norm(of) != "'s" {
		return voice{}, false
	}
	switch r.norm(k + 1) {
	case "that", "of", ":", "for", "is", "was", "stands", "on":
	default:
		return voice{}, false
	}
	first := r.phraseStart(of, s)
	if first >= of {
		return voice{}, false
	}
	return r.newVoice(k, [2]int{first, of}, [2]int{k + 1, r.semicolonAfter(k, s)}, "say"), true
}

// figureVerb reads "put the number at 20,000", "gave 12,400": the subject owns the figure.
func (r *reader) figureVerb(k int, lemma string, s *sentence) (voice, bool) {
	if r.lx.code != "en" || !r.sayFits(k, lemma, s) {
		return voice{}, false
	}
	src, ok := r.sourceLeft(k, s)
	if !ok {
		return voice{}, false
	}
	if !r.isSource(src) {
		return voice{}, false
	}
	figure := false
	for j := k + 1; j < s.last; j++ {
		if r.tokens[j].kind == numberToken || r.lx.numberWord(r.norm(j)) {
			figure = true
			break
		}
	}
	if !figure {
		return voice{}, false
	}
	return r.newVoice(k, src, [2]int{k + 1, r.semicolonAfter(k, s)}, lemma), true
}

func (r *reader) hasComma(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		if r.norm(j) == "," {
			return true
		}
	}
	return false
}

// toldOnly reports that behind "told" only the hearer follows: "..., the governor told reporters."
func (r *reader) toldOnly(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		switch t := &r.tokens[j]; {
		case t.text == ".":
			return true
		case r.lx.src.that[t.norm] || t.norm == "\"" || t.kind == numberToken || j > k+7:
			return false
		}
	}
	return true
}

// semicolonBefore is the start of the part of the sentence that ends at k.
func (r *reader) semicolonBefore(k int, s *sentence) int {
	for j := k - 1; j > s.first; j-- {
		if r.norm(j) == ";" {
			return j + 1
		}
	}
	return s.first
}

// semicolonAfter is the end of the part of the sentence that starts at k.
func (r *reader) semicolonAfter(k int, s *sentence) int {
	for j := k; j < s.last; j++ {
		if r.norm(j) == ";" {
			return j
		}
	}
	return s.last
}

// speaks reports a source that may also be the subject of a weaker verb of saying.
func (r *reader) speaks(src [2]int) bool {
	if r.isSource(src) {
		return true
	}
	for k := src[0]; k < src[1]; k++ {
		if r.tokens[k].upper && r.tokens[k].kind == wordToken && (!r.startsSentence(k) || r.nameWord(k, src[1])) {
			return true
		}
	}
	return false
}

// isSource reports a noun phrase that may speak: an organisation, a person, a name or a pronoun.
func (r *reader) isSource(src [2]int) bool {
	for k := src[0]; k < src[1]; k++ {
		w := r.norm(k)
		if r.lx.src.organisation[w] || r.lx.src.person[w] || r.lx.src.unnamed[w] || r.lx.src.pronouns[w] {
			return true
		}
	}
	return false
}

// sourceLeft finds the subject on the left of a reporting verb.
func (r *reader) sourceLeft(k int, s *sentence) ([2]int, bool) {
	end := k
	for end > s.first && r.betweenSubjectAndVerb(end-1, s) {
		end--
	}
	if end <= s.first || r.tokens[end-1].kind == signToken && r.norm(end-1) != ")" && r.norm(end-1) != "," && !(r.norm(end-1) == "\"" && false) {
		return [2]int{}, false
	}
	if r.lx.src.relative[r.norm(end-1)] { // ", who said": the noun before the comma
		j := end - 1
		for j-1 > s.first && (r.norm(j-1) == "," || r.norm(j-1) == "-") {
			j--
		}
		first := r.phraseStart(j, s)
		if first < j {
			return [2]int{first, j}, true
		}
		return [2]int{}, false
	}
	if r.norm(end-1) == "," { // an apposition or clause between commas: "Relief Bridge, an aid agency, said"
		for j := end - 2; j > s.first && j > end-30; j-- {
			if r.norm(j) == "," {
				first := r.phraseStart(j, s)
				if first < j && r.nominal(first, j) {
					return [2]int{first, j}, true
				}
			}
			if r.norm(j) == "\"" {
				break
			}
		}
		return [2]int{}, false
	}
	first := r.phraseStart(end, s)
	if first >= end || !r.nominal(first, end) {
		return [2]int{}, false
	}
	if rel := r.relativeBefore(first, s); rel > s.first { // "the coalition that called the march says"
		if f := r.phraseStart(rel, s); f < rel && r.nominal(f, rel) {
			return [2]int{f, rel}, true
		}
	}
	if r.lx.code == "de" {
		switch r.norm(first) {
		case "am", "im", "in", "nach", "trotz", "bei", "mit", "seit", "vor", "auf", "an", "aus", "zu", "zum", "zur", "von", "bis", "gegen", "wie", "über", "unter", "dennoch", "so", "dabei", "dazu", "daraufhin", "außerdem", "zuvor", "gestern", "heute", "anlässlich":
			if r.norm(first) == "wie" {
				return [2]int{first + 1, end}, end > first+1
			}
			return [2]int{}, false
		}
	}
	if src := [2]int{first, end}; r.lx.code == "en" && !r.speaks(src) {
		for j := first - 1; j > s.first && j > first-10; j-- { // "an official who asked not to be named said"
			if w := r.norm(j); w == "who" || w == "which" && r.norm(j-1) != "," {
				if f := r.phraseStart(j, s); f < j && r.isSource([2]int{f, j}) {
					return [2]int{f, j}, true
				}
			}
			if r.tokens[j].kind == signToken {
				break
			}
		}
	}
	if first-1 > s.first && r.norm(first-1) == "," { // "Relief Bridge, an aid agency said" is rare; "Ilko, 58, said" is not
		if end-first <= 2 && r.tokens[first].kind == numberToken {
			j := first - 1
			if f := r.phraseStart(j, s); f < j {
				return [2]int{f, j}, true
			}
		}
	}
	return [2]int{first, end}, true
}

// relativeBefore is the relative pronoun of a clause whose object starts at k and which itself modifies the subject.
func (r *reader) relativeBefore(k int, s *sentence) int {
	if r.lx.code != "en" || k-2 <= s.first {
		return 0
	}
	v, ok := r.lx.gr.verbs[r.norm(k-1)]
	if !ok || !v.past && !v.third {
		return 0
	}
	for j := k - 2; j > s.first && j > k-5; j-- {
		switch r.norm(j) {
		case "that", "who", "which":
			if r.reports(j - 1) {
				return 0
			}
			return j
		}
	}
	return 0
}

// betweenSubjectAndVerb reports auxiliaries, adverbs and times that part a subject from its verb.
func (r *reader) betweenSubjectAndVerb(j int, s *sentence) bool {
	w := r.norm(j)
	t := &r.tokens[j]
	if t.kind != wordToken {
		return false
	}
	switch r.lx.code {
	case "en":
		switch w {
		case "has", "had", "have", "also", "later", "earlier", "then", "now", "only", "already", "recently", "previously", "himself", "herself", "itself", "still", "would", "will", "did", "does", "do", "not", "even", "yesterday", "today", "overnight", "just", "once", "again", "both", "could", "is", "are", "was", "were", "n't", "since", "first", "both's":
			return true
		}
		if strings.HasSuffix(w, "ly") && !r.lx.gr.notAdverb[w] {
			return true
		}
		if _, ok := r.lx.cal.weekdays[w]; ok && t.upper {
			return true
		}
		if w == "on" && j+1 < s.last {
			_, ok := r.lx.cal.weekdays[r.norm(j+1)]
			return ok
		}
	case "de":
		return w == "hat" || w == "haben" || w == "am" || w == "auch" || r.lx.cal.weekdays[w] > 0
	case "uk":
		return w == "також" || w == "раніше" || w == "вчора" || w == "сьогодні" || w == "не"
	case "ru":
		return w == "также" || w == "ранее" || w == "вчера" || w == "сегодня" || w == "не"
	}
	return false
}

// phraseStart walks left from end to the start of the noun phrase that ends there.
func (r *reader) phraseStart(end int, s *sentence) int {
	i := end
	for i > s.first && end-i < 14 {
		t := &r.tokens[i-1]
		w := t.norm
		if t.kind == signToken {
			if w == "-" && t.gap == noGap || w == "'" || t.text == "." && i-1 > s.first || w == "&" || w == "/" || w == "@" {
				i--
				continue
			}
			break
		}
		if t.kind == numberToken && i-1 > s.first && t.gap == blankGap || r.marks[i-1] == markUsed || r.marks[i-1] == markClock {
			break
		}
		if r.lx.src.that[w] || r.lx.cal.weekdays[w] > 0 {
			break
		}
		if r.lx.code == "en" {
			if w == "and" && i-2 >= s.first && i < end {
				// two sources: "the ministry and the office said"
				if !r.sourceWordNear(i-2, s) {
					break
				}
				i--
				continue
			}
			switch w {
			case "but", "while", "as", "because", "although", "though", "if", "when", "where", "what", "so", "yet", "or", "than", "after", "before", "then", "since", "until", "whereas", "how", "and", "which", "who", "not":
				return i
			}
			if v, ok := r.lx.gr.verbs[w]; ok && !t.upper && (v.past && !r.lx.gr.modifiers[w] || v.ing) && i < end {
				if !(v.part && i-2 >= s.first && (r.norm(i-2) == "the" || r.norm(i-2) == "a")) {
					break
				}
			}
			if w == "is" || w == "are" || w == "was" || w == "were" || w == "has" || w == "have" || w == "had" || w == "will" {
				break
			}
			if r.lx.src.pronouns[w] && i < end {
				break
			}
			if r.lx.src.pronouns[w] {
				return i - 1
			}
		} else {
			if r.stopSource(w) && i < end {
				break
			}
		}
		i--
	}
	for i < end && (r.lx.gr.stop[r.norm(i)] || r.lx.cal.on[r.norm(i)]) && r.lx.code == "en" && !r.determiner(r.norm(i)) && !r.lx.src.pronouns[r.norm(i)] {
		i++
	}
	return i
}

func (r *reader) determiner(w string) bool {
	switch w {
	case "the", "a", "an", "its", "his", "her", "their", "our", "my", "one", "some", "both", "all", "many", "another", "this", "that", "these", "those", "no":
		return true
	}
	return false
}

func (r *reader) stopSource(w string) bool {
	switch w {
	case "але", "но", "а", "и", "і", "та", "що", "что", "который", "які", "який", "und", "aber", "dass", "denn", "oder", "que", "et", "y", "mais", "pero", "wie", "während":
		return true
	}
	return false
}

func (r *reader) sourceWordNear(k int, s *sentence) bool {
	for j := k; j >= s.first && j > k-6; j-- {
		w := r.norm(j)
		if r.lx.src.organisation[w] || r.lx.src.person[w] {
			return true
		}
		if r.norm(j) == "," {
			return false
		}
	}
	return false
}

// nominal reports a span that may be a subject: it holds a name, a noun or a pronoun.
func (r *reader) nominal(first, last int) bool {
	for k := first; k < last; k++ {
		t := &r.tokens[k]
		if t.kind != wordToken {
			continue
		}
		if t.upper || r.lx.src.pronouns[t.norm] || r.lx.src.organisation[t.norm] || r.lx.src.person[t.norm] || r.lx.src.unnamed[t.norm] || !r.lx.gr.stop[t.norm] && len(t.norm) > 2 {
			return true
		}
	}
	return false
}

// inverted finds the subject behind a verb that follows a comma or quotation mark: `..., said the mayor.`
func (r *reader) inverted(k int, s *sentence) ([2]int, bool) {
	if k <= s.first {
		return [2]int{}, false
	}
	if c := r.norm(k - 1); c != "," && c != "\"" && c != "-" {
		return [2]int{}, false
	}
	src, ok := r.sourceRight(k, s)
	if !ok {
		return src, false
	}
	if r.lx.code != "en" && r.lx.code != "de" {
		return src, true
	}
	if src[1] >= s.last {
		return src, true
	}
	switch t := &r.tokens[src[1]]; {
	case t.kind == signToken:
		return src, true
	default:
		return src, r.lx.src.tail[t.norm] || r.lx.src.relative[t.norm] || r.norm(k-1) == "\""
	}
}

// sourceRight finds an inverted subject: `said the mayor`, "сообщило Министерство обороны".
func (r *reader) sourceRight(k int, s *sentence) ([2]int, bool) {
	first := k + 1
	if first >= s.last {
		return [2]int{}, false
	}
	if r.lx.code == "en" && k > s.first {
		if c := r.norm(k - 1); c != "," && c != "\"" && c != "'" && c != "?" && c != "!" {
			return [2]int{}, false
		}
	}
	w := r.norm(first)
	if r.lx.code == "de" && (w == "am" || w == "auch") && first+2 < s.last {
		first += 2
	}
	if r.lx.src.that[r.norm(first)] || r.tokens[first].kind != wordToken {
		return [2]int{}, false
	}
	last := r.sourceEnd(first, s)
	if last == first || !r.nominal(first, last) {
		return [2]int{}, false
	}
	if r.lx.code != "en" && r.lx.src.pronouns[r.norm(first)] {
		last = first + 1
	}
	return [2]int{first, last}, true
}

// tailOnly reports that behind a reporting verb only time and place follow, so that what it reports stands before.
func (r *reader) tailOnly(k int, s *sentence) bool {
	if k >= s.last {
		return true
	}
	t := &r.tokens[k]
	if t.kind == signToken && t.norm != "\"" && t.norm != "'" && t.norm != "(" && t.norm != ":" && t.norm != "-" && t.norm != "$" && t.norm != "," {
		return true
	}
	if t.norm == "," {
		return !r.hasQuote(k, s)
	}
	if t.kind == wordToken && r.lx.src.tail[t.norm] {
		// "said on Friday that ..." reports what follows
		for j := k; j < s.last; j++ {
			if r.norm(j) == "\"" {
				return false
			}
			if r.lx.src.that[r.norm(j)] {
				return j > k && r.lx.code == "en" && t.norm != "on" && r.lx.cal.weekdays[t.norm] == 0 && !r.timeWord(j-1) && r.tokens[j-1].kind == wordToken
			}
			if r.norm(j) == "," {
				return true
			}
			if v, ok := r.lx.gr.verbs[r.norm(j)]; ok && v.past && !v.part {
				return false
			}
		}
		return true
	}
	return false
}

func (r *reader) hasQuote(k int, s *sentence) bool {
	for j := k; j < s.last; j++ {
		if r.norm(j) == "\"" {
			return true
		}
	}
	return false
}

func (r *reader) commaBefore(k int) bool {
	w := r.norm(k - 1)
	return w == "," || w == "\"" || w == "'"
}

func (r *reader) quoteResumes(k int, s *sentence) bool {
	return r.hasQuote(k, s) && r.commaBefore(k+1) || r.norm(k) == ":"
}

func (r *reader) thatFollows(k int, s *sentence) bool {
	for j := k; j < s.last && j < k+3; j++ {
		if r.lx.src.that[r.norm(j)] {
			return true
		}
	}
	return false
}

// quoting reads "AP quoted the ministry as saying": the ministry speaks, AP is the medium.
func (r *reader) quoting(v voice, k int, s *sentence) (voice, bool) {
	end := r.sourceEnd(k+1, s)
	if end == k+1 {
		return v, true
	}
	inner := r.newVoice(k, [2]int{k + 1, end}, [2]int{end, s.last}, "say")
	inner.attr.Medium = v.attr.Text
	if v.source[0] > s.first+2 {
		inner.content = [2]int{s.first, s.last}
	}
	return inner, true
}

// colonHead reads a headline's "Ministry: 41 dead".
func (r *reader) colonHead(s *sentence) (voice, bool) {
	for k := s.first; k < s.last && k < s.first+7; k++ {
		if r.norm(k) != ":" || k == s.first || k+1 >= s.last {
			continue
		}
		src := [2]int{s.first, k}
		if r.tokens[k].gap != noGap || !r.isSource(src) || r.tokens[k+1].gap == noGap {
			return voice{}, false
		}
		return r.newVoice(k, src, [2]int{k + 1, s.last}, "say"), true
	}
	return voice{}, false
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
		if v.attr.Text == "" || at < v.content[0] || at >= v.content[1] || at >= v.source[0] && at < v.source[1] {
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

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
