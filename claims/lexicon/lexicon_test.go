package lexicon

import (
	"slices"
	"testing"
)

func TestWordsMeetAcrossLanguages(t *testing.T) {
	l := Default()
	for _, c := range []struct {
		lang, word string
		want       Concept
	}{
		{"en", "captives", "captive"}, {"en", "prisoner of war", "captive"}, {"en", "freed", "release"},
		{"uk", "військовополонених", "captive"}, {"ru", "военнопленных", "captive"}, {"uk", "звільнено", "release"},
		{"ru", "возвращены", "release"}, {"en", "dead", "kill"}, {"de", "verletzte", "injure"}, {"fr", "blessés", "injure"},
		{"es", "muertos", "kill"}, {"en", "lorries", "truck"}, {"en", "died", "kill"}, {"en", "wounded", "injure"},
	} {
		if got := l.Of(c.lang, c.word); !slices.Contains(got, c.want) {
			t.Errorf("Of(%s, %q) = %v, want %s among them", c.lang, c.word, got, c.want)
		}
	}
	for _, phrase := range []string{"поранено 14 людей", "загинули від обстрілу"} {
		if got := l.Of("uk", phrase); got != nil {
			t.Errorf("Of(uk, %q) = %v: a stem must not swallow the words behind it", phrase, got)
		}
	}
	if got := l.Of("uk", "взято в полон"); !slices.Contains(got, "capture") {
		t.Errorf("Of(uk, взято в полон) = %v", got)
	}
	if got := l.Of("en", "zyzzyva"); got != nil {
		t.Errorf("unknown word has concepts %v", got)
	}
}

func TestKinship(t *testing.T) {
	l := Default()
	for _, c := range []struct {
		a, b Concept
		want bool
	}{{"soldier", "person", true}, {"soldier", "civilian", false}, {"drone", "missile", false}, {"ballisticmissile", "missile", true}, {"kill", "injure", false}, {"exchange", "release", true}} {
		if got := l.Related(c.a, c.b); got != c.want {
			t.Errorf("Related(%s, %s) = %v", c.a, c.b, got)
		}
	}
}
