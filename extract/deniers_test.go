package extract_test

import (
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/extract"
)

// TestDeniers reads who denies a figure in the same breath in which another one gives it.
func TestDeniers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text, says, denies string }{
		{"en", "The guild said 45 apprentices had been sent away, which the company denied.", "The guild", "the company"},
		{"en", "The union says 45 apprentices were sent away, but the company denies it.", "The union", "the company"},
		{"en", "The union says 45 apprentices were sent away. The company disputes this.", "The union", "The company"},
		{"en", "Six pumps were poisoned, the villagers say; the company calls that nonsense.", "the villagers", "the company"},
		{"de", "Die Gewerkschaft sagt, 45 Lehrlinge seien entlassen worden. Das bestreitet der Konzern.", "Die Gewerkschaft", "der Konzern"},
		{"fr", "La mine a supprimé 45 postes, affirme le syndicat. La direction dément.", "le syndicat", "La direction"},
		{"ru", "По данным профсоюза, уволены 45 человек. Компания это отрицает.", "профсоюза", "Компания это"},
		{"en", "The union says 45 apprentices were sent away. The company has 3,000 staff and denies nothing.", "The union", ""},
	} {
		got := extract.Text(c.text, c.lang, time.Time{})
		if len(got) == 0 {
			t.Errorf("%s: no mention", c.text)
			continue
		}
		m := got[0]
		denies := ""
		if m.DeniedBy != nil {
			denies = m.DeniedBy.Text
		}
		if m.Modality != claims.Asserted || m.Attribution.Text != c.says || denies != c.denies {
			t.Errorf("%s: %s, says %q, denies %q; want asserted, %q, %q", c.text, m.Modality, m.Attribution.Text, denies, c.says, c.denies)
		}
	}
}

// TestUntrue reads denials that say first that what follows is not so, or last who claims it.
func TestUntrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text, says string }{
		{"en", "It is not true that 45 apprentices were sent away, as the union says.", ""},
		{"en", "The mill has not sent 45 apprentices away, as has been claimed.", ""},
		{"en", "It is not true that 45 houses burned, the council said.", "the council"},
		{"es", "No es cierto que hayan despedido a 45 aprendices, como afirma el sindicato.", ""},
		{"de", "Es stimmt nicht, dass 45 Lehrlinge entlassen wurden.", ""},
	} {
		for _, m := range extract.Text(c.text, c.lang, time.Time{}) {
			if m.Modality != claims.Denied || m.Attribution.Text != c.says {
				t.Errorf("%s: %s by %q, want denied by %q", c.text, m.Modality, m.Attribution.Text, c.says)
			}
		}
	}
}
