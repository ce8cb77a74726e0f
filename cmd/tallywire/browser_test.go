package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestDesk drives the pages of the demo in a real browser, as a journalist would.
func TestDesk(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a browser takes seconds")
	}
	browser := chromium(t)
	base := servedDemo(t)
	first := newTab(t, browser, base)
	first.open("/")
	claim := js[string](first, `[...document.querySelectorAll('a.claim')].find(a => a.textContent.startsWith('390 captives')).getAttribute('href')`)
	t.Run("search, filter, open", func(t *testing.T) { searchFilterOpen(t, first) })
	t.Run("review and undo", func(t *testing.T) { reviewUndo(t, newTab(t, first.ctx, base), claim) })
	t.Run("split, merge and undo", func(t *testing.T) { splitMerge(t, newTab(t, first.ctx, base)) })
	t.Run("check a draft", func(t *testing.T) { checkDraft(t, newTab(t, first.ctx, base)) })
	t.Run("archived copy", func(t *testing.T) { archivedCopy(t, newTab(t, first.ctx, base), claim) })
	t.Run("keyboard only", func(t *testing.T) { keyboardOnly(t, newTab(t, first.ctx, base)) })
	t.Run("board, live", func(t *testing.T) { boardLive(t, newTab(t, first.ctx, base), newTab(t, first.ctx, base), claim) })
	t.Run("crawl now, live", func(t *testing.T) { crawlLive(t, newTab(t, first.ctx, base)) })
	t.Run("saved views and export", func(t *testing.T) { savedViews(t, newTab(t, first.ctx, base)) })
	t.Run("no JavaScript", func(t *testing.T) { noScript(t, newTab(t, first.ctx, base), claim) })
	t.Run("narrow screen", func(t *testing.T) { narrow(t, newTab(t, first.ctx, base), claim) })
	t.Run("accessibility", func(t *testing.T) { accessible(t, newTab(t, first.ctx, base), claim) })
}

func searchFilterOpen(t *testing.T, b *tab) {
	b.t = t
	b.open("/")
	b.do("search", chromedp.SendKeys("#q", "soldiers"+kb.Enter))
	b.until(`location.search.includes('q=soldiers') && document.querySelectorAll('tr[id^=c_]').length > 0 && document.querySelectorAll('tr[id^=c_]').length < 10`)
	found := js[int](b, `document.querySelectorAll('tr[id^=c_]').length`)
	b.do("filter", chromedp.Click(`.facet a.s-verified`))
	b.until(`location.search.includes('status=verified') && location.search.includes('q=soldiers')`)
	if n := js[int](b, `document.querySelectorAll('tr[id^=c_]').length`); n == 0 || n > found {
		t.Errorf("%d verified of %d found", n, found)
	}
	if n := js[int](b, `document.querySelectorAll('#results .status:not(.verified)').length`); n != 0 {
		t.Errorf("%d rows of another status under the filter", n)
	}
	statement := js[string](b, `document.querySelector('a.claim').textContent`)
	b.do("open", chromedp.Click("a.claim"))
	b.until(`location.pathname.startsWith('/claims/')`)
	if h := js[string](b, `document.querySelector('h1').textContent`); h != statement {
		t.Errorf("opened %q, got %q", statement, h)
	}
	if n := js[int](b, `document.querySelectorAll('.quotes mark').length`); n == 0 {
		t.Error("no number is marked in its sentence")
	}
	b.open("/?q=zzzz")
	b.until(`document.querySelector('.empty a') !== null`)
}

