package extract

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestSeventh holds that a language is a folder of data: testdata/lang/it is read by the same code as the six, without a
// word of Italian in it.
func TestSeventh(t *testing.T) {
	t.Parallel()
	d, err := readData(os.DirFS("testdata"), "it")
	if err != nil {
		t.Fatal(err)
	}
	lx := newLexicon("it", d, sharedData())
	day := time.Date(2025, 6, 11, 9, 0, 0, 0, time.UTC)
	type figure struct{ Value, Unit, Head, Predicate, Source string }
	for text, want := range map[string][]figure{
		"Almeno 41 persone sono morte a Halm, secondo la protezione civile.": {{"41", "persona", "persona", "", "la protezione civile"}},
		"Il terremoto ha causato 63 morti e 212 feriti.":                     {{"63", "morto", "person", "die", ""}, {"212", "ferito", "person", "injure", ""}},
		"La polizia ha arrestato ventimila manifestanti.":                    nil, // numerals written together need code or a list
		"La polizia ha arrestato 57 persone.":                                {{"57", "persona", "persona", "arrestare", ""}},
		"Il governo stanzia 2,5 milioni di euro per 800 famiglie.":           {{"2500000", "EUR", "", "", ""}, {"800", "famiglia", "famiglia", "", ""}},
		"Il 12 giugno sono arrivati 25 camion con 400 tonnellate di aiuti.":  {{"25", "camion", "camion", "", ""}, {"400", "metric ton", "", "", ""}},
		"L'inflazione è salita al 2,1% in maggio.":                           {{"2.1", "percent", "", "", ""}},
		"Quattro scuole su cinque restano chiuse.":                           {{"0.8", "scuola", "scuola", "", ""}},
		"Tra 20 e 30 case sono state distrutte.":                             {{"20..30", "casa", "casa", "", ""}},
	} {
		r := newReader(text, lx, day)
		r.read()
		var got []figure
		for _, m := range r.mentions() {
			value := m.Value.Best.String()
			if value == "" {
				value = m.Value.Low.String() + ".." + m.Value.High.String()
			}
			got = append(got, figure{value, m.Unit.Name, m.Head, m.Predicate, m.Attribution.Text})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
