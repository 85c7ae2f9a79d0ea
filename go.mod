module github.com/ringer-lab/ringer

go 1.26.8

require (
	github.com/RoaringBitmap/roaring/v2 v2.30.0 // which events of an exercise have a value
	github.com/chromedp/cdproto v0.159.0 // the protocol of the browser below
	github.com/chromedp/chromedp v0.23.0 // has a browser open the HTML report, in tests
	github.com/containerd/errdefs v1.0.0 // which error an engine gave
	github.com/fsnotify/fsnotify v1.10.1 // tells that a rule or scenario was saved
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // reads recordings and records of logs, and tells where one is broken
	github.com/gofrs/flock v0.13.2 // which journal is being written
	github.com/google/uuid v1.6.0 // ids of runs
	github.com/hashicorp/hcl/v2 v2.25.0 // the scenario language and its diagnostics
	github.com/hiddeco/sshsig v0.2.0 // signs recordings as ssh-keygen -Y does
	github.com/jackc/pgx/v5 v5.12.0 // to the real PostgreSQL inside an asset, and to a history that is in one
	github.com/jedib0t/go-pretty/v6 v6.8.3 // tables and colours
	github.com/moby/moby/api v1.56.1 // words of Docker's API
	github.com/moby/moby/client v0.6.2 // what testcontainers does not do: attach, wait, sweep
	github.com/nats-io/nats-server/v2 v2.15.2 // the queue of a farm, embedded
	github.com/nats-io/nats.go v1.55.0 // both ends of that queue
	github.com/nats-io/nkeys v0.4.16 // by which a farm knows its workers
	github.com/owenrumney/go-sarif/v3 v3.3.1 // an independent reader of SARIF with its schema, in tests
	github.com/pressly/goose/v3 v3.30.1 // migrates the history's schema
	github.com/rogpeppe/go-internal v1.16.0 // testscript: the command line's stories
	github.com/rs/zerolog v1.35.1 // logs
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // holds JSON documents to their schemas, in tests
	github.com/spf13/cobra v1.10.2 // commands, flags, completion
	github.com/spf13/pflag v1.0.9 // a flag's value, as cobra has it
	github.com/stretchr/testify v1.12.1 // assertions
	github.com/testcontainers/testcontainers-go v0.45.0 // containers
	github.com/zclconf/go-cty v1.20.0 // the values of HCL
	go.opentelemetry.io/collector/pdata v1.71.0 // the collector's own reader of OTLP, in tests
	go.yaml.in/yaml/v3 v3.0.6 // rule files, with positions
	golang.org/x/crypto v0.58.0 // SSH keys
	golang.org/x/sync v0.25.0 // errgroup
	golang.org/x/sys v0.50.0 // ptrace, seccomp
	golang.org/x/term v0.47.0 // the terminal's width
	golang.org/x/tools v0.52.0 // type-checks for other platforms
	modernc.org/sqlite v1.62.0 // the history, in a file, without cgo
)

