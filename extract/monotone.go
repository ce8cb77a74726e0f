package extract

// A text that says the same few words over and over, or hardly any words at all, is no prose: a broken page, or one made to
// keep a reader busy. Its figures count nothing, and reading them would cost far more than reading news does.
const (
	monotoneWindow = 256 // tokens looked at together; a long paragraph of news
	monotoneWords  = 14  // different tokens that such a window has at least: prose has a hundred and more
	endlessPieces  = 4   // pieces of maxSentence tokens that a sentence without an end may have before its figures are data
	figureShare    = 10  // one token in so many is a figure where they are: in prose one in twenty is much
	wordShare      = 16  // one token in so many is a word at least; in tables of figures one in four is
)

// monotony marks the sentences of which some part is no prose.
func (r *reader) monotony() {
	r.noProse = make([]bool, len(r.sents))
	r.endless()
	si := 0
	for first := 0; len(r.tokens)-first >= monotoneWindow/2; first += monotoneWindow {
		last := min(first+monotoneWindow, len(r.tokens))
		if !monotone(r.tokens[first:last]) {
			continue
		}
		for si < len(r.sents) && r.sents[si].last <= first {
			si++
		}
		for k := si; k < len(r.sents) && r.sents[k].first < last; k++ {
			r.noProse[k] = r.noProse[k] || r.repeats(k)
		}
	}
}

// endless marks what goes on for pages without the end of a sentence and is full of figures: data that lost their form.
func (r *reader) endless() {
	pieces := 0
	for i := range r.sents {
		s := &r.sents[i]
		if s.last-s.first < maxSentence || i > 0 && s.para != r.sents[i-1].para {
			pieces = 0
		}
		if pieces++; pieces <= endlessPieces {
			continue
		}
		figures := 0
		for k := s.first; k < s.last; k++ {
			if r.tokens[k].kind == numberToken {
				figures++
			}
		}
		r.noProse[i] = figures*figureShare > s.last-s.first
	}
}

// repeats reports a sentence too long for one, or one as long as the next or the last and with their first and last words:
// a sentence of prose beside the monotony is read.
func (r *reader) repeats(si int) bool {
	s := &r.sents[si]
	if s.last-s.first > monotoneWindow/4 {
		return true
	}
	for _, k := range []int{si - 1, si + 1} {
		if k < 0 || k >= len(r.sents) {
			continue
		}
		if o := &r.sents[k]; o.last-o.first == s.last-s.first && r.norm(o.first) == r.norm(s.first) && r.norm(o.last-1) == r.norm(s.last-1) {
			return true
		}
	}
	return false
}

// monotone counts the different tokens of a window, by their hashes, up to as many as prose has.
func monotone(tokens []token) bool {
	var seen [16]uint64 // a set of 1,024
	different, words := 0, 0
	for i := range tokens {
		if tokens[i].kind == wordToken {
			words++
		}
		h := uint64(14695981039346656037) // FNV-1a
		for _, c := range []byte(tokens[i].norm) {
			h = (h ^ uint64(c)) * 1099511628211
		}
		h %= 1024
		if bit := uint64(1) << (h % 64); seen[h/64]&bit == 0 {
			seen[h/64] |= bit
			different++
		}
		if different > monotoneWords && words*wordShare > len(tokens) {
			return false
		}
	}
	return true
}
