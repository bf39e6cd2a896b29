package binding

import "reflect"

// File is an uploaded file of a multipart form, bound by form:"name" as File,
// *File or []File.
type File struct {
	Name        string `json:"name"`        // the client's file name, its last element only
	ContentType string `json:"contentType"` // what the client said; not checked
	Data        []byte `json:"data"`        // the content
}

// fileKind says how a field takes uploaded files.
type fileKind int

const (
	notFile fileKind = iota
	oneFile
	filePointer
	fileList
)

// fileOf finds how a type takes uploaded files.
func fileOf(t reflect.Type) fileKind {
	switch t {
	case reflect.TypeFor[File]():
		return oneFile
	case reflect.TypeFor[*File]():
		return filePointer
	case reflect.TypeFor[[]File]():
		return fileList
	}
	return notFile
}

// put gives the field one file.
func (k fileKind) put(dst reflect.Value, f File) {
	switch k {
	case filePointer:
		dst.Set(reflect.ValueOf(&f))
	case fileList:
		dst.Set(reflect.Append(dst, reflect.ValueOf(f)))
	default:
		dst.Set(reflect.ValueOf(f))
	}
}
