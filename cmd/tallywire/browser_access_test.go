package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// accessible holds every page to axe-core's rules for WCAG 2.2 AA, light and dark, in both languages.
func accessible(t *testing.T, b *tab, claim string) {
	b.t = t
	axe := axeSource(t)
	b.do("desktop", chromedp.EmulateViewport(1280, 900))
	archived := ""
	for _, lang := range []string{"en", "uk"} {
		for _, scheme := range []string{"light", "dark"} {
			if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
				t.Fatal(err)
			}
			b.open("/?lang=" + lang)
			for _, path := range []string{"/", "/?q=zzzz", claim, "archive", "/check", "checked", "/sources", "/topics", "/nothing"} {
				switch path {
				case "archive":
					if archived == "" {
						b.open(claim)
						archived = js[string](b, `document.querySelector('.quotes li:last-child a[href^="/archive/"]').getAttribute('href')`)
					}
					b.open(archived)
				case "checked":
					b.open("/check")
					b.do("check", chromedp.Click("button.main"), chromedp.WaitVisible(".draft"))
				default:
					b.open(path)
				}
				js[bool](b, `document.querySelectorAll('details').forEach(d => { d.open = true }) || true`)
				js[bool](b, axe+"; true")
				faults := js[[]string](b, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' (' + n.any.concat(n.all, n.none).map(c => c.message).join('; ') + ')').join(' | ')))`)
				for _, f := range faults {
					t.Errorf("%s, %s, %s: %s", path, lang, scheme, f)
				}
				if missing := js[string](b, `[...document.body.innerText.matchAll(/\b(board|claim|col|status|state|check|sources|topics|review|merge|split|help|error|archive|mention|kind|stance|rule|tie|class|type|facet|sort|plot|graph|voice|time|value|nav|edit|decision)\.[a-z_]+\b/g)].map(m => m[0]).join(' ')`); missing != "" && path != claim && path != "archive" && path != "/sources" {
					t.Errorf("%s, %s: words without a message: %s", path, lang, missing)
				}
				if path == "/" || lang == "en" && scheme == "light" {
					js[bool](b, `document.querySelectorAll('details:not(.drawer)').forEach(d => { d.open = false }) || true`)
					suffix := ""
					if path == "/" {
						suffix = fmt.Sprintf("-%s-%s", lang, scheme)
					}
					shoot(b, name(path)+suffix)
				}
			}
			if lang == "en" && scheme == "dark" {
				b.open(claim)
				shoot(b, "claim-dark")
			}
			if lang == "uk" && scheme == "light" {
				b.open(claim)
				shoot(b, "claim-uk")
			}
			if lang == "en" && scheme == "light" {
				openDisputed(b)
				shoot(b, "claim-disputed")
				printed(b)
			}
		}
	}
}

// openDisputed opens the claim on which two reporters do not agree.
func openDisputed(b *tab) {
	b.open("/?status=disputed&q=buses")
	b.open(js[string](b, `document.querySelector('a.claim').getAttribute('href')`))
}

// printed looks at the open claim as paper shows it: nothing to press, nothing wider than the sheet.
func printed(b *tab) {
	media := func(p emulation.SetEmulatedMediaParams) {
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
			b.t.Fatal(err)
		}
	}
	media(emulation.SetEmulatedMediaParams{Media: "print"})
	b.do("a sheet of paper", chromedp.EmulateViewport(760, 1000))
	if left := js[string](b, `[...document.querySelectorAll('button, input, form, nav, dialog')].filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 60)).join(' ')`); left != "" {
		b.t.Errorf("on paper stands %s", left)
	}
	if over := js[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.t.Errorf("on paper the page is %d pixels too wide", over)
	}
	if n := js[int](b, `[...document.querySelectorAll('h1, .answer, svg.plot, .quotes mark, .paste')].filter(e => e.getClientRects().length).length`); n < 6 {
		b.t.Errorf("only %d of statement, answer, plot, quotes and attribution are on paper", n)
	}
	shoot(b, "claim-print")
	media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}})
	b.do("desktop", chromedp.EmulateViewport(1280, 900))
}
