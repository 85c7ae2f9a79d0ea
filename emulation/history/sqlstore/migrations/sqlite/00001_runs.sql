-- +goose Up
CREATE TABLE runs (
  no            INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  started       INTEGER NOT NULL, -- microseconds since 1970
  version       TEXT    NOT NULL,
  lab           TEXT    NOT NULL,
  series        TEXT    NOT NULL,
  part          TEXT    NOT NULL,
  rules         TEXT    NOT NULL,
  path          TEXT    NOT NULL,
  digest        TEXT    NOT NULL,
  worst         TEXT    NOT NULL,
  took          INTEGER NOT NULL, -- microseconds, as all durations
  scenarios     INTEGER NOT NULL,
  steps         INTEGER NOT NULL,
  expectations  INTEGER NOT NULL,
  detected      INTEGER NOT NULL,
  missed        INTEGER NOT NULL,
  blind         INTEGER NOT NULL,
  false_alarms  INTEGER NOT NULL,
  unjudged      INTEGER NOT NULL,
  techniques    INTEGER NOT NULL,
  seen          INTEGER NOT NULL,
  alarms        INTEGER NOT NULL,
  reused        INTEGER NOT NULL,
  detections    INTEGER NOT NULL,
  detect_p50    INTEGER NOT NULL,
  detect_p95    INTEGER NOT NULL,
  detect_p99    INTEGER NOT NULL,
  killed        INTEGER NOT NULL,
  tested        INTEGER NOT NULL
);
CREATE INDEX runs_by_time ON runs (started, no);
CREATE INDEX runs_by_series ON runs (series, started, no);

CREATE TABLE scenarios (
  run         INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  name        TEXT    NOT NULL,
  performance TEXT    NOT NULL,
  reused      TEXT    NOT NULL,
  sound       INTEGER NOT NULL,
  took        INTEGER NOT NULL,
  PRIMARY KEY (run, name)
) WITHOUT ROWID;
CREATE INDEX scenarios_by_performance ON scenarios (performance, run);

CREATE TABLE rules (
  no    INTEGER PRIMARY KEY,
  id    TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL
);

CREATE TABLE places (
  no       INTEGER PRIMARY KEY,
  scenario TEXT    NOT NULL,
  step     TEXT    NOT NULL,
  baseline INTEGER NOT NULL,
  UNIQUE (scenario, step, baseline)
);

CREATE TABLE expectations (
  no       INTEGER PRIMARY KEY,
  place    INTEGER NOT NULL REFERENCES places (no),
  rule     INTEGER NOT NULL REFERENCES rules (no),
  detector TEXT    NOT NULL,
  shape    TEXT    NOT NULL,
  want     TEXT    NOT NULL,
  UNIQUE (rule, place, detector, shape, want)
);

CREATE TABLE steps (
  run   INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  place INTEGER NOT NULL REFERENCES places (no),
  took  INTEGER NOT NULL,
  PRIMARY KEY (run, place)
) WITHOUT ROWID;

CREATE TABLE verdicts (
  run         INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  expectation INTEGER NOT NULL REFERENCES expectations (no),
  verdict     TEXT    NOT NULL,
  after       INTEGER NOT NULL, -- to the first alert; -1 is not known
  PRIMARY KEY (run, expectation)
) WITHOUT ROWID;
CREATE INDEX verdicts_by_expectation ON verdicts (expectation, run);

CREATE TABLE alarms (
  run   INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  place INTEGER NOT NULL REFERENCES places (no),
  rule  INTEGER NOT NULL REFERENCES rules (no),
  level TEXT    NOT NULL,
  PRIMARY KEY (run, place, rule)
) WITHOUT ROWID;
CREATE INDEX alarms_by_rule ON alarms (rule, run);

CREATE TABLE mutations (
  run        INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  rule       INTEGER NOT NULL REFERENCES rules (no),
  killed     INTEGER NOT NULL,
  survived   INTEGER NOT NULL,
  equivalent INTEGER NOT NULL,
  PRIMARY KEY (run, rule)
) WITHOUT ROWID;
CREATE INDEX mutations_by_rule ON mutations (rule, run);
