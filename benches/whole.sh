#!/usr/bin/env bash
# Measures the whole program on generated files, in turns with `wc -l` and DuckDB, so that a busy
# machine is busy for all of them. Prints medians and ratios; ratios are what may be compared.
#
#   benches/whole.sh [--bytes 1G] [--events 1000000] [--rounds 5]
#
# VODSCOPE and GENERATE name ready binaries; otherwise both are built for release.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

bytes=1G events=1000000 rounds=5
while (($# > 0)); do
    case "$1" in
    --bytes) bytes="$2" ;;
    --events) events="$2" ;;
    --rounds) rounds="$2" ;;
    *)
        sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
    esac
    shift 2
done

die() {
    echo "$1" >&2
    exit 1
}

target="${CARGO_TARGET_DIR:-target}"
folder="$target/whole"
mkdir -p "$folder"

build() {
    [[ -n "${VODSCOPE:-}" && -n "${GENERATE:-}" ]] && return
    cargo build --release --bin vodscope --example generate
}

# file shape amount...: written once, the same bytes for the same amount.
generate() {
    local file="$1"
    shift
    [[ -s "$file" ]] || "$generator" "$@" --out "$file" >&2
}

# One line: wall seconds, CPU seconds, peak memory in kB.
measured() {
    /usr/bin/time -f '%e %U %S %M' -o "$folder/time" "$@" >"$folder/out"
    awk '{ print $1, $2 + $3, $4 }' "$folder/time"
}

# DuckDB reads four fields of each event into a table. Its wall time is the query's alone: what
# starting Python takes is not held against it.
measured_duckdb() {
    local whole own
    whole="$(measured python3 -c "$four_fields" "$1")"
    own="$(cut -d' ' -f2 "$folder/out")"
    echo "$own ${whole#* }"
}

four_fields='
import sys, time
import duckdb
began = time.perf_counter()
duckdb.sql("""create table events as
    select EventType, flow.TaskId, flow.Status, flow.FileName
    from (select EventType, ProcedureStateChangeEvent as flow from read_ndjson(FILE, columns = {
        EventType: $$VARCHAR$$,
        ProcedureStateChangeEvent: $$STRUCT(TaskId VARCHAR, Status VARCHAR, FileName VARCHAR)$$}))
    """.replace("FILE", repr(sys.argv[1])))
seconds = time.perf_counter() - began
print(duckdb.sql("select count(*) from events").fetchall()[0][0], f"{seconds:.3f}")
'

has_duckdb() { python3 -c 'import duckdb' 2>/dev/null; }

# name: the median of a column of its measurements.
median() {
    sort -n -k"$2,$2" "$folder/$1.times" | awk -v column="$2" '
        { values[NR] = $column }
        END { middle = int((NR + 1) / 2); print NR % 2 ? values[middle] : (values[middle] + values[middle + 1]) / 2 }'
}

# Before anything is timed: nobody is fast by leaving events out. One event is one line, and a task
# of several events is counted once by vodscope.
check_counts() {
    local file="$1" lines tasks
    lines="$(wc -l <"$file")"
    tasks="$("$vodscope" stats --by verdict --format csv "$file" | awk -F, 'NR > 1 { n += $2 } END { print n }')"
    echo "$lines lines, $tasks tasks"
    ((tasks > 0 && tasks <= lines)) || die "vodscope's count cannot be right"
    if has_duckdb; then
        measured_duckdb "$file" >/dev/null
        [[ "$(cut -d' ' -f1 "$folder/out")" == "$lines" ]] || die "DuckDB counts other events"
    fi
}

measure() {
    local file="$1" round
    rm -f "$folder"/*.times
    for ((round = 0; round < rounds; round++)); do
        measured "$vodscope" stats --by verdict "$file" >>"$folder/vodscope.times"
        measured wc -l "$file" >>"$folder/wc.times"
        if has_duckdb; then measured_duckdb "$file" >>"$folder/duckdb.times"; fi
    done
}

report() {
    local name wall ours
    ours="$(median vodscope 1)"
    printf '| program | wall s | CPU s | peak MB | wall, vodscope = 1 |\n|---|---|---|---|---|\n'
    for name in vodscope wc duckdb; do
        [[ -s "$folder/$name.times" ]] || continue
        wall="$(median "$name" 1)"
        awk -v name="$name" -v wall="$wall" -v cpu="$(median "$name" 2)" -v kb="$(median "$name" 3)" \
            -v ours="$ours" 'BEGIN {
                ratio = ours > 0 ? sprintf("%.2f", wall / ours) : "too short to tell"
                printf "| %s | %.2f | %.2f | %.0f | %s |\n", name, wall, cpu, kb / 1000, ratio }'
    done
}

load() { cut -d' ' -f1-3 /proc/loadavg; }

versions() {
    "$vodscope" --version
    wc --version | head -n 1
    has_duckdb && python3 -c 'import duckdb; print("DuckDB", duckdb.__version__)' ||
        echo "DuckDB is left out: python3 -m pip install duckdb"
    printf '%s, %s cores\n' "$(uname -sm)" "$(nproc)"
}

[[ -x /usr/bin/time ]] || die "GNU time is missing: apt-get install time"
build
vodscope="${VODSCOPE:-$target/release/vodscope}"
generator="${GENERATE:-$target/release/examples/generate}"

mixed="$folder/mixed-$bytes.ndjson"
small="$folder/small-$events.ndjson"
generate "$mixed" --profile mixed --bytes "$bytes"
generate "$small" --profile small --events "$events"

versions
for file in "$mixed" "$small"; do
    printf '\n%s, %s bytes: ' "$(basename "$file")" "$(wc -c <"$file")"
    check_counts "$file"
    before="$(load)"
    measure "$file"
    printf 'median of %s rounds, load %s before, %s after\n\n' "$rounds" "$before" "$(load)"
    report
done
