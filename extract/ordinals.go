package extract

import "strings"

// ordinalAt returns the length of the ordinal at i: "63rd", "72-й", "3. Platz", "twenty-third", "vingt et unième",
// "zweihundertdritte". Ordinals name a place in a row and count nothing.
func (r *reader) ordinalAt(i, end int) int {
	t := &r.tokens[i]
	if t.kind == numberToken {
		return r.digitOrdinal(i, end)
	}
	if t.kind != wordToken {
		return 0
	}
	if i > 0 && r.lx.article[r.norm(i-1)] && r.lx.fractions[t.norm] > 0 && (r.lx.of[r.norm(i+1)] || r.lx.fractionLead[r.norm(i-2)] && (i+1 >= end || r.tokens[i+1].kind == signToken && r.norm(i+1) != "-") || r.isolated && r.lx.and[r.norm(i-2)]) {
		return 0 // "a third of"
	}
	if i > 0 && r.tokens[i-1].kind == numberToken && t.gap != paraGap {
		return 0 // "280 million first mortgage notes"
	}
	j, words := i, 0
	for j < end && j < i+24 {
		t := &r.tokens[j]
		if j > i && t.gap == paraGap {
			return 0
		}
		if r.ordinalWord(t.norm) {
			if words == 0 || !r.fractionNotOrdinal(i, j, end) {
				j++
				for j < end && r.tokens[j].gap != paraGap && r.ordinalWord(r.norm(j)) && r.lx.code == "es" {
					j++
				}
				return j - i
			}
			return i - j - 1 // a fraction: nothing here is an ordinal
		}
		if t.kind == signToken {
			if t.norm == "-" && t.gap == noGap && words > 0 || t.text == "," && words > 1 && r.scaleBehind(j+1) {
				j++
				continue
			}
			return 0
		}
		_, num := r.lx.num[t.norm]
		if !num && r.lx.compound {
			_, _, num = compoundWord(t.norm, r.lx)
		}
		if !num && !(words > 0 && r.lx.and[t.norm]) {
			return 0
		}
		if num {
			words++
		}
		j++
	}
	return 0
}

func (r *reader) scaleBehind(j int) bool {
	_, ok := r.lx.num[r.norm(j)]
	return ok
}

// ordinalWord reports an ordinal written as one word.
func (r *reader) ordinalWord(w string) bool {
	if _, ok := r.lx.ordinals[w]; ok {
		return true
	}
	if r.lx.article[w] {
		return false
	}
	return r.lx.ordinalByEnding(w) || r.lx.compound && ordinalGerman(w, r.lx)
}

// ordinalGerman strips the ending of an ordinal and looks for the number before it: "zweihundertdritte".
func ordinalGerman(w string, lx *lexicon) bool {
	if _, isNum := lx.num[w]; isNum {
		return false
	}
	for suffix := range lx.lists[ordinalEnds] {
		stem, found := strings.CutSuffix(w, suffix)
		if !found || len(stem) < 2 {
			continue
		}
		long := suffix[0] == 's' // from twenty on
		if _, _, ok := compoundWord(stem, lx); ok && long == lx.ends(longOrdinals, stem) || lx.ends(scaleOrdinals, stem) {
			return true
		}
		for irregular := range lx.lists[ordinalStems] {
			if head, ok := strings.CutSuffix(stem, irregular); ok && !long {
				if _, _, ok := compoundWord(strings.TrimSuffix(head, "und"), lx); ok {
					return true
				}
			}
			if stem == irregular {
				return true
			}
		}
	}
	return false
}

// ordinalByEnding knows the ordinals above ten by their endings: "vigésimo", "vingt et unième".
func (lx *lexicon) ordinalByEnding(w string) bool {
	return len(w) > 5 && lx.ends(ordinalByEnds, strings.TrimSuffix(w, "s"))
}