func reviewUndo(t *testing.T, b *tab, claim string) {
	b.t = t
	b.open(claim)
	b.do("fill", chromedp.Click(`#review input[value=disputed]`), chromedp.SendKeys(`#review textarea`, "asked the ministry by phone"), chromedp.SetValue(`#review input[name=by]`, "A. Editor"), chromedp.Click(`#review button`))
	b.until(`location.search === '?done=review' && document.querySelector('.verdict .status.disputed') !== null`)
	if text := js[string](b, `document.querySelector('.editorword').innerText`); !strings.Contains(text, "A. Editor") || !strings.Contains(text, "by phone") || !strings.Contains(text, "verified") {
		t.Errorf("the editor's word stands as %q", text)
	}
	b.open("/?status=disputed")
	if n := js[int](b, `document.querySelectorAll('tr[id^=c_]').length`); n != 2 {
		t.Errorf("%d disputed rows after one review; want the buses' and the reviewed one's", n)
	}
	b.open(claim)
	b.do("undo", chromedp.Click(`.decisions form button`))
	b.until(`location.search === '?done=undo' && document.querySelector('.verdict .status.verified') !== null && document.querySelector('.decisions .undone') !== null`)
}

func splitMerge(t *testing.T, b *tab) {
	b.t = t
	b.open("/?q=buses")
	b.do("open", chromedp.Click("a.claim"))
	b.until(`document.querySelectorAll('.splitbox input').length > 1`)
	before := js[int](b, `document.querySelectorAll('.quotes > li').length`)
	b.do("tick", chromedp.Click(`.quotes > li:last-child .splitbox input`))
	js[bool](b, `document.querySelector('#split').closest('details').open = true`)
	b.do("split", chromedp.SetValue(`#split input[name=by]`, "A. Editor"), chromedp.Click(`#split button`))
	b.until(`location.search === '?done=split'`)
	if n := js[int](b, `document.querySelectorAll('.quotes > li').length`); n != before-1 {
		t.Errorf("%d mentions before the split, %d after", before, n)
	}
	b.do("take the split back", chromedp.Click(`.decisions form button`))
	b.until(`location.search === '?done=undo'`)
	if n := js[int](b, `document.querySelectorAll('.quotes > li').length`); n != before {
		t.Errorf("%d mentions before the split, %d after it was taken back", before, n)
	}
	claim := js[string](b, `location.pathname`)
	b.open("/?q=%22Russian+prisoners%22+400")
	other := js[string](b, `document.querySelector('a.claim').href`)
	b.open(claim)
	js[bool](b, `document.querySelector('form[action$="/merge"]').closest('details').open = true`)
	b.do("merge", chromedp.SetValue(`form[action$="/merge"] input[name=other]`, other), chromedp.SetValue(`form[action$="/merge"] input[name=by]`, "A. Editor"), chromedp.Click(`form[action$="/merge"] button`))
	b.until(`location.search === '?done=merge'`)
	if n := js[int](b, `document.querySelectorAll('.quotes > li').length`); n <= before {
		t.Errorf("%d mentions before the merge, %d after", before, n)
	}
	b.do("take the merge back", chromedp.Click(`.decisions li:not(.undone) form button`))
	b.until(`location.search === '?done=undo'`)
	b.open(claim)
	if n := js[int](b, `document.querySelectorAll('.quotes > li').length`); n != before {
		t.Errorf("%d mentions before the merge, %d after it was taken back", before, n)
	}
}

// boardLive changes a claim in one tab and looks at another, which shows it without being loaded again.
func boardLive(t *testing.T, b, editor *tab, claim string) {
	b.t, editor.t = t, t
	b.open("/")
	row := `document.querySelector('a.claim[href="` + claim + `"]').closest('tr')`
	b.until(`document.documentElement.classList.contains('script')`)
	js[bool](b, `window.loadedOnce = true`)
	review := func(status string) {
		editor.open(claim)
		editor.do("review", chromedp.Click(`#review input[value=`+status+`]`), chromedp.SetValue(`#review input[name=by]`, "A. Editor"), chromedp.Click(`#review button`))
		editor.until(`location.search === '?done=review'`)
	}
	review("disputed")
	b.until(row + `.querySelector('.status.disputed') !== null && window.loadedOnce === true`)
	editor.do("undo", chromedp.Click(`.decisions li:not(.undone) form button`))
	b.until(row + `.querySelector('.status.verified') !== null && window.loadedOnce === true`)
}

