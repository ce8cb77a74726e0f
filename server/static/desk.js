// What pages do beyond what works without a script: live updates, keys, copying, the reader's own time zone.
const html = document.documentElement, body = document.body;
html.classList.add('script');
const policy = window.trustedTypes ? trustedTypes.createPolicy('tallywire', { createHTML: s => s }) : { createHTML: s => s };
// Our own pages, fetched again; a parsed document is inert.
const parse = text => new DOMParser().parseFromString(policy.createHTML(text), 'text/html');
const live = document.getElementById('live');
let hush;
const say = text => { live.textContent = text; live.hidden = false; clearTimeout(hush); hush = setTimeout(() => { live.hidden = true; live.textContent = ''; }, 4000); };

// Times in the reader's zone, with UTC kept beside.
const zoned = root => {
  const write = new Intl.DateTimeFormat(body.dataset.locale || undefined, { dateStyle: 'medium', timeStyle: 'short' });
  for (const t of root.querySelectorAll('time[datetime]:not([data-keep])')) {
    const at = new Date(t.dateTime);
    if (isNaN(at) || t.title) continue;
    t.title = t.textContent;
    if (at.getTimezoneOffset()) t.textContent = write.format(at) + ' (' + body.dataset.localTime + ')';
  }
};
zoned(document);

// On a narrow screen filters begin closed.
const drawer = document.querySelector('.drawer');
if (drawer && matchMedia('(max-width: 48rem)').matches) drawer.open = false;

document.addEventListener('click', async e => {
  const copy = e.target.closest('[data-copy]');
  if (copy) {
    try { await navigator.clipboard.writeText(copy.dataset.copy); } catch {
      const area = document.createElement('textarea');
      area.value = copy.dataset.copy; body.append(area); area.select(); document.execCommand('copy'); area.remove(); copy.focus();
    }
    say(body.dataset.copied);
  }
  if (e.target.closest('[data-help]')) help.showModal();
});

// An example is written over by the first paste or key.
document.querySelector('[data-example]')?.addEventListener('focus', e => e.target.select(), { once: true });

// Keys. They can be switched off (WCAG 2.1.4).
const help = document.getElementById('help'), off = document.getElementById('keys-off');
const store = { get: () => { try { return localStorage.getItem('keys') === 'off'; } catch { return false; } }, set: v => { try { localStorage.setItem('keys', v ? 'off' : 'on'); } catch { /* a private window */ } } };
off.checked = store.get();
off.addEventListener('change', () => store.set(off.checked));
let went = 0;
const stops = () => [...document.querySelectorAll('.rows .claim, .quotes > li, .notes > li')];
const step = by => {
  const all = stops();
  if (!all.length) return;
  const now = all.findIndex(x => x === document.activeElement || x.contains(document.activeElement));
  const to = all[Math.max(0, Math.min(all.length - 1, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
  const at = to.matches('a') ? to : to.querySelector('a') || to;
  at.focus(); at.scrollIntoView({ block: 'nearest' });
};
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input:not([type=checkbox],[type=radio]), textarea, select') || help.open) return;
  if (off.checked) return;
  const go = { b: '/', c: '/check', t: '/topics', s: '/sources' }[e.key];
  if (go && Date.now() - went < 1500) { location.href = go; return; }
  went = 0;
  switch (e.key) {
    case 'j': step(1); break;
    case 'k': step(-1); break;
    case 'o': document.activeElement?.closest('a')?.click(); break;
    case 'g': went = Date.now(); break;
    case '/': { const q = document.getElementById('q'); if (!q) { location.href = '/'; break; } q.focus(); q.select(); break; }
    case '?': help.showModal(); break;
    default: return;
  }
  e.preventDefault();
});

// Live updates: the page fetches itself and swaps the parts that changed, and keeps the focus where it was.
const swap = async ids => {
  if (!ids.some(id => document.getElementById(id))) return false;
  const res = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!res.ok) return false;
  const next = parse(await res.text());
  let changed = false;
  for (const id of ids) {
    const old = document.getElementById(id), now = next.getElementById(id);
    if (!old || !now || old.innerHTML === now.innerHTML || old.contains(document.activeElement) && document.activeElement.matches('input, textarea, select')) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const key = focused && (focused.getAttribute('href') || focused.id);
    const rows = new Map([...old.querySelectorAll('tbody tr[id]')].map(r => [r.id, r.textContent]));
    const drawer = old.querySelector('.drawer');
    if (drawer && now.querySelector('.drawer')) now.querySelector('.drawer').open = drawer.open;
    old.replaceWith(document.adoptNode(now));
    zoned(now);
    if (id === 'results') for (const r of now.querySelectorAll('tbody tr[id]')) if (rows.has(r.id) ? rows.get(r.id) !== r.textContent : rows.size) r.classList.add('fresh');
    if (key) [...now.querySelectorAll('a, button')].find(x => x.getAttribute('href') === key || x.id && x.id === key)?.focus();
    changed = true;
  }
  return changed;
};
const page = body.dataset.page;
if ((page === 'board' || page === 'sources') && window.EventSource) {
  let busy = false, again = false;
  const refresh = async (ids, tell) => {
    if (busy) { again = true; return; }
    busy = true;
    try { do { again = false; if (await swap(ids) && tell) say(body.dataset.changed); } while (again); } catch { /* the next event tries again */ } finally { busy = false; }
  };
  const listen = () => {
    const events = new EventSource('/events');
    const shown = Number(document.getElementById('results')?.dataset.generation || 0);
    // What changed between the page's making and the first event must not be missed.
    events.addEventListener('hello', e => { if (page === 'sources') refresh(['sources-live'], false); else if (JSON.parse(e.data).generation > shown) refresh(['results', 'facets'], true); });
    events.addEventListener('board', () => refresh(page === 'board' ? ['results', 'facets'] : ['sources-live'], page === 'board'));
    events.addEventListener('crawl', () => { if (page === 'sources') refresh(['sources-live'], false); });
    addEventListener('pagehide', () => events.close(), { once: true });
  };
  listen();
  addEventListener('pageshow', e => { if (e.persisted) listen(); });
}
