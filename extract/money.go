package extract

import (
	"strings"

	"tallywire/claims"
)

// moneyBefore takes a currency right before the figure into the phrase.
func (r *reader) moneyBefore(q *quantity, low int) {
	key, n := r.lx.currency.before(r.tokens, low, q.first)
	if n == 0 {
		return
	}
	t := &r.tokens[q.first]
	if t.gap == paraGap {
		return
	}
	if n > 1 && r.tokens[q.first-1].kind == signToken {
		// "a $4 bill": letters belong to a sign only as capitals, and single ones only without a gap
		for k := q.first - n; k < q.first-1; k++ {
			if w := &r.tokens[k]; w.kind == wordToken && (!w.upper && len(w.text) < 3 || len(w.text) == 1 && w.text != "S" && w.text != "C" && r.tokens[k+1].gap != noGap && r.norm(k+1) != ".") {
				key, n = r.lx.signKey(&r.tokens[q.first-1], key), 1
				break
			}
		}
	}
	word := r.tokens[q.first-1]
	if word.kind == wordToken && n == 1 && !r.lx.moneyCode(&word) {
		return // "won four games", "the pound 3 days ago"
	}
	q.first -= n
	q.class = claims.UnitCurrency
	q.unit = moneyName(key)
	r.scaledCode(q, &word)
}

// scaledCode multiplies by the letter before a currency code: "MSEK 45".
func (r *reader) scaledCode(q *quantity, code *token) {
	if exp := r.lx.scaledMoney[code.text]; exp > 0 && !q.num.scale && q.num.value.Known() {
		q.num.value, q.num.scale = scaled(q.num.value, exp), true
		q.value = claims.Exactly(q.num.value)
	}
}

// moneyName is the ISO 4217 code of a currency entry, or its name in words where several states use the name.
func moneyName(key string) string {
	code, name, _ := strings.Cut(key, " ")
	if strings.ToUpper(code) == code {
		return code
	}
	return name
}

// signKey is the currency of a sign alone.
func (lx *lexicon) signKey(t *token, other string) string {
	if key, ok := lx.currency.has(t.norm); ok {
		return key
	}
	return other
}

// moneyCode reports a word that names a currency before its figure: "USD 5", "Rs 20", "dlrs 13", "EUR 7".
func (lx *lexicon) moneyCode(t *token) bool {
	if t.norm == "p" || t.norm == "t" || t.norm == "pt" || len(t.text) == 1 && t.text != "R" {
		return false
	}
	if _, iso := lx.unitNames[strings.ToUpper(t.norm)]; iso || lx.scaledMoney[t.text] > 0 || t.norm == "rmb" {
		return true
	}
	return len(t.text) <= 4 && (strings.ToUpper(t.text) == t.text || t.upper) || t.norm == "dlrs" || t.norm == "rs" || t.norm == "rm"
}

func (r *reader) moneyFits(q *quantity, j, n int) bool {
	t := &r.tokens[j]
	if t.gap == paraGap {
		return false
	}
	if t.kind == signToken && t.gap == blankGap && j+1 < len(r.tokens) && r.tokens[j+1].kind == numberToken && r.tokens[j+1].gap == noGap {
		return false // the sign belongs to the next figure
	}
	if t.kind == wordToken && q.class == claims.UnitCurrency && j+n < len(r.tokens) && r.tokens[j+n].kind == numberToken {
		return false
	}
	if t.kind == wordToken && r.tokens[min(j+n, len(r.tokens)-1)].kind == numberToken && r.tokens[j+n].gap == noGap && j+n < len(r.tokens) {
		return false // "3 USD50 cards"
	}
	if t.text == "PS" {
		return false
	}
	if t.kind == wordToken && n == 1 && len(t.text) <= 2 && t.gap != noGap && strings.ToUpper(t.text) != t.text {
		return false
	}
	if n == 1 && (t.norm == "won" || t.norm == "real" || t.norm == "mark") && r.lx.deep {
		return t.norm == "won" && q.num.scale
	}
	if n == 1 && t.text == "R" && t.gap != noGap && j+1 < len(r.tokens) && r.tokens[j+1].kind == wordToken {
		return false
	}
	return true
}

// cents reads "13 dollars 45 cents", "zwei Euro fünfzig".
func (r *reader) cents(q *quantity, s *sentence) {
	j := q.last
	if r.lx.and[r.norm(j)] || r.is(withFraction, j) {
		j++
	}
	if j >= s.last || r.tokens[j].gap == paraGap {
		return
	}
	p := r.parser(s)
	n, ok := p.numeral(j)
	if !ok || !n.value.Known() || n.scale || !less(n.value, claims.Int(100)) || !n.value.Decimal().IsInteger() || r.tokens[n.last-1].norm == "-" {
		return
	}
	key, k := r.lx.currency.at(r.tokens[:s.last], n.last)
	code := moneyName(key)
	if k == 0 && n.last < s.last && (r.norm(n.last) == "c" || r.norm(n.last) == "¢") && r.tokens[n.last].gap == noGap {
		code, k = "cent", 1 // "20 dollars 43c"
	}
	small := k > 0 && (code == "cent" || code == "penny" || code == "kopeck")
	if !small && !(n.last >= s.last || r.norm(n.last) == "." && n.last+1 >= s.last) || !small && (k > 0 || less(n.value, claims.Int(10)) && !r.lx.and[r.norm(j-1)] || q.num.scale || q.num.value.Decimal().Exponent() < 0) {
		return
	}
	v := sum(q.num.value, scaled(n.value, -2))
	q.num.value, q.last = v, n.last+k
	q.value = claims.Exactly(v)
}
