package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// fileName is what a configuration file is called where none is named.
const fileName = "config.yaml"

// maxFileBytes bounds a configuration file: a hundred times the one of a large newsroom.
const maxFileBytes = 8 << 20

// Find returns the configuration file to read: explicit where it is not "", else ./config.yaml, else
// tallywire/config.yaml in the user's configuration folder. Its error wraps ErrNoFile and says where
// it looked.
func Find(explicit string) (string, error) {
	if explicit != "" {
		if _, err := os.Stat(explicit); errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("%w at %s", ErrNoFile, explicit)
		}
		return explicit, nil
	}
	looked := fileName + " here"
	if _, err := os.Stat(fileName); err == nil {
		return fileName, nil
	}
	if dir, err := os.UserConfigDir(); err == nil {
		path := filepath.Join(dir, "tallywire", fileName)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		looked += " or " + path
	}
	return "", fmt.Errorf("%w: looked for %s; name one with --config FILE", ErrNoFile, looked)
}

// Load reads and checks the file at path. Relative paths in it (store.path, archive.dir) are relative to
// the file's own folder and are returned joined to it, so that a command gives the same answer from
// whatever folder it is called. A file that is wrong gives an *Error, one that is not there ErrNoFile.
func Load(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Config{}, fmt.Errorf("%w at %s", ErrNoFile, path)
	}
	if err != nil {
		return Config{}, fmt.Errorf("read configuration: %w", err)
	}
	c, err := Parse(path, data)
	if err != nil {
		return Config{}, err
	}
	dir := filepath.Dir(path)
	c.Store.Path = under(dir, c.Store.Path)
	c.Archive.Dir = under(dir, c.Archive.Dir)
	return c, nil
}

// under joins a relative path to dir; "" stays "".
func under(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// Parse reads and checks the text of a configuration file, YAML or JSON. name stands in messages. Paths
// stay as written. Everything that is wrong is in the *Error, in the order of the file.
func Parse(name string, data []byte) (Config, error) {
	d := &decoder{file: name, places: map[string]place{}, bad: map[string]bool{}, anchors: map[string]ast.Node{}}
	c := Default()
	c.File = name
	body := d.parse(data)
	if body != nil {
		d.value(body, reflect.ValueOf(&c).Elem(), "")
	}
	if len(d.problems) == 0 || body != nil {
		d.complete(&c)
		d.check(&c)
	}
	if err := d.err(); err != nil {
		return Config{}, err
	}
	return c, nil
}

// badLine is the number, from 1, of the first line that is not UTF-8.
func badLine(data []byte) int {
	n := 1
	for line := range bytes.Lines(data) {
		if !utf8.Valid(line) {
			break
		}
		n++
	}
	return n
}

// parse returns the file's syntax tree, nil where it is empty or no YAML.
func (d *decoder) parse(data []byte) ast.Node {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(data) > maxFileBytes {
		d.fail("", place{}, "the file has %d bytes; the most is %s", len(data), Size(maxFileBytes))
		return nil
	}
	if !utf8.Valid(data) {
		d.fail("", place{badLine(data), 1}, "this line is not UTF-8; save the file as UTF-8")
		return nil
	}
	if json.Valid(data) { // JSON may be indented with tabs, YAML may not; within JSON strings no tab stands bare
		data = bytes.ReplaceAll(data, []byte("\t"), []byte(" "))
	}
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		at, message := place{}, err.Error()
		var y yaml.Error
		if errors.As(err, &y) {
			message = y.GetMessage()
			if t := y.GetToken(); t != nil && t.Position != nil {
				at = place{t.Position.Line, t.Position.Column}
			}
		}
		d.fail("", at, "not valid YAML: %s", message)
		return nil
	}
	var body ast.Node
	for _, doc := range f.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentType {
			continue
		}
		if body != nil {
			d.fail("", placeOf(doc.Body), "a second document begins here; the file is one document")
			break
		}
		body = doc.Body
	}
	return body
}
