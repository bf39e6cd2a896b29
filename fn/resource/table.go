package resource

import (
	"fmt"
	"reflect"

	"github.com/anygrain/anygrain/fn"
)

// Table is a table of items of type T. What T says of its keys is in a method TableSpec, by value:
//
//	func (Show) TableSpec() resource.TableSpec {
//		return resource.TableSpec{Key: resource.Key{Partition: "id"}}
//	}
type Table[T any] struct{ Identity }

// KindTable is the Kind of tables.
const KindTable = "table"

// TableSpec is how a table is laid out.
type TableSpec struct {
	Key     Key     // of the items
	Indexes []Index // more ways to find them
	TTL     string  // the attribute with the second, since 1970, after which an item may be deleted; "" for none
}

// Key names attributes of an item, as they are stored.
type Key struct {
	Partition string // the attribute that says where an item is
	Sort      string // the attribute that orders the items of one place; "" for none
}

// Index is a way to find items by another key.
type Index struct {
	Name string // what a query names
	Key  Key
}

// Kind implements fn.Resource.
func (Table[T]) Kind() string { return KindTable }

// Read is the need to find and read items.
func (t Table[T]) Read() fn.Need { return fn.Need{Resource: t, Access: fn.AccessRead} }

// Write is the need to add, change and delete items.
func (t Table[T]) Write() fn.Need { return fn.Need{Resource: t, Access: fn.AccessWrite} }

// ReadWrite is the need to do both.
func (t Table[T]) ReadWrite() fn.Need { return fn.Need{Resource: t, Access: fn.AccessReadWrite} }

// Item is the type of the items.
func (Table[T]) Item() reflect.Type { return reflect.TypeFor[T]() }

// Spec returns the TableSpec of T; ok is false when T has none.
func (Table[T]) Spec() (spec TableSpec, ok bool) {
	spec, ok, _ = specOf[T]()
	return spec, ok
}

// Err says what is wrong with the table or with the TableSpec of its items.
func (t Table[T]) Err() error {
	if err := t.Identity.Err(); err != nil {
		return err
	}
	spec, ok, err := specOf[T]()
	if err != nil || !ok {
		return err
	}
	return spec.err(reflect.TypeFor[T]())
}

// specOf asks a zero T, which need not be ready for that.
func specOf[T any]() (spec TableSpec, ok bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("cannot be laid out: TableSpec of a zero %v panicked: %v; let it return constants", reflect.TypeFor[T](), v)
		}
	}()
	var item T
	specified, ok := any(item).(interface{ TableSpec() TableSpec })
	if !ok {
		specified, ok = any(&item).(interface{ TableSpec() TableSpec })
	}
	if ok {
		spec = specified.TableSpec()
	}
	return spec, ok, nil
}

// err says what is wrong with the spec of a type.
func (s TableSpec) err(of reflect.Type) error {
	if s.Key.Partition == "" {
		return fmt.Errorf("cannot be laid out: the TableSpec of %v names no Key.Partition, the attribute that every item has and is found by", of)
	}
	names := map[string]bool{}
	for _, index := range s.Indexes {
		switch {
		case index.Name == "" || index.Key.Partition == "":
			return fmt.Errorf("cannot be laid out: an index in the TableSpec of %v has no name or no Key.Partition (%+v); give it both", of, index)
		case names[index.Name]:
			return fmt.Errorf("cannot be laid out: two indexes in the TableSpec of %v are called %q; give each a name of its own", of, index.Name)
		}
		names[index.Name] = true
	}
	return nil
}
