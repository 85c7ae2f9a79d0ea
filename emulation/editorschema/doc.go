// Package editorschema owns the JSON Schema of the language, for editors: of scenarios
// and of libraries, in the JSON form that HCL gives every file. It is made of what the
// two languages declare of their blocks (packages scenario/schema and behaviour), so
// nothing in it is written twice. It reads no file. Start at [Document].
package editorschema