require (
	dario.cat/mergo v1.0.2 // indirect
	github.com/Azure/go-ansiterm v0.0.0-20261006220739-8c912ac31dd4 // indirect
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/Microsoft/go-winio v0.6.4 // indirect
	github.com/agext/levenshtein v1.2.1 // indirect
	github.com/antithesishq/antithesis-sdk-go v0.8.0-default-no-op // indirect
	github.com/apparentlymart/go-textseg/v15 v15.0.0 // indirect
	github.com/apparentlymart/go-textseg/v17 v17.0.1 // indirect
	github.com/bits-and-blooms/bitset v1.24.4 // indirect
	github.com/cenkalti/backoff/v4 v4.3.0 // indirect
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/containerd/errdefs/pkg v0.3.0 // indirect
	github.com/containerd/log v0.1.0 // indirect
	github.com/containerd/platforms v0.2.1 // indirect
	github.com/cpuguy83/dockercfg v0.3.2 // indirect
	github.com/distribution/reference v0.6.0 // indirect
	github.com/docker/go-connections v0.8.2 // indirect
	github.com/docker/go-units v0.5.0 // indirect
	github.com/dustin/go-humanize v1.1.0 // indirect
	github.com/ebitengine/purego v0.10.1 // indirect
	github.com/felixge/httpsnoop v1.1.0 // indirect
	github.com/go-logr/logr v1.4.4 // indirect
	github.com/go-logr/stdr v1.2.2 // indirect
	github.com/go-ole/go-ole v1.3.0 // indirect
	github.com/google/go-cmp v0.7.0 // indirect
	github.com/google/go-tpm v0.9.8 // indirect
	github.com/hashicorp/go-version v1.9.0 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	github.com/jackc/puddle/v2 v2.2.3 // indirect
	github.com/json-iterator/go v1.1.12 // indirect
	github.com/klauspost/compress v1.20.4 // indirect
	github.com/lufia/plan9stats v0.0.0-20260330125221-c963978e514e // indirect
	github.com/magiconair/properties v1.18.12 // indirect
	github.com/mattn/go-colorable v0.1.14 // indirect
	github.com/mattn/go-isatty v0.0.24 // indirect
	github.com/mattn/go-runewidth v0.0.30 // indirect
	github.com/mfridman/interpolate v0.2.0 // indirect
	github.com/minio/highwayhash v1.0.4 // indirect
	github.com/mitchellh/go-wordwrap v1.0.1 // indirect
	github.com/moby/docker-image-spec v1.3.1 // indirect
	github.com/moby/go-archive v0.3.3 // indirect
	github.com/moby/patternmatcher v0.6.1 // indirect
	github.com/moby/sys/sequential v0.7.0 // indirect
	github.com/moby/sys/user v0.4.1 // indirect
	github.com/moby/sys/userns v0.1.0 // indirect
	github.com/moby/term v0.5.2 // indirect
	github.com/modern-go/concurrent v0.0.0-20180306012644-bacd9c7ef1dd // indirect
	github.com/modern-go/reflect2 v1.0.3-0.20250322232337-35a7c28c31ee // indirect
	github.com/mschoch/smat v0.2.0 // indirect
	github.com/nats-io/jwt/v2 v2.8.2 // indirect
	github.com/nats-io/nuid v1.0.1 // indirect
	github.com/ncruces/go-strftime v1.1.0 // indirect
	github.com/opencontainers/go-digest v1.0.0 // indirect
	github.com/opencontainers/image-spec v1.1.1 // indirect
	github.com/power-devops/perfstat v0.0.0-20240221224432-82ca36839d55 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	github.com/sethvargo/go-retry v0.5.0 // indirect
	github.com/shirou/gopsutil/v4 v4.26.6 // indirect
	github.com/sirupsen/logrus v1.10.2 // indirect
	github.com/tklauser/go-sysconf v0.4.0 // indirect
	github.com/tklauser/numcpus v0.12.0 // indirect
	github.com/xeipuuv/gojsonpointer v0.0.0-20180127040702-4e3ac2762d5f // indirect
	github.com/xeipuuv/gojsonreference v0.0.0-20180127040603-bd5ef7bd5415 // indirect
	github.com/xeipuuv/gojsonschema v1.2.0 // indirect
	github.com/yusufpapurcu/wmi v1.2.4 // indirect
	go.opentelemetry.io/auto/sdk v1.2.1 // indirect
	go.opentelemetry.io/collector/featuregate v1.71.0 // indirect
	go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp v0.72.0 // indirect
	go.opentelemetry.io/otel v1.47.0 // indirect
	go.opentelemetry.io/otel/log v1.47.0 // indirect
	go.opentelemetry.io/otel/metric v1.47.0 // indirect
	go.opentelemetry.io/otel/trace v1.47.0 // indirect
	go.uber.org/multierr v1.11.0 // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/telemetry v0.0.0-20261010193011-f71dc92da45e // indirect
	golang.org/x/text v0.44.0 // indirect
	golang.org/x/time v0.16.0 // indirect
	golang.org/x/vuln v1.9.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
	modernc.org/libc v1.80.2 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.12.1 // indirect
)

tool (
	golang.org/x/vuln/cmd/govulncheck
	honnef.co/go/tools/cmd/staticcheck
)
