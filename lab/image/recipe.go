package image

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Recipe says how the file system of a real service is made of Debian packages.
type Recipe struct {
	// Service is what an asset asks for.
	Service string
	// Packages are those named; all they depend on is looked through as well.
	Packages []string
	// Keep lists files, and folders with a slash at the end. The shared
	// libraries that the programs among them need come along.
	Keep []string
	// Tools are files that only Prepare needs: they are not in the image.
	Tools []string
	// Prepare is a command that is run once, contained, when the image is made.
	// It leaves its work in Work, which the image has in asset.Prepared.
	Prepare []string
}

// WorkFolder is where a preparation works.
const WorkFolder = "/prepare/work"

// postgresqlFolder is where Debian's PostgreSQL 15 lies.
const postgresqlFolder = "usr/lib/postgresql/15/"

// recipes are those of the services. No shell is kept, and no program but the
// service's own.
var recipes = []Recipe{
	{
		Service:  asset.Nginx,
		Packages: []string{"nginx", "zlib1g"},
		Keep:     []string{"usr/sbin/nginx"},
	},
	{
		Service:  asset.PostgreSQL,
		Packages: []string{"postgresql-15", "postgresql-15-pgaudit", "dash", "zlib1g"},
		Keep: []string{
			postgresqlFolder + "bin/postgres", postgresqlFolder + "lib/pgaudit.so", postgresqlFolder + "lib/plpgsql.so", postgresqlFolder + "lib/dict_snowball.so",
			"usr/share/postgresql/15/timezonesets/", "usr/share/postgresql/15/tsearch_data/",
			"usr/share/postgresql/15/extension/plpgsql.control", "usr/share/postgresql/15/extension/plpgsql--1.0.sql",
			"usr/share/postgresql/15/extension/pgaudit.control", "usr/share/postgresql/15/extension/pgaudit--1.7.sql",
		},
		Tools: []string{
			postgresqlFolder + "bin/initdb", "bin/sh", "usr/share/postgresql/15/postgres.bki", "usr/share/postgresql/15/postgresql.conf.sample",
			"usr/share/postgresql/15/pg_hba.conf.sample", "usr/share/postgresql/15/pg_ident.conf.sample",
			"usr/share/postgresql/15/snowball_create.sql", "usr/share/postgresql/15/sql_features.txt",
			"usr/share/postgresql/15/system_constraints.sql", "usr/share/postgresql/15/system_functions.sql",
			"usr/share/postgresql/15/system_views.sql", "usr/share/postgresql/15/information_schema.sql",
		},
		// The smallest log there is: an asset's file system is in memory.
		Prepare: []string{
			"/" + postgresqlFolder + "bin/initdb", "-D", WorkFolder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
			"--wal-segsize=1", "--no-sync", "--no-instructions",
		},
	},
}

// Recipes lists them, sorted by service.
func Recipes() []Recipe { return slices.Clone(recipes) }

// RecipeOf gives a service's recipe.
func RecipeOf(service string) (Recipe, bool) {
	i := slices.IndexFunc(recipes, func(r Recipe) bool { return r.Service == service })
	if i < 0 {
		return Recipe{}, false
	}
	return recipes[i], true
}

// Ref is the name that the engine keeps the service's file system under; it
// changes with the recipe.
func (r Recipe) Ref() string {
	text, err := json.Marshal(struct {
		Recipe
		User       string
		Entrypoint []string
		Folder     string
		Places     []string
	}{r, user, entrypoint(), asset.ServiceFolder, effect.OwnPlaces(effect.Linux)})
	if err != nil {
		panic("image: a recipe is plain data: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return ServiceRepository + r.Service + ":" + hex.EncodeToString(sum[:6])
}

// ServiceRepository begins the names of service images.
const ServiceRepository = "ringer-"

// BuildSuffix ends the names of the images in which services are prepared.
const BuildSuffix = "-build"

// LabelPackages lists, on a service image, what it is made of.
const LabelPackages = "ringer.packages"

// sortedKeys makes archives the same every time.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