// fractionNotOrdinal decides "one third" and "deux cinquièmes" for the fraction: a unit before a plural, or one
// before a small denominator. "Two hundredth" and "twenty-third" are ordinals.
func (r *reader) fractionNotOrdinal(i, j, end int) bool {
	w := r.norm(j)
	first := r.lx.num[r.norm(i)]
	next := r.norm(j + 1)
	if r.lx.is(wordOf, next) && r.lx.code == "en" && j-i <= 3 && (first.kind == "unit") || next == "percent" || r.lx.whole[r.norm(i-1)] || r.lx.and[r.norm(i-1)] && i > 1 && r.lx.whole[r.norm(i-2)] {
		return true
	}
	if r.isolated && r.tokens[j].gap == blankGap && j > i && r.unitPlural(w) {
		return true // "ciento treinta y dos quintos"
	}
	if first.value == 1 && j == i+3 && r.norm(j-1) == "-" && r.lx.num[r.norm(j-2)].kind == "ten" {
		return true // "one twenty-fifth"
	}
	switch r.lx.code {
	case "en":
		d := r.lx.fractions[w]
		return j == i+1 && first.kind == "unit" && d > 0 && d < 100 || r.norm(j-1) == "-" && j == i+2 && first.kind == "unit" && d > 0 && d < 100
	case "uk", "ru":
		return first.kind == "unit" && (j <= i+1 || j == i+2 && r.lx.num[r.norm(i+1)].kind != "scale") // "одна тысяча первый" is an ordinal
	case "fr":
		if r.isolated && (first.value == 1 && first.kind == "unit" && (j == i+1 || j <= i+6 && r.lx.num[r.norm(i+1)].kind == "ten") ||
			strings.HasSuffix(w, "s") && j <= i+2 && (first.kind == "unit" && j == i+1 || strings.Contains(w, "ion"))) {
			return true // "un centième", "quatre centièmes"
		}
		if r.isolated && first.kind == "unit" && j == i+3 && r.lx.and[r.norm(i+1)] && r.norm(i+2) == "un" {
			return true // "trois et un cinquième"
		}
		return j == i+1 && first.kind == "unit" && !strings.Contains(w, "cent") && !strings.Contains(w, "mill") && !strings.Contains(w, "ion")
	case "es":
		if r.isolated && j == i+1 && first.kind == "unit" && (first.value == 1 || strings.HasSuffix(w, "s")) && !strings.Contains(w, "llon") {
			return true // "tres milésimos"
		}
		return j == i+1 && first.kind != "" && r.lx.fractions[w] > 0 || j == i+1 && first.kind == "unit" && !strings.Contains(w, "mil") && !strings.Contains(w, "cent") && !strings.Contains(w, "bill")
	}
	return false
}

// unitPlural reports the plural of an ordinal from third to ninth.
func (r *reader) unitPlural(w string) bool {
	stem, ok := strings.CutSuffix(w, "s")
	if !ok {
		return false
	}
	p := r.parser(&sentence{})
	d, ok := p.oneWordDenominator(stem)
	return ok && d > 2 && d < 10
}

// digitOrdinal reads "63rd", "1,000th", "72-й", "3. Platz".
func (r *reader) digitOrdinal(i, end int) int {
	t := &r.tokens[i]
	if !plainDigits(strings.ReplaceAll(t.norm, ",", "")) {
		return 0
	}
	j := i + 1
	if _, n := r.lx.units.at(r.tokens[:end], j); n > 1 && (r.norm(j) == "º" || r.norm(j) == "°") {
		return 0 // "37º C"
	}
	if r.parser(&sentence{last: end}).caseEnding(i+1, t.norm) > 0 {
		return 0 // "13-ти областях"
	}
	if j < end && r.norm(j) == "-" && r.tokens[j].gap == noGap {
		j++
	}
	if j < end && r.tokens[j].gap == noGap && r.lx.ordEnding[r.norm(j)] && r.norm(j) != "." {
		if (r.tokens[j].kind == wordToken || r.norm(j) == "º" || r.norm(j) == "ª") && (j == i+1 || r.lx.cases) {
			return j + 1 - i
		}
	}
	if r.lx.cases {
		if one := strings.HasSuffix(t.norm, "1") && !strings.HasSuffix(t.norm, "11"); one && j == i+1 && j < end && r.tokens[j].kind == wordToken && r.lx.gr.labelAlways[r.norm(j)] && len(r.norm(j)) > 4 {
			return 1 // "41 поправка": what is numbered, in the singular
		}
		if r.agreesAsOrdinal(i, end) {
			return 1
		}
	}
	if r.lx.ordinalPoint() && i+2 < end && r.norm(i+1) == "." && r.tokens[i+1].gap == noGap && r.tokens[i+2].kind == wordToken && r.tokens[i+2].gap == blankGap && len(t.norm) <= 3 {
		return 2
	}
	return 0
}

// agreesAsOrdinal knows Ukrainian and Russian ordinals in digits by the noun behind: a cardinal of two and more
// takes the genitive or the plural, so that "35 поправку" and "28 школа" are ordinals.
func (r *reader) agreesAsOrdinal(i, end int) bool {
	t := &r.tokens[i]
	if !plainDigits(t.norm) || len(t.norm) > 3 || i+1 >= end || t.norm[0] == '0' || len(t.norm) == 1 && t.norm[0] == '1' {
		return false
	}
	n := &r.tokens[i+1]
	if n.kind != wordToken || n.gap != blankGap && n.gap != hardGap || r.lx.gr.stop[n.norm] || len([]rune(n.norm)) < 4 {
		return false
	}
	if _, known := r.lx.gr.irregular[n.norm]; known || r.lx.gr.verbs[n.norm].lemma != "" {
		return false
	}
	if _, unit := r.lx.units.at(r.tokens, i+1); unit > 0 && !r.is(ordinalUnits, i+1) {
		return false
	}
	if _, money := r.lx.currency.at(r.tokens, i+1); money > 0 {
		return false
	}
	if _, num := r.lx.num[n.norm]; num {
		return false
	}
	last := t.norm[len(t.norm)-1]
	teen := len(t.norm) > 1 && t.norm[len(t.norm)-2] == '1'
	many := teen || last == '0' || last >= '5' // cardinals of five and more take the genitive
	switch {
	case many:
		return r.lx.ends(ordinalNouns5, n.norm)
	case last >= '2':
		return r.lx.ends(ordinalNouns2, n.norm)
	}
	return false
}
