package pdf

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// paragraphs joins the lines of pages to paragraphs. A PDF knows lines alone: one that is much shorter than the file's long
// lines ends a paragraph, one that closes a sentence before its margin does, and so does one before a bullet. A paragraph
// goes on overleaf where the next page begins with a small letter.
func paragraphs(pages []string) []string {
	sheets := make([][]string, len(pages))
	for i, page := range pages {
		sheets[i] = lines(page)
	}
	dropRepeated(sheets)
	var out []string
	var open strings.Builder
	end := func() {
		if text := oneLine(open.String()); text != "" {
			out = append(out, text)
		}
		open.Reset()
	}
	full := fullLine(slices.Concat(sheets...))
	sheets = slices.DeleteFunc(sheets, func(s []string) bool { return len(s) == 0 })
	for s, sheet := range sheets {
		for i, line := range sheet {
			if bullet(line) {
				end()
			}
			cut, broken := strings.CutSuffix(line, softHyphen)
			open.WriteString(cut)
			if !broken {
				open.WriteByte(' ')
			}
			length := utf8.RuneCountInString(line) * 100
			switch last := i+1 == len(sheet); {
			case broken, last && s+1 < len(sheets) && goesOn(sheets[s+1][0]):
			case last, length < full*shortLine, length < full*marginLine && ended(line):
				end()
			}
		}
	}
	end()
	return out
}

const (
	// shortLine is the share of a full line, in per cent, below which a line is a paragraph's last, and marginLine that below
	// which it is where it closes a sentence.
	shortLine, marginLine = 75, 95
	// softHyphen is what PDFium puts where a word is broken at the end of a line.
	softHyphen = "\x02"
)

// lines parts a page's text, with white space set to blanks and controls left out.
func lines(page string) []string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.ToValidUTF8(page, "\ufffd"), "\r", "\n"), "\n") {
		broken := strings.HasSuffix(strings.TrimRight(line, " "), softHyphen)
		if line = oneLine(line); line == "" {
			continue
		}
		if broken {
			line += softHyphen
		}
		out = append(out, line)
	}
	return out
}

// oneLine sets white space to single blanks and leaves controls out.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '\ufffe' || r == '\u00ad' || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)), " ")
}

// fullLine is how long the long lines of a file are, in letters: nine of ten are shorter.
func fullLine(all []string) int {
	var lengths []int
	for _, l := range all {
		lengths = append(lengths, utf8.RuneCountInString(l))
	}
	slices.Sort(lengths)
	if len(lengths) == 0 {
		return 0
	}
	return lengths[(len(lengths)*9-1)/10]
}

// ended reports whether a line closes a sentence.
func ended(line string) bool {
	return strings.ContainsAny(lastRune(strings.TrimRight(line, `"'”’»)]`)), ".!?:…")
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// goesOn reports a line that begins in the middle of a sentence.
func goesOn(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(first)
}

// bullet reports a line that begins an item of a list.
func bullet(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune("•◦▪‣●○■–", first)
}

var digits = regexp.MustCompile(`\d+`)

// headKey is what running heads and feet of one file have in common: the line but for its numbers. "" for a row of figures,
// which is no head however alike such rows are.
func headKey(line string) string {
	key := digits.ReplaceAllString(line, "#")
	if key != "#" && !strings.ContainsFunc(key, unicode.IsLetter) {
		return ""
	}
	return key
}

// edge is how many lines at the top and the foot of a page may be a running head or foot.
const edge = 3

// dropRepeated takes the running heads and feet out: lines at the edge of pages that most pages have, whatever number stands
// in them.
func dropRepeated(sheets [][]string) {
	if len(sheets) < 3 {
		return
	}
	seen := map[string]int{}
	atEdge := func(i, n int) bool { return i < edge || i >= n-edge }
	for _, sheet := range sheets {
		here := map[string]bool{}
		for i, line := range sheet {
			if key := headKey(line); key != "" && atEdge(i, len(sheet)) && !here[key] {
				here[key] = true
				seen[key]++
			}
		}
	}
	for s, sheet := range sheets {
		var kept []string
		for i, line := range sheet {
			if !atEdge(i, len(sheet)) || seen[headKey(line)]*2 <= len(sheets) {
				kept = append(kept, line)
			}
		}
		sheets[s] = kept
	}
}

// title is a file's title where it is one: programs put the name of a file there, too.
func title(s string) string {
	s = oneLine(s)
	if !strings.Contains(s, " ") || strings.HasPrefix(s, "Microsoft ") || strings.HasSuffix(strings.ToLower(s), ".docx") || strings.HasSuffix(strings.ToLower(s), ".doc") {
		return ""
	}
	return s
}

// date reads the dates of PDF 1.7 (7.9.4): "D:20250523143500+02'00'". Zero where it is none.
func date(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(s, "D:"), "'"), "'", "")
	for _, layout := range []string{"20060102150405-0700", "20060102150405Z0000", "20060102150405Z", "20060102150405", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
