package resource

import "github.com/anygrain/anygrain/fn"

// Bucket is a bucket of objects, each with a key.
type Bucket struct{ Identity }

// KindBucket is the Kind of buckets.
const KindBucket = "bucket"

// Kind implements fn.Resource.
func (Bucket) Kind() string { return KindBucket }

// Read is the need to list and read objects.
func (b Bucket) Read() fn.Need { return fn.Need{Resource: b, Access: fn.AccessRead} }

// Write is the need to put and delete objects.
func (b Bucket) Write() fn.Need { return fn.Need{Resource: b, Access: fn.AccessWrite} }

// ReadWrite is the need to do both.
func (b Bucket) ReadWrite() fn.Need { return fn.Need{Resource: b, Access: fn.AccessReadWrite} }
