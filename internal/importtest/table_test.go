package importtest

// A row is what the non-test files of a package, and of the packages below it that have no row of their
// own, may import.
type row struct {
	ours   []string // packages of this module, without its name; "X/..." is X and all below it; "*" is every one but cmd
	others []string // modules or packages outside the standard library; a name stands for all below it
	never  []string // of the standard library: what is refused although the rest is allowed
}

// Packages of other modules, by what they are for.
const (
	decimal      = "github.com/shopspring/decimal"
	cron         = "github.com/robfig/cron/v3"
	yaml         = "github.com/goccy/go-yaml"
	bbolt        = "go.etcd.io/bbolt"
	compress     = "github.com/klauspost/compress"
	warc         = "github.com/nlnwa/gowarc/v2"
	colly        = "github.com/gocolly/colly/v2"
	goquery      = "github.com/PuerkitoBio/goquery"
	xnet         = "golang.org/x/net"
	xtext        = "golang.org/x/text"
	xtime        = "golang.org/x/time"
	gofeed       = "github.com/mmcdole/gofeed"
	robots       = "github.com/jimsmart/grobotstxt"
	ssrf         = "code.dny.dev/ssrf"
	brotli       = "github.com/andybalholm/brotli"
	gogsChardet  = "github.com/gogs/chardet"
	saintChardet = "github.com/saintfish/chardet"
	langs        = "github.com/RadhiFadlillah/whatlanggo"
	trafilatura  = "github.com/markusmobius/go-trafilatura"
	distiller    = "github.com/markusmobius/go-domdistiller"
	htmldate     = "github.com/markusmobius/go-htmldate"
	pdfium       = "github.com/klippa-app/go-pdfium" // PDF text; wazero bounds its memory and time
	wazero       = "github.com/tetratelabs/wazero"
	readability  = "codeberg.org/readeck/go-readability/v2"
	dom          = "github.com/go-shiori/dom"
	excelize     = "github.com/xuri/excelize/v2"
	pretty       = "github.com/jedib0t/go-pretty/v6"
	huma         = "github.com/danielgtaylor/huma/v2"
	feeds        = "github.com/gorilla/feeds"
	prometheus   = "github.com/prometheus/client_golang"
	bluemonday   = "github.com/microcosm-cc/bluemonday"
	diff         = "github.com/sergi/go-diff"
	uuid         = "github.com/google/uuid"
	mailer       = "github.com/wneessen/go-mail"
	bleve        = "github.com/blevesearch/bleve/v2"
	stemmer      = "github.com/blevesearch/snowballstem"
	cmp          = "github.com/google/go-cmp"
	txtar        = "golang.org/x/tools/txtar"
)

// pure is what no package may import that must give the same result every time, whatever the machine.
var pure = []string{"net", "os", "log", "syscall"}

// table has a row for every package: "X" is for the package alone, "X/..." for it and all below it that
// have no nearer row.
var table = map[string]row{
	"claims":          {ours: []string{"claims/lexicon"}, others: []string{decimal}, never: pure},
	"demo/...":        {}, // a bundled newsroom: files and a loopback server
	"claims/...":      {ours: []string{"claims/..."}, others: []string{decimal}, never: pure},
	"extract":         {ours: []string{"claims/...", "extract/..."}, others: extraction, never: []string{"net/http", "os", "log", "syscall"}},
	"extract/...":     {ours: []string{"claims/...", "extract/..."}, others: extraction, never: []string{"net/http", "os", "log", "syscall"}},
	"archive":         {ours: []string{"claims"}, others: []string{warc, compress, uuid}},
	"crawler/...":     {ours: []string{"claims", "crawler/..."}, others: []string{colly, xnet, xtime, gofeed, robots, ssrf, brotli, compress, goquery, xtext, gogsChardet, saintChardet}},
	"store":           {ours: []string{"claims"}, never: pure},
	"store/memstore":  {ours: []string{"claims", "store"}, never: pure},
	"store/boltstore": {ours: []string{"claims", "store"}, others: []string{bbolt, compress}},
	"store/storetest": {ours: []string{"claims", "store"}, others: []string{cmp}},
	"pipeline/...":    {ours: []string{"claims/...", "crawler/...", "extract/...", "archive", "store", "pipeline/..."}, others: []string{cron}},
	"report/...":      {ours: []string{"claims/...", "report/..."}, others: []string{decimal, excelize, pretty, feeds}},
	// Replays what the pipeline did, from the archived page on, so it knows the same stages.
	// Asks rules in the search's language, and words claims as reports do.
	"alert":      {ours: []string{"claims", "report", "search"}, others: []string{decimal, ssrf, mailer}},
	"search":     {ours: []string{"claims"}, others: []string{bleve, stemmer, xtext}},
	"verdict":    {ours: []string{"claims/...", "report", "store", "archive", "crawler", "extract/...", "pipeline"}, others: []string{xnet}},
	"access":     {ours: []string{"claims"}, never: pure},
	"board":      {ours: []string{"claims"}, never: pure}, // the board as pages read it: pure but for its Store
	"server/...": {ours: []string{"claims/...", "board", "report", "store", "server/..."}, others: []string{decimal, xtext, xnet, bluemonday, diff}},
	"server/api": {ours: []string{"claims", "report", "access"}, others: []string{huma, prometheus, xtime}},

	"internal/config":     {others: []string{yaml, cron}},
	"internal/importtest": {},
	"internal/hostile":    {}, // texts for tests, as data
	"internal/newsgen":    {ours: []string{"claims"}},
	"internal/pacing":     {}, // of the garbage collector
	"internal/webtest":    {others: []string{txtar}},

	"bench/usage": {},
	"bench/crawl": {ours: []string{"claims", "internal/newsgen", "bench/usage"}},
	"bench/judge": {ours: []string{"claims", "store", "bench/usage"}},
	"bench/desk":  {ours: []string{"claims", "store/..."}}, // a generator and load, beside the program

	"cmd/...": {ours: []string{"*"}, others: []string{"*"}},
}

// extraction is what reading a page takes.
var extraction = []string{pdfium, wazero, decimal, goquery, xnet, xtext, langs, trafilatura, distiller, htmldate, readability, dom, gogsChardet, saintChardet}
