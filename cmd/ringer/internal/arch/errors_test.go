package arch_test

import (
	"go/ast"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// saysWhen is a word with which a comment tells that there may be an error.
var saysWhen = regexp.MustCompile(`(?i)\berrors?\b|\w+Error\b|\bErr[A-Z]|\bfails?\b|\bnil\b`)

func TestEveryExportedFunctionThatCanFailSaysWhen(t *testing.T) {
	t.Parallel()
	seen := 0
	walk(t, func(path string, file *ast.File) {
		for _, declared := range file.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok || !function.Name.IsExported() || file.Name.Name == "main" || !exportedReceiver(function) || !returnsError(function.Type) {
				continue
			}
			seen++
			assert.Regexp(t, saysWhen, function.Doc.Text(), "%s: %s returns an error; its comment must say when", path, function.Name.Name)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			contract, ok := node.(*ast.InterfaceType)
			if !ok {
				return true
			}
			for _, method := range contract.Methods.List {
				signature, ok := method.Type.(*ast.FuncType)
				if ok && method.Names[0].IsExported() && returnsError(signature) {
					seen++
					assert.Regexp(t, saysWhen, method.Doc.Text()+method.Comment.Text(), "%s: %s returns an error; its comment must say when", path, method.Names[0].Name)
				}
			}
			return true
		})
	})
	assert.Greater(t, seen, 100, "the walk must have found the project's functions")
}

func exportedReceiver(function *ast.FuncDecl) bool {
	if function.Recv == nil {
		return true
	}
	kind := function.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	name, ok := kind.(*ast.Ident)
	return !ok || name.IsExported()
}

func returnsError(function *ast.FuncType) bool {
	if function.Results == nil {
		return false
	}
	for _, result := range function.Results.List {
		if name, ok := result.Type.(*ast.Ident); ok && (name.Name == "error" || name.Name == "Diagnostics") {
			return true
		}
	}
	return false
}
