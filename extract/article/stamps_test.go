package article

import (
	"testing"
	"time"
)

func TestFindStamp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in         string
		monthFirst bool
		want       string
	}{
		{"2025-05-23T14:35:00Z", false, "2025-05-23T14:35:00Z"},
		{"2025-05-23T14:35:00.120+02:00", false, "2025-05-23T12:35:00Z"},
		{"2025-05-23 14:35:00 -0500", false, "2025-05-23T19:35:00Z"},
		{"1748011200", false, "2025-05-23T14:40:00Z"},
		{"1748011200000", false, "2025-05-23T14:40:00Z"},
		{"20250523", false, "2025-05-23T00:00:00Z"},
		{"Fri, 23 May 2025 14:35:00 GMT", false, "2025-05-23T14:35:00Z"},
		{"Published 23 May 2025, 14:35", false, "2025-05-23T14:35:00Z"},
		{"May 23rd, 2025 at 2:35 p.m. EDT", false, "2025-05-23T18:35:00Z"},
		{"14:35, 23 May 2025", false, "2025-05-23T14:35:00Z"},
		{"Опубліковано: 23 травня 2025, 14:35", false, "2025-05-23T14:35:00Z"},
		{"23 мая 2025 года, 14:35 мск", false, "2025-05-23T11:35:00Z"},
		{"23. Mai 2025, 14:35 Uhr", false, "2025-05-23T14:35:00Z"},
		{"Publié le 23 mai 2025 à 14h35", false, "2025-05-23T14:35:00Z"},
		{"23 de mayo de 2025", false, "2025-05-23T00:00:00Z"},
		{"23.05.2025 14:35", false, "2025-05-23T14:35:00Z"},
		{"11/12/2025", false, "2025-12-11T00:00:00Z"},
		{"11/12/2025", true, "2025-11-12T00:00:00Z"},
		{"5/23/2025", false, "2025-05-23T00:00:00Z"},
		{"20250523T143500+0200", false, "2025-05-23T12:35:00Z"},
		{"20250523143500", false, "2025-05-23T14:35:00Z"},
		{"২০২৫-০৫-২৩T১৪:৩৫:০০+০১:০০", false, "2025-05-23T13:35:00Z"},
		{"٢٣ مايو، ٢٠٢٥", false, "2025-05-23T00:00:00Z"},
		{"Fri May 23 14:35:00 CEST 2025", false, "2025-05-23T12:35:00Z"},
		{"Fri May 23 14:35:00 2025", false, "2025-05-23T14:35:00Z"},
		{"23 Freitag Mai 2025", false, "2025-05-23T00:00:00Z"},
		{"23 maggio 2025 alle 14:35", false, "2025-05-23T14:35:00Z"},
		{"23 maja 2025, 14:35", false, "2025-05-23T14:35:00Z"},
		{"23 Mayıs 2025 - 14:35", false, "2025-05-23T14:35:00Z"},
		{"2025. május 23. 14:35", false, "2025-05-23T14:35:00Z"},
		{"2025年5月23日 14時35分", false, "2025-05-23T14:35:00Z"},
		{"発表2025年5月23日", false, "2025-05-23T00:00:00Z"},
		{"2025년 5월 23일", false, "2025-05-23T00:00:00Z"},
		{"23 tháng 5 năm 2025", false, "2025-05-23T00:00:00Z"},
		{"23 d'abril de 2025", false, "2025-04-23T00:00:00Z"},
		{"2025-May-23", false, "2025-05-23T00:00:00Z"},
		{"23 May 2025, 2:35 p. m.", false, "2025-05-23T14:35:00Z"},
		{"23.05.25, 14:35 Uhr", false, "2025-05-23T14:35:00Z"},
		{"Kultur, 3.5.25", false, "2025-05-03T00:00:00Z"},
		{"5/3/25 2:35 PM EST", false, "2025-05-03T19:35:00Z"},
		{"5/3/2025 2:35 PM EST", false, "2025-05-03T19:35:00Z"},
		{"release 3.5.25", false, ""},
		{"release 3.5.25.1 14:35", false, ""},
		{"12 of 2025 and 3/5 of 25", false, ""},
		{"2025-05-23T00:00:00+02:00", false, "2025-05-23T00:00:00Z"},
		{"2025-05-23T00:00:00-05:00", false, "2025-05-23T00:00:00Z"},
		{"2025-05-23T00:30:00+02:00", false, "2025-05-22T22:30:00Z"},
		{"31 April 2025", false, ""},
		{"order 4711 of 2025", false, ""},
		{"version 1.2.2025123", false, ""},
		{"", false, ""},
	} {
		st, _, _, ok := findStamp(c.in, c.monthFirst)
		got := ""
		if ok {
			got = st.time.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("findStamp(%q, %v) = %q, want %q", c.in, c.monthFirst, got, c.want)
		}
	}
}

func TestIsStampLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"10:40":                          true,
		"Sunday, 25 May 2025, 15:40 GMT": true,
		"Published: 23 May 2025 Updated: 24 May 2025": true,
		"25 травня 2025 року":                         true,
		"On 23 May 2025 the bridge fell":              false,
		"2025":                                        false,
	} {
		if got := isStampLine(line); got != want {
			t.Errorf("isStampLine(%q) = %v, want %v", line, got, want)
		}
	}
}

// FuzzFindStamp holds that a date stands where findStamp says, in a text of any bytes, and is sane.
func FuzzFindStamp(f *testing.F) {
	f.Add("Published ২৩ May ২০২৫, 14:35\u00a0Uhr")
	f.Add("3.5.25 14:35 | 2025年5月23日")
	f.Add("\xff 11/12/25 2:35 pm EST \xe0\xa7")
	f.Fuzz(func(t *testing.T, s string) {
		for _, monthFirst := range []bool{false, true} {
			st, from, to, ok := findStamp(s, monthFirst)
			if ok && (from < 0 || from > to || to > len(s) || !sane(st.time.Add(24*time.Hour)) && !sane(st.time.Add(-24*time.Hour))) {
				t.Errorf("findStamp(%q) = %v at %d to %d of %d", s, st.time, from, to, len(s))
			}
		}
	})
}
