// Package tagcheck checks the build tags of an app's source: that the files of each
// group are linked into the units that serve it, and only with its tag into others.
// The commands check and dev ask it.
//
// A unit is built with -tags only,GROUP,…, and files that register a group begin with
// //go:build !only || GROUP. The compiler takes any other line just as well, and a
// unit without its group would fail at its start. So the source is read as the builds
// would have it: the packages (go list), their files with constraints and imports, and
// in them the calls of App.Group and App.Add.
package tagcheck
