-- +goose Up
-- The logs of exercises: what people did, each entry once, in order.
CREATE TABLE exercise_log (
  exercise TEXT   NOT NULL,
  number   BIGINT NOT NULL, -- 1, 2, 3 and so on within an exercise
  key      TEXT   NOT NULL,
  at       BIGINT NOT NULL, -- microseconds since 1970
  entry    TEXT   NOT NULL, -- a JSON object
  PRIMARY KEY (exercise, number),
  UNIQUE (exercise, key)
);
