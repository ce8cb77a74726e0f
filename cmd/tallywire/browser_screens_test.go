package main

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var screens = flag.Bool("screens", false, "write screenshots of every page to doc/screens")

// name is what a page's screenshot is called.
func name(path string) string {
	switch {
	case path == "/":
		return "board"
	case strings.HasPrefix(path, "/claims/"):
		return "claim"
	case strings.HasPrefix(path, "/?"):
		return "board-empty"
	case path == "/nothing":
		return "error"
	}
	return strings.Trim(path, "/")
}

// shoot writes a screenshot to doc/screens where -screens is given.
func shoot(b *tab, name string) {
	b.t.Helper()
	if !*screens {
		return
	}
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	dir := filepath.Join("..", "..", "doc", "screens")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), small(b.t, shot, 1<<15), 0o644); err != nil {
		b.t.Fatal(err)
	}
	if height := inReadme[name]; height > 0 {
		if err := os.WriteFile(filepath.Join(dir, "readme-"+name+".png"), small(b.t, shot, height), 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
}

// inReadme are the screenshots whose upper part stands in the README, with its height.
var inReadme = map[string]int{"board-en-light": 900, "claim-disputed": 900, "checked": 900, "claim-dark": 900}

// small writes the upper part of a screenshot with its 256 most frequent colours: a third of the bytes, and the same to the eye.
func small(t *testing.T, full []byte, height int) []byte {
	t.Helper()
	in, err := png.Decode(bytes.NewReader(full))
	if err != nil {
		t.Fatal(err)
	}
	size, often := in.Bounds(), map[color.RGBA]int{}
	size.Max.Y = min(size.Max.Y, size.Min.Y+height)
	at := func(x, y int) color.RGBA {
		r, g, b, _ := in.At(x, y).RGBA()
		return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
	}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			often[at(x, y)]++
		}
	}
	all := slices.Collect(maps.Keys(often))
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return cmp.Or(often[b]-often[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range all[:min(len(all), 256)] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	out := image.NewPaletted(size, palette)
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			c := at(x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
