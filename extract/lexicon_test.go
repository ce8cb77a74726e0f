package extract

import (
	"strings"
	"testing"

	"tallywire/claims"
)

// TestLexicons reads all language data: an error in them would stop the program at its first extraction.
func TestLexicons(t *testing.T) {
	t.Parallel()
	for _, code := range languages {
		lx := lexiconOf(code)
		if lx == nil {
			t.Fatalf("language %s has no lexicon", code)
		}
		for _, part := range []struct {
			name string
			n    int
		}{
			{"number words", len(lx.num)}, {"units", len(lx.units.first)}, {"currencies", len(lx.currency.first)},
			{"bounds", len(lx.before.first)}, {"months", len(lx.cal.months)}, {"weekdays", len(lx.cal.weekdays)},
			{"stop words", len(lx.gr.stop)}, {"reporting verbs", len(lx.src.say)}, {"labels", len(lx.gr.label)},
		} {
			if part.n == 0 {
				t.Errorf("%s: no %s", code, part.name)
			}
		}
		months := map[int]bool{}
		for _, m := range lx.cal.months {
			months[m] = true
		}
		if len(months) != 12 {
			t.Errorf("%s: got %d months, want 12", code, len(months))
		}
	}
}

// TestUnitClasses holds that every unit of the data has a class of the contract and a name.
func TestUnitClasses(t *testing.T) {
	t.Parallel()
	known := map[claims.UnitClass]bool{}
	for _, c := range []claims.UnitClass{claims.UnitPercent, claims.UnitLength, claims.UnitArea, claims.UnitMass, claims.UnitVolume,
		claims.UnitTemperature, claims.UnitSpeed, claims.UnitEnergy, claims.UnitPower, claims.UnitData, claims.UnitDuration, claims.UnitOther} {
		known[c] = true
	}
	for _, code := range append([]string{"common"}, languages...) {
		d, err := readData(languageFiles, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range []string{"units", "exact"} {
			for _, e := range d[section] {
				class, name, _ := strings.Cut(e.key, " ")
				if !known[claims.UnitClass(class)] || name == "" || len(e.forms) == 0 {
					t.Errorf("%s [%s]: entry %q %q", code, section, e.key, e.forms)
				}
			}
		}
	}
}

func TestParseDigits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, in, want string }{
		{"en", "1,200", "1200"}, {"en", "1,200.50", "1200.5"}, {"en", "12,34,567", "1234567"}, {"en", "1'200", "1200"}, {"en", "4.800", "4.8"},
		{"en", ".5", "0.5"}, {"en", "½", "0.5"}, {"en", "0,5", "0.5"}, {"de", "1.200", "1200"}, {"de", "1.200,50", "1200.5"}, {"de", "0,75", "0.75"},
		{"uk", "16,4", "16.4"}, {"ru", "1.10", "1.1"}, {"fr", "2.204,62", "2204.62"}, {"es", "700.000", "700000"}, {"en", "1,234,567,890", "1234567890"},
		{"en", "192.168.1.2", ""}, {"en", "12.03.2026", ""}, {"en", "1,2345,678", ""}, {"en", strings.Repeat("9", 41), ""},
	} {
		got, ok := parseDigits(c.in, lexiconOf(c.lang))
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%s %q: got %q %v, want %q", c.lang, c.in, got, ok, c.want)
		}
	}
}

func TestNumerals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, in, want string }{
		{"en", "two hundred and three", "203"}, {"en", "eighteen hundred", "1800"}, {"en", "half a million", "500000"}, {"en", "a dozen", "12"},
		{"en", "one and a half", "1.5"}, {"en", "two thirds", "0.6666666666666667"}, {"en", "1.2 million", "1200000"}, {"en", "3 million and a half", "3500000"},
		{"en", "twenty-one point five", "21.5"}, {"en", "6 thousand 2 hundred and 15", "6215"}, {"en", "minus twelve", "-12"}, {"en", "three crore", "30000000"},
		{"uk", "двадцять сім", "27"}, {"uk", "п’ять мільйонів", "5000000"}, {"uk", "пів мільйона", "500000"}, {"uk", "дві цілих п’ять десятих", "2.5"},
		{"uk", "ста двадцятьох", "120"}, {"ru", "девяносто пять", "95"}, {"ru", "полтора миллиона", "1500000"}, {"ru", "двумястами", "200"},
		{"ru", "три с половиной", "3.5"}, {"de", "zweihundertsechsundfünfzigtausend", "256000"}, {"de", "anderthalb Millionen", "1500000"},
		{"de", "drei Viertel", "0.75"}, {"fr", "quatre-vingt-dix-sept", "97"}, {"fr", "soixante et onze", "71"}, {"fr", "deux cent mille", "200000"},
		{"fr", "vingt-et-un", "21"}, {"es", "mil millones", "1000000000"}, {"es", "treinta y dos", "32"}, {"es", "media docena", "6"},
		{"es", "dos billones", "2000000000000"},
	} {
		lx := lexiconOf(c.lang)
		tokens := tokenize(c.in, lx)
		p := parser{lx: lx, tokens: tokens, end: len(tokens)}
		n, ok := p.numeral(0)
		if !ok || n.value.String() != c.want || n.last != len(tokens) {
			t.Errorf("%s %q: got %q of %d tokens, want %q of %d", c.lang, c.in, n.value, n.last, c.want, len(tokens))
		}
	}
}

func TestTokenize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Ukraine's 1,200", "Ukraine 's 1,200"}, {"en", "USD1.23 A380", "USD 1.23 A380"}, {"fr", "l'armée d'euros", "l' armée d' euros"},
		{"uk", "п’ять м'ячів", "п’ять м'ячів"}, {"en", "5%–6%", "5 % – 6 %"}, {"en", "don't", "don't"}, {"en", "$US113bn", "$ US 113 bn"},
	} {
		var got []string
		for _, tok := range tokenize(c.in, lexiconOf(c.lang)) {
			got = append(got, tok.text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s %q: got %q, want %q", c.lang, c.in, s, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, in string
		want     int
	}{
		{"en", "Mr. Hale of the U.S. said no. He left.", 2}, {"en", "It cost $2.4 million. \"No,\" he said. Then he left!", 3},
		{"en", "First line\n\nSecond line", 2}, {"uk", "Виділили 600 тис. грн. Роботи почнуть у 2025 р.", 2}, {"de", "Am 3. Mai kamen 40 Gäste. Sie blieben.", 2},
	} {
		lx := lexiconOf(c.lang)
		if got := len(sentences(c.in, tokenize(c.in, lx), lx)); got != c.want {
			t.Errorf("%s %q: got %d sentences, want %d", c.lang, c.in, got, c.want)
		}
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tag, text, want string }{
		{"de-AT", "12", "de"}, {"", "short", "en"}, {"", "Росія повернула 112 українців із полону, і їх зустріли вдома рідні та друзі, повідомив штаб з питань поводження.", "uk"},
		{"", "Стороны обменялись пленными, сообщило министерство обороны, и все они уже находятся дома, рассказали родственники журналистам.", "ru"},
		{"", "Die Regierung teilte am Montag mit, dass die Verhandlungen über den Haushalt weitergehen und im Herbst abgeschlossen werden sollen.", "de"},
	} {
		if got := pick(c.tag, c.text).code; got != c.want {
			t.Errorf("%q %.30q: got %s, want %s", c.tag, c.text, got, c.want)
		}
	}
}