func checkDraft(t *testing.T, b *tab) {
	b.t = t
	b.open("/check")
	b.do("check the example", chromedp.Click(`button.main`))
	b.until(`document.querySelectorAll('.draft .num').length >= 8`)
	if got := js[string](b, `[...document.querySelectorAll('.draft .num')].map(a => a.className.replace('num ', '')).sort().filter((x, i, all) => x !== all[i-1]).join(' ')`); got != "agrees differs open unknown" {
		t.Errorf("the example shows %q; want one of each kind", got)
	}
	b.open("/check")
	js[bool](b, `(document.querySelector('textarea').value = '') === ''`)
	b.do("paste", chromedp.SendKeys(`textarea`, "Each side released 390 captives on 23 May 2025. On 24 May 2025 each side released 370 soldiers. Some 8,123 tractors were sold."), chromedp.Click(`button.main`))
	b.until(`document.querySelectorAll('.draft .num').length >= 3`)
	if got := js[string](b, `[...document.querySelectorAll('.draft .num')].map(a => a.className.replace('num ', '')).join(' ')`); got != "agrees differs unknown" {
		t.Errorf("numbers are %q; %s", got, js[string](b, `document.querySelector('.checked').innerText`))
	}
	if got := js[string](b, `document.querySelector('.notes .differs').innerText`); !strings.Contains(got, "307") {
		t.Errorf("beside 370 stands %q; want the board's 307", got)
	}
}

func archivedCopy(t *testing.T, b *tab, claim string) {
	b.t = t
	b.open(claim)
	b.do("archived text", chromedp.Click(`.quotes li:last-child a[href^="/archive/"]`))
	b.until(`location.pathname.startsWith('/archive/') && document.querySelector('.archived mark') !== null`)
	page := js[string](b, `document.querySelector('a[href$="/page"]').getAttribute('href')`)
	b.open(page)
	if origin := js[string](b, `self.origin`); origin != "null" {
		t.Errorf("the archived page has the origin %q, not one of its own", origin)
	}
	if n := js[int](b, `document.querySelectorAll('script, iframe, object, link, img, form, [src], [href]').length`); n != 0 {
		t.Errorf("%d elements that load or run", n)
	}
}

