package article

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"tallywire/claims"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	const text = "<html><head><title>Мост</title></head><body><p>Паводок снёс два моста, сообщили в среду спасатели района.</p></body></html>"
	encode := func(e encoding.Encoding, s string) []byte {
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	const meta = `<meta charset="windows-1251">`
	late := text[:6] + "<head><style>" + string(make([]byte, 5000)) + "</style>" + meta + text[12:]
	for _, c := range []struct {
		name   string
		header string
		body   []byte
		want   string
	}{
		{"utf-8 against a stale header", "text/html; charset=windows-1251", []byte(text), text},
		{"utf-8 against a stale meta", "", []byte(meta + text), meta + text},
		{"utf-8 with a stray byte", "", append([]byte(text), 0xff, ' ', 'x'), text + "\uFFFD x"},
		{"byte order mark", "text/html; charset=koi8-r", append([]byte("\xef\xbb\xbf"), text...), text},
		{"utf-16", "", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), text},
		{"header", "text/html; charset=KOI8-R", encode(charmap.KOI8R, text), text},
		{"header in quotes", `text/html; charset="windows-1251"; x=y`, encode(charmap.Windows1251, text), text},
		{"meta beyond 1,024 bytes", "text/html", encode(charmap.Windows1251, late), late},
		{"detector", "", encode(charmap.Windows1251, text), text},
		{"gbk by header", "text/html; charset=gbk", encode(simplifiedchinese.GBK, "<p>大桥已经关闭</p>"), "<p>大桥已经关闭</p>"},
		{"gbk by meta", "text/html", encode(simplifiedchinese.GBK, "<meta charset=gb2312><p>大桥已经关闭</p>"), "<meta charset=gb2312><p>大桥已经关闭</p>"},
		{"header over meta", "text/html; charset=koi8-r", encode(charmap.KOI8R, meta+text), meta + text},
		{"header of no charset, meta", "text/html; charset=x-unknown", encode(charmap.Windows1251, meta+text), meta + text},
		{"header says utf-8, the page is not", "text/html; charset=utf-8", encode(charmap.Windows1251, meta+text), meta + text},
		{"windows-1252", "text/html; charset=iso-8859-1", []byte("<p>The \x93bridge\x94 cost \x80 5</p>"), "<p>The “bridge” cost € 5</p>"},
		{"shift_jis", "text/html; charset=shift_jis", encode(japanese.ShiftJIS, "<p>橋は閉鎖された</p>"), "<p>橋は閉鎖された</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := decode(Input{ContentType: c.header, Body: c.body})
			if string(got) != c.want {
				t.Errorf("decode = %q, want %q", got, c.want)
			}
			if !utf8.Valid(got) {
				t.Error("not valid UTF-8")
			}
		})
	}
}

// TestHeaderCharset reads a page that only its header tells from another: the meta element lies, and bytes of KOI8-R are letters in
// Windows-1251 too. Read and Reader must both take the header to the decoder.
func TestHeaderCharset(t *testing.T) {
	t.Parallel()
	const sentence = "Паводок снёс два моста в среду, и спасатели вывезли из трёх деревень сорок семь человек на лодках."
	page, err := charmap.KOI8R.NewEncoder().Bytes([]byte(`<html><head><meta charset="windows-1251"><title>Мост</title></head><body><article><h1>Мост</h1><p>` +
		sentence + "</p><p>" + sentence + " Ещё двое ранены.</p></article></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	in := Input{URL: "https://pier.example/most", ContentType: "text/html; charset=KOI8-R", Body: page}
	var reader Reader
	for name, read := range map[string]func(Input) (claims.Document, error){"Read": Read, "Reader": reader.Read} {
		if doc, err := read(in); err != nil || !strings.Contains(doc.Text, sentence) {
			t.Errorf("%s: %v, %q", name, err, doc.Text)
		}
	}
}
