package resource

import (
	"errors"

	"github.com/anygrain/anygrain/fn"
)

// Existing is something that the app is given and does not own: a key, a user pool, a table of
// another team. Nothing but its name is known of it, so its kind is said by the tag kind, and what
// functions do with it in the words of its platform:
//
//	Key resource.Existing `env:"KEY_ARN" kind:"kms-key"`
//
//	fn.Needs(own.Key.Use("kms:Sign", "kms:GetPublicKey"))
type Existing struct{ Identity }

// Kind implements fn.Resource: what the tag kind says.
func (e Existing) Kind() string { return e.Field().Tag.Get("kind") }

// Use is the need to do these actions with it.
func (e Existing) Use(actions ...string) fn.Need { return fn.Need{Resource: e, Actions: actions} }

// Err says what is wrong with it.
func (e Existing) Err() error {
	if err := e.Identity.Err(); err != nil {
		return err
	}
	switch e.Kind() {
	case "":
		return errors.New(`has no kind: say what it is in the tag of its field, as in kind:"kms-key"`)
	case fn.ResourceFunction, KindTable, KindBucket, KindQueue:
		return errors.New("has a kind that is not for existing things, which would be made with the app: say another, as in kind:\"existing-table\"")
	}
	return nil
}
