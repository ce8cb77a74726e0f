package crawler

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever the bytes and the label, what comes out is UTF-8.
func FuzzToUTF8(f *testing.F) {
	f.Add([]byte("\xcf\xf0\xe8\xe2\xe5\xf2"), "text/xml; charset=windows-1251")
	f.Add([]byte("\xff\xfe<\x00?\x00"), "")
	f.Add([]byte(`<?xml version="1.0" encoding="shift_jis"?>`+"\x82\xa0"), "text/xml")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		if out := toUTF8(body, kind); !utf8.Valid(out) {
			t.Fatalf("%q of %q gave %q", body, kind, out)
		}
	})
}

// No post's HTML leaves a tag's inside, a script or white space at line ends in its text, and a channel's
// page is read or refused.
func FuzzPostText(f *testing.F) {
	f.Add(`<p>a <a href="https://x.example/"><span class="invisible">https://</span>x</a></p><script>alert(1)</script>`)
	f.Add(`<div class="tgme_widget_message" data-post="a/1"><div class="js-message_text">x<br>y</div></div>`)
	f.Fuzz(func(t *testing.T, source string) {
		text := paragraphs(htmlText(source))
		if !utf8.ValidString(text) || strings.Contains(text, "\n\n\n") || strings.TrimSpace(text) != text {
			t.Fatalf("%q gave %q", source, text)
		}
		platform := &telegram{base: "https://t.example"}
		got, err := platform.read([]byte(source), "")
		if err != nil && reasonOf(err) == "" {
			t.Fatalf("an error without a reason: %v", err)
		}
		for _, one := range got.posts {
			if !strings.HasPrefix(one.doc.URL, "https://t.example/") {
				t.Fatalf("post at %q", one.doc.URL)
			}
		}
	})
}

// Which label wins where they disagree (reliability.md, D11).
func TestCharsets(t *testing.T) {
	const word = "Привет"
	koi := "\xf0\xd2\xc9\xd7\xc5\xd4"
	cp := "\xcf\xf0\xe8\xe2\xe5\xf2"
	for _, test := range []struct{ name, body, kind, want string }{
		{"UTF-8 under a stale label", word, "text/xml; charset=windows-1251", word},
		{"UTF-8 under a stale declaration", `<?xml version="1.0" encoding="koi8-r"?>` + word, "", `<?xml version="1.0" encoding="utf-8"?>` + word},
		{"header", cp, "text/xml; charset=windows-1251", word},
		{"header over declaration", `<?xml version="1.0" encoding="koi8-r"?>` + cp, "text/xml; charset=windows-1251", `<?xml version="1.0" encoding="utf-8"?>` + word},
		{"declaration", `<?xml version="1.0" encoding="koi8-r"?>` + koi, "text/xml", `<?xml version="1.0" encoding="utf-8"?>` + word},
		{"meta", "<meta charset=koi8-r>" + koi, "text/html", "<meta charset=koi8-r>" + word},
		{"header says UTF-8, body is not", "<meta charset=koi8-r>" + koi, "text/html; charset=utf-8", "<meta charset=koi8-r>" + word},
		{"mark over header", "\xef\xbb\xbf" + word, "text/xml; charset=koi8-r", word},
		{"UTF-16 by its mark", "\xff\xfe\x1f\x04@\x04", "text/xml; charset=utf-8", "Пр"},
		{"guessed", strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0? ", 20), "", strings.Repeat("Привет, как дела? ", 20)},
		{"meta says UTF-16, which it could not if it were", "<meta charset=utf-16>" + strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0? ", 20), "", "<meta charset=utf-16>" + strings.Repeat("Привет, как дела? ", 20)},
		{"unknown label", cp, "text/xml; charset=x-klingon", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := string(toUTF8([]byte(test.body), test.kind))
			if test.want != "" && got != test.want || !utf8.ValidString(got) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
