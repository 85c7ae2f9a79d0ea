-- +goose Up
-- What workers of a farm handed in: the ledger.
CREATE TABLE farm (
  key       TEXT   NOT NULL PRIMARY KEY,
  scenario  TEXT   NOT NULL,
  recording TEXT   NOT NULL,
  digest    TEXT   NOT NULL,
  verdicts  TEXT   NOT NULL, -- a JSON object: counts by verdict
  worker    TEXT   NOT NULL,
  took      BIGINT NOT NULL -- microseconds
);
