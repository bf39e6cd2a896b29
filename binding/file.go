package binding

// File is an uploaded file of a multipart form, bound by form:"name" as File,
// *File or []File.
type File struct {
	Name        string `json:"name"`        // the client's file name, its last element only
	ContentType string `json:"contentType"` // what the client said; not checked
	Data        []byte `json:"data"`        // the content
}
