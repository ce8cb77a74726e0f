// Package pdf reads the text of PDF files, which is how ministries and agencies publish their reports. The reader is
// PDFium, Chromium's own, inside a WebAssembly machine: what a hostile file does to it stays in there, under a cap of memory
// and time. Start with Read.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The bounds of one file.
const (
	// memoryPages of 64 KiB are what PDFium may take: 160 MiB.
	memoryPages = 2560
	// deadline ends a file that does not: a page takes about 50 ms (2 cores, 2026), and a report of 100 pages 5 s. What was
	// read by then is kept.
	deadline = 15 * time.Second
	// startDeadline ends a start of PDFium, which takes 0.4 s and reads nothing of the file: on a machine with ten times its work
	// it took over 15 s, and no file may be refused for that.
	startDeadline = 2 * time.Minute
	maxPages      = 300
	maxText       = 4 << 20 // bytes of text; beyond, the rest is left out
)

// Errors of Read. Both may wrap PDFium's own words.
var (
	ErrDamaged = errors.New("the PDF cannot be read") // broken, closed by a password, or over a bound
	ErrNoText  = errors.New("the PDF holds no text")  // pictures of pages
)

// A File is what a PDF says.
type File struct {
	Title, Author     string // of its properties; "" where they have none
	Created, Modified time.Time
	Paragraphs        []string // in the order of the file, without the lines that all pages repeat; never empty ones
	Truncated         bool     // it has more pages or text than are read
}

// one keeps to one file at a time: each takes its own machine, so that nothing of a file is left for the next.
var one sync.Mutex

// Read reads a PDF. The result depends on its bytes alone, but for files that the deadline ends. It takes 0.4 s and then 50 ms a page, 150 MB of memory while it
// runs and none after it. Concurrent calls wait for each other.
func Read(body []byte) (File, error) {
	one.Lock()
	defer one.Unlock()
	f, err := readApart(body, nil)
	// The machine was 150 MB, and those of files in a row would lie beside each other. Its finalizers free it in two rounds.
	runtime.GC()
	debug.FreeOSMemory()
	return f, err
}

// readApart reads a file in a machine of its own. Where many follow each other, a cache spares them the 0.4 s that it takes to translate
// PDFium, and keeps 100 MB for that: the program has none, its tests do.
func readApart(body []byte, cache wazero.CompilationCache) (File, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	clock := time.AfterFunc(startDeadline, cancel)
	defer clock.Stop()
	// The interpreter: to compile PDFium takes 11 s and 300 MB, which the few PDFs among news never earn back.
	machine := wazero.NewRuntimeConfigInterpreter().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != nil {
		machine = machine.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{Context: ctx, MaxTotal: 1, MaxIdle: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: machine})
	if err != nil {
		return File{}, fmt.Errorf("start PDFium: %w", err)
	}
	defer func() { _ = pool.Close() }()
	reader, err := pool.GetInstance(startDeadline)
	if err != nil {
		return File{}, fmt.Errorf("start PDFium: %w", err)
	}
	defer func() { _ = reader.Close() }()
	clock.Reset(deadline)
	return read(reader, body)
}

// read reads a file with a PDFium that is thrown away afterwards.
func read(p pdfium.Pdfium, body []byte) (f File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = File{}, fmt.Errorf("%w: %.200v", ErrDamaged, r)
		}
	}()
	open, err := p.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		return f, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: open.Document})
	if err != nil {
		return f, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var pages []string
	size := 0
	for i := range min(count.PageCount, maxPages) {
		page, err := p.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: open.Document, Index: i}}})
		if err != nil {
			f.Truncated = true // a broken page, or the deadline: what stands before it is good
			break
		}
		if size += len(page.Text); size > maxText {
			f.Truncated = true
			break
		}
		pages = append(pages, page.Text)
	}
	f.Truncated = f.Truncated || count.PageCount > maxPages
	if f.Paragraphs = paragraphs(pages); len(f.Paragraphs) == 0 {
		return f, ErrNoText
	}
	if said, err := p.GetMetaData(&requests.GetMetaData{Document: open.Document}); err == nil {
		for _, tag := range said.Tags {
			switch tag.Tag {
			case "Title":
				f.Title = title(tag.Value)
			case "Author":
				f.Author = oneLine(tag.Value)
			case "CreationDate":
				f.Created = date(tag.Value)
			case "ModDate":
				f.Modified = date(tag.Value)
			}
		}
	}
	return f, nil
}
