package config

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// A place is where something stands in the file, from 1.
type place struct{ line, column int }

// A decoder fills a Config from a parsed file and collects what is wrong. It walks the syntax tree
// itself, because the YAML library stops at the first error and speaks of Go types.
type decoder struct {
	file     string
	problems []Problem
	places   map[string]place    // path of a value ("sources[2].url") -> where it stands
	bad      map[string]bool     // paths already complained of
	anchors  map[string]ast.Node // &name -> node
}

// fail reports one problem; further ones of the same path, or of what lies in it, are passed over.
func (d *decoder) fail(path string, at place, format string, args ...any) {
	for p := path; p != ""; p = p[:max(0, strings.LastIndexAny(p, ".["))] {
		if d.bad[p] {
			return
		}
	}
	d.bad[path] = true
	d.problems = append(d.problems, Problem{File: d.file, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, args...)})
}

// err is the *Error of all problems in the order of the file, nil where there is none.
func (d *decoder) err() error {
	if len(d.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(d.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &Error{Problems: d.problems}
}

// resolve follows anchors, aliases and tags to the node that holds the value.
func (d *decoder) resolve(n ast.Node) ast.Node {
	for range 100 { // an alias cannot name itself in valid YAML; this bounds an invalid one
		switch v := n.(type) {
		case *ast.AnchorNode:
			d.anchors[v.Name.GetToken().Value] = v.Value
			n = v.Value
		case *ast.AliasNode:
			n = d.anchors[v.Value.GetToken().Value]
		case *ast.TagNode:
			n = v.Value
		default:
			return n
		}
	}
	return nil
}

// value decodes a node into a settable value. path names it in messages and in places.
func (d *decoder) value(n ast.Node, into reflect.Value, path string) {
	at := placeOf(n)
	d.places[path] = at
	n = d.resolve(n)
	if n == nil || n.Type() == ast.NullType {
		return // a key without a value keeps its default
	}
	switch into.Kind() {
	case reflect.Struct:
		d.mapping(n, into, path, at)
	case reflect.Slice:
		d.sequence(n, into, path, at)
	default:
		text, ok := scalar(n)
		if !ok {
			d.fail(path, at, "%s is %s; expected %s", lastKey(path), kindOf(n), expected(into))
			return
		}
		if err := setScalar(into, n, text); err != nil {
			d.fail(path, at, "%s: %v", lastKey(path), err)
		}
	}
}

// mapping decodes the keys of a section or list entry.
func (d *decoder) mapping(n ast.Node, into reflect.Value, path string, at place) {
	m, ok := n.(ast.MapNode)
	if !ok {
		d.fail(path, at, "%s is %s; expected keys such as %q", lastKey(path), kindOf(n), keys(into.Type())[0])
		return
	}
	for iter := m.MapRange(); iter.Next(); {
		keyNode, value := iter.Key(), iter.Value()
		if keyNode.IsMergeKey() {
			if base := d.resolve(value); base != nil {
				d.mapping(base, into, path, placeOf(value))
			}
			continue
		}
		key := keyNode.GetToken().Value
		field, known := fieldOf(into, key)
		child := join(path, key)
		if !known {
			d.fail(child, placeOf(keyNode), "unknown key %q%s", key, d.hint(key, into.Type()))
			if k := nearest(key, keys(into.Type())); k != "" {
				d.bad[join(path, k)] = true // it was meant: that it is missing need not be said as well
			}
			continue
		}
		d.value(value, field, child)
	}
}

// hint says which key was meant, or in which section it belongs.
func (d *decoder) hint(key string, section reflect.Type) string {
	if s := suggest(key, keys(section)); s != "" {
		return s
	}
	root := reflect.TypeFor[Config]()
	for f := range fields(root) {
		t := f.Type
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t != section && t.Kind() == reflect.Struct && slices.Contains(keys(t), key) {
			return fmt.Sprintf("; it belongs under %q", f.Tag.Get("yaml"))
		}
	}
	if slices.Contains(keys(root), key) {
		return "; it belongs at the top of the file"
	}
	return "; known here: " + strings.Join(keys(section), ", ")
}

// sequence decodes a list. Where the file gives one value instead of a list of values, it is a list of one.
func (d *decoder) sequence(n ast.Node, into reflect.Value, path string, at place) {
	var items []ast.Node
	elem := into.Type().Elem()
	switch v := n.(type) {
	case *ast.SequenceNode:
		items = v.Values
	default:
		if _, ok := scalar(n); !ok || elem.Kind() == reflect.Struct {
			d.fail(path, at, "%s is %s; expected a list", lastKey(path), kindOf(n))
			return
		}
		items = []ast.Node{n}
	}
	list := reflect.MakeSlice(into.Type(), 0, len(items))
	for i, item := range items {
		e := reflect.New(elem).Elem()
		child := fmt.Sprintf("%s[%d]", path, i)
		if r := d.resolve(item); r == nil || r.Type() == ast.NullType {
			d.fail(child, placeOf(item), "%s has an empty entry", lastKey(path))
		} else {
			d.value(item, e, child)
		}
		list = reflect.Append(list, e)
	}
	into.Set(list)
}

// setScalar reads text into a field. Its error says what was expected, in words.
func setScalar(into reflect.Value, n ast.Node, text string) error {
	switch p := into.Addr().Interface().(type) {
	case *string:
		*p = text
	case *bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		*p = b.Value
	case *int:
		i, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("%q is no whole number", text)
		}
		*p = i
	case *time.Duration:
		v, err := parseDuration(text)
		if err != nil {
			return err
		}
		*p = v
	case *Size:
		v, err := ParseSize(text)
		if err != nil {
			return err
		}
		*p = v
	case **regexp.Regexp:
		re, err := regexp.Compile(text)
		if err != nil {
			return fmt.Errorf("%q is no regular expression (RE2): %s", text, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		}
		*p = re
	default:
		panic("config: no reader for " + into.Type().String()) // a field of a new type: our mistake, whatever the file says
	}
	return nil
}
