package config

import (
	"fmt"
	"iter"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// scalar returns the text of a single value, as written; false for a list or mapping.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case ast.ScalarNode:
		return v.GetToken().Value, true
	}
	return "", false
}

// placeOf is where a node begins.
func placeOf(n ast.Node) place {
	switch v := n.(type) {
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return placeOf(v.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return placeOf(v.Key)
	}
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return place{}
	}
	p := n.GetToken().Position
	return place{p.Line, p.Column}
}

// kindOf names what a node is, in words.
func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.SequenceNode:
		return "a list"
	case ast.MapNode:
		return "a group of keys"
	}
	text, _ := scalar(n)
	return fmt.Sprintf("%q", text)
}

// expected names what a field takes, in words.
func expected(v reflect.Value) string {
	switch v.Interface().(type) {
	case bool:
		return "true or false"
	case int:
		return "a whole number"
	case time.Duration:
		return "a duration such as 15m"
	case Size:
		return "a size such as 10MiB"
	case *regexp.Regexp:
		return "a regular expression"
	}
	return "a text"
}

// fields yields the fields of a section that are keys of the file.
func fields(t reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("yaml") != "-" && !yield(f) {
				return
			}
		}
	}
}

// keys lists the keys of a section in the order of its type.
func keys(t reflect.Type) []string {
	var names []string
	for f := range fields(t) {
		names = append(names, f.Tag.Get("yaml"))
	}
	return names
}

// fieldOf finds the field of a key.
func fieldOf(section reflect.Value, key string) (reflect.Value, bool) {
	for f := range fields(section.Type()) {
		if f.Tag.Get("yaml") == key {
			return section.FieldByIndex(f.Index), true
		}
	}
	return reflect.Value{}, false
}

// join adds a key to a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// lastKey is the last key of a path, without index: what a message calls the value.
func lastKey(path string) string {
	key := path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(key, '['); i >= 0 {
		key = key[:i] + " entry"
	}
	if key == "" {
		return "the file"
	}
	return key
}
