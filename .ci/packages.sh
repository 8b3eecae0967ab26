# Sourced by `run` and `test`: finds what the system lacks and installs it on Debian and Ubuntu.

# The libraries that the window loads at run time, with the package that has each.
window_libraries=(
    libX11.so.6=libx11-6
    libX11-xcb.so.1=libx11-xcb1
    libXcursor.so.1=libxcursor1
    libXi.so.6=libxi6
    libxkbcommon-x11.so.0=libxkbcommon-x11-0
    libxkbcommon.so.0=libxkbcommon0
    libwayland-client.so.0=libwayland-client0
    libwayland-egl.so.1=libwayland-egl1
    libGL.so.1=libgl1
    libEGL.so.1=libegl1
    libfontconfig.so.1=libfontconfig1
    libdbus-1.so.3=libdbus-1-3
)

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

on_linux() { [[ "$(uname -s)" == Linux ]]; }

# Prints the packages of the libraries that the loader does not know.
missing_libraries() {
    on_linux || return 0
    local known entry
    known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)"
    for entry in "${window_libraries[@]}"; do
        [[ "$known" == *"${entry%%=*}"* ]] || printf '%s\n' "${entry#*=}"
    done
}

# Prints the packages of the commands (command=package) that are not there.
missing_commands() {
    local entry
    for entry in "$@"; do
        command -v "${entry%%=*}" >/dev/null || printf '%s\n' "${entry#*=}"
    done
}

# Prints what a build lacks besides Rust.
missing_build_tools() {
    command -v cc >/dev/null || printf '%s\n' gcc
    if on_linux && [[ ! -e /usr/include/stdio.h ]]; then printf '%s\n' libc6-dev; fi
}

# Installs packages, or says which to install and fails.
install_packages() {
    (($# > 0)) || return 0
    if ! command -v apt-get >/dev/null; then
        say "These are missing (Debian's names): $*"
        case "$(uname -s)" in
        Darwin) die "Install the command line tools first: xcode-select --install" ;;
        *) die "Install what your distribution calls them, then run this again" ;;
        esac
    fi
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "Packages are missing. As root: apt-get install $*"
        as_root=(sudo)
    fi
    say "Installing: $*"
    "${as_root[@]}" apt-get -qq update ||
        say "The package lists could not be refreshed; going on with the old ones"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install: $*"
}

require_cargo() {
    # A fresh rustup is on the path only of shells started after it.
    command -v cargo >/dev/null || PATH="$PATH:${CARGO_HOME:-${HOME:-}/.cargo}/bin"
    command -v cargo >/dev/null ||
        die "Rust is not installed. Get it from https://rustup.rs, then run this again"
}
