#!/usr/bin/env bash
# Opens the real window on a virtual screen, looks at it, closes it: tests/window.sh [BINARY]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
binary="$(realpath -m "${1:-target/debug/vodscope}")"
sample="$PWD/assets/samples/04-partly-failed.json"
picture="$(dirname "$binary")/window.png"
work="$(mktemp -d)"
started=()

fail() {
    printf 'window: %s\n' "$*" >&2
    if [[ -s "$work/app.log" ]]; then tail -n 20 "$work/app.log" >&2; fi
    exit 1
}

clean_up() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}

# within SECONDS COMMAND…: repeats the command until it succeeds.
within() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}

start_screen() {
    Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
    started+=($!)
    within 20 test -s "$work/display" || fail "Xvfb did not start: $(cat "$work/xvfb.log")"
    DISPLAY=":$(<"$work/display")"
    export DISPLAY
    openbox >"$work/openbox.log" 2>&1 &
    started+=($!)
    within 20 has_window_manager || fail "openbox did not start: $(cat "$work/openbox.log")"
}

has_window_manager() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q '0x'; }

# The settings of whoever runs the tests are neither read nor written.
start_app() {
    env -u WAYLAND_DISPLAY HOME="$work" XDG_CONFIG_HOME="$work/config" \
        XDG_DATA_HOME="$work/data" XDG_CACHE_HOME="$work/cache" LIBGL_ALWAYS_SOFTWARE=1 \
        "$binary" "$sample" >"$work/app.log" 2>&1 &
    app=$!
    started+=("$app")
    within 60 find_window || fail "no window appeared within 60 s"
}

find_window() {
    is_running || fail "the program ended before it showed a window"
    window="$(xdotool search --onlyvisible --name vodscope 2>/dev/null | tail -n 1)"
    [[ -n "$window" ]]
}

is_running() { kill -0 "$app" 2>/dev/null; }
has_ended() { ! is_running; }

shows_something() {
    import -window "$window" "$picture" 2>/dev/null || return 1
    colours="$(identify -format '%k' "$picture")"
    ((colours > 50))
}

# The window manager turns this into the same request as its close button. A stroke that comes
# while the screen is busy can be lost, so it is made again.
asked_to_close() {
    is_running || return 0
    xdotool windowactivate --sync "$window" key --clearmodifiers alt+F4 2>/dev/null || true
    within 4 has_ended
}

close_politely() {
    within 20 asked_to_close || fail "the window did not close when asked to"
    local status=0
    wait "$app" || status=$?
    ((status == 0)) || fail "closing ended with exit status $status"
}

trap clean_up EXIT
[[ -x "$binary" ]] || fail "there is no program at $binary; build it first"
start_screen
start_app
name="$(xdotool getwindowname "$window")"
[[ "$name" == *vodscope* ]] || fail "the window is called '$name', not vodscope"
colours=0
within 30 shows_something || fail "the window stays blank ($colours colours, see $picture)"
close_politely
if grep -q 'panicked at' "$work/app.log"; then fail "a thread panicked"; fi
printf 'window: opened, showed %s colours, closed with status 0 (%s)\n' "$colours" "$picture"
