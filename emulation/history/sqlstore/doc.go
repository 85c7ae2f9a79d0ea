// Package sqlstore keeps a history in a database: an SQLite file, or PostgreSQL. It owns
// the schema, its migrations and every statement; both databases have the same tables and
// are asked the same. It refuses a file that is not a history, and a schema that is newer
// than it knows. Start at [Open].
package sqlstore
