package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"tallywire/claims"
)

// A number is how the description shows claims.Number: an exact decimal, or null where it is unknown.
type number struct{}

// Schema implements huma.SchemaProvider.
func (number) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: "exact decimal; null where it is unknown", Examples: []any{390}}
}

// A status is how the description shows claims.Status.
type status string

// Schema implements huma.SchemaProvider.
func (status) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: []any{"verified", "disputed", "unverified", ""}}
}

// aliases tells the description of types whose JSON their Go form does not show.
func aliases(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[claims.Number](), reflect.TypeFor[number]())
	r.RegisterTypeAlias(reflect.TypeFor[claims.Status](), reflect.TypeFor[status]())
}

// nullable says of a described type's field that it can be null: a pointer to a struct does not show it.
func nullable(r huma.Registry, name, field string) {
	s := r.Map()[name]
	if s == nil || s.Properties[field] == nil {
		panic("api: no " + name + "." + field + " in the description") // a field of ours that was renamed
	}
	s.Properties[field] = &huma.Schema{OneOf: []*huma.Schema{s.Properties[field], {Type: "null"}}}
}
