package extract

import "strings"

// mentionsPhone reports a word for telephone in the sentence.
func (r *reader) mentionsPhone(s *sentence) bool {
	for k := s.first; k < s.last; k++ {
		if r.lx.gr.phone[r.norm(k)] {
			return true
		}
	}
	return false
}

// phoneAt returns the length of a telephone number at i: groups of digits parted by blanks, hyphens, slashes
// or brackets that are no thousands, with seven digits or more in all, or any group behind a word for it.
func (r *reader) phoneAt(i int, s *sentence, said bool) int {
	digits, groups, thousands := 0, 0, true
	j := i
	plus := i > s.first && r.norm(i-1) == "+" && r.tokens[i].gap == noGap
	opened := i > s.first && r.norm(i-1) == "("
	hyphens := false
	for j < s.last {
		t := &r.tokens[j]
		if t.kind == numberToken {
			body := strings.ReplaceAll(strings.ReplaceAll(t.norm, ".", ""), ",", "")
			if !plainDigits(body) || r.marks[j] != markNone || strings.Contains(t.norm, ",") {
				break
			}
			if strings.Contains(t.norm, ".") && strings.Count(t.norm, ".") < 2 {
				break
			}
			thousands = thousands && (groups == 0 && len(body) <= 3 && body[0] != '0' || groups > 0 && len(body) == 3)
			digits += len(body)
			groups++
			j++
			continue
		}
		if j > i && (t.norm == "-" || t.norm == "/" || t.norm == "(" || t.norm == ")") && j+1 < s.last &&
			(r.tokens[j+1].kind == numberToken || r.norm(j+1) == "(" || r.norm(j+1) == "-") {
			if t.norm == ")" && !opened && !plus && j-i > 2 && groups < 2 && r.norm(j-2) != "(" {
				break
			}
			hyphens = hyphens || t.norm == "-"
			j++
			continue
		}
		break
	}
	for j > i && r.tokens[j-1].kind != numberToken {
		j--
	}
	if hyphens && groups == 2 && !plus && !said && digits < 9 {
		return 0
	}
	switch {
	case digits > 15 && !said && !plus || digits == 0:
		return 0
	case plus && digits >= 7:
	case said && (digits >= 5 && !(thousands && groups > 1 && r.tokens[i].norm[0] != '0' && r.countedAhead(j, s.last))):
	case groups >= 3 && digits >= 7 && !thousands && !r.enumerated(i, j):
	case groups == 2 && digits >= 8 && r.tokens[i].norm[0] == '0':
	case groups == 2 && digits == 8 && len(r.norm(i)) == 4 && !hyphens && !thousands && len(r.norm(j-1)) == 4:
	default:
		return 0
	}
	return j - i
}

// enumerated reports figures that are parted by single hyphens with blanks, as in ranges.
func (r *reader) enumerated(i, j int) bool {
	for k := i; k < j; k++ {
		if r.norm(k) == "-" && r.tokens[k].gap == blankGap && k+1 < j && r.tokens[k+1].gap == blankGap {
			return true
		}
	}
	return false
}

func (r *reader) phoneStart(i int, s *sentence) int {
	for i > s.first && (r.norm(i-1) == "+" || r.norm(i-1) == "(") && r.tokens[i].gap == noGap {
		i--
	}
	return i
}