func keyboardOnly(t *testing.T, b *tab) {
	b.t = t
	b.open("/")
	b.until(`document.documentElement.classList.contains('script')`)
	b.do("to the search", chromedp.KeyEvent("/"))
	b.until(`document.activeElement.id === 'q'`)
	js[bool](b, `(document.getElementById('q').value = '') === ''`) // the driver sends the "/" twice, as a key and as a letter
	b.do("search", chromedp.KeyEvent("captives"+kb.Enter))
	b.until(`location.search.includes('captives') && document.documentElement.classList.contains('script')`)
	b.do("first row", chromedp.KeyEvent("j"))
	b.until(`document.activeElement.classList.contains('claim')`)
	b.open("/")
	b.until(`document.documentElement.classList.contains('script')`)
	b.do("second row and back", chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if at := js[int](b, `[...document.querySelectorAll('a.claim')].indexOf(document.activeElement)`); at != 1 {
		t.Errorf("j j j k stands on row %d; want 1", at)
	}
	b.do("help", chromedp.KeyEvent("?"))
	b.until(`document.getElementById('help').open`)
	b.do("close", chromedp.KeyEvent(kb.Escape))
	b.until(`!document.getElementById('help').open`)
	b.do("open", chromedp.KeyEvent("o"))
	b.until(`location.pathname.startsWith('/claims/') && document.documentElement.classList.contains('script')`)
	b.do("go to sources", chromedp.KeyEvent("g"), chromedp.KeyEvent("s"))
	b.until(`location.pathname === '/sources'`)
	b.open("/")
	b.do("skip link", chromedp.KeyEvent(kb.Tab))
	if at := js[string](b, `document.activeElement.className`); at != "skip" {
		t.Errorf("the first Tab goes to %q; want the skip link", at)
	}
}

func crawlLive(t *testing.T, b *tab) {
	b.t = t
	b.open("/sources")
	b.do("crawl now", chromedp.Click(`.bar button.main`))
	b.until(`location.search === '?done=crawl'`)
	b.until(`document.querySelector('.status.running') === null && document.querySelectorAll('.health.good').length === 9`)
}

func savedViews(t *testing.T, b *tab) {
	b.t = t
	b.open("/?status=verified&sort=voices")
	if href := js[string](b, `[...document.querySelectorAll('.exports a')].find(a => a.textContent === 'CSV').getAttribute('href')`); !strings.Contains(href, "status=verified") || !strings.Contains(href, "format=csv") {
		t.Errorf("the export leads to %q", href)
	}
	if rows := js[string](b, `fetch([...document.querySelectorAll('.exports a')].find(a => a.textContent === 'CSV').href).then(r => r.text())`); strings.Count(rows, "\n") != js[int](b, `document.querySelectorAll('tr[id^=c_]').length`)+1 {
		t.Errorf("the export has other rows than the view:\n%s", rows)
	}
	if wrong := js[string](b, `(async () => { let bad = ''; for (const a of document.querySelectorAll('.exports a')) { const r = await fetch(a.href); if (!r.ok || (await r.blob()).size < 20) bad += a.textContent + ' ' + r.status + ' '; } return bad; })()`); wrong != "" {
		t.Errorf("exports that do not work: %s", wrong)
	}
	b.do("save", chromedp.SendKeys(`.after input[name=name]`, "What stands"), chromedp.Click(`.after button`))
	b.until(`location.pathname === '/topics' && document.querySelector('#searches ~ table a') !== null`)
	b.do("open it", chromedp.Click(`#searches ~ table a`))
	b.until(`location.pathname === '/' && location.search.includes('status=verified') && location.search.includes('sort=voices')`)
}

func noScript(t *testing.T, b *tab, claim string) {
	b.t = t
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	text := func(sel string) string {
		t.Helper()
		out, err := chromedp.Run(b.ctx, chromedp.TextContent(sel))
		if err != nil {
			t.Fatalf("%s: %v", sel, err)
		}
		return out
	}
	b.open("/")
	b.do("search", chromedp.SendKeys("#q", "buses"), chromedp.Submit("form.search"), chromedp.WaitVisible(".chips"))
	if got := text(".count"); !strings.Contains(got, "3 claims") {
		t.Errorf("found %q", got)
	}
	b.open(claim)
	b.do("review", chromedp.Click(`#review input[value=unverified]`), chromedp.SetValue(`#review input[name=by]`, "A. Editor"), chromedp.Click(`#review button`), chromedp.WaitVisible(".editorword"))
	b.do("undo", chromedp.Click(`.decisions li:first-child form button`), chromedp.WaitNotPresent(".editorword"))
	b.open("/check")
	b.do("check", chromedp.SetValue("textarea", "Each side freed 390 captives on 23 May 2025."), chromedp.Click("button.main"), chromedp.WaitVisible(".draft .num.agrees"))
}

func narrow(t *testing.T, b *tab, claim string) {
	b.t = t
	b.do("a phone", chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile))
	for _, path := range []string{"/", claim, "/check", "/sources", "/topics"} {
		b.open(path)
		if over := js[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s is %d pixels wider than the screen: %s", path, over, js[string](b, `[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className).slice(0, 8).join(' ')`))
		}
		shoot(b, "phone-"+name(path))
	}
	b.open("/")
	if open := js[bool](b, `document.querySelector('.drawer').open`); open {
		t.Error("the filters stand open on a phone")
	}
}
