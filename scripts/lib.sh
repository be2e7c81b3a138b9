# Shared by demo and test; sourced, not run.
# shellcheck shell=bash disable=SC2086  # lists of packages are to be split

root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

step() { printf '\n==> %s\n' "$*"; }
stop() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# packages_of GROUP...: their packages, from scripts/packages
packages_of() {
  local group package _
  while read -r group package _; do
    [[ $group != '#'* && " $* " == *" $group "* ]] && echo "$package"
  done < scripts/packages
  return 0
}

# missing_of GROUP...: those of them that dpkg does not have
missing_of() {
  local wanted have package
  wanted=$(packages_of "$@")
  have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
  for package in $wanted; do
    grep -qx "installed $package" <<< "$have" || echo "$package"
  done
}

# Whether a group's needs are met, wherever they come from.
works_build() {
  local trial good=no
  command -v cmake > /dev/null || return 1
  trial=$(mktemp -d)
  cmake -S . -B "$trial" -DBUILD_TESTING=OFF > /dev/null 2>&1 && good=yes
  rm -rf "$trial"
  [[ $good == yes ]]
}
works_tex() { command -v pdflatex && kpsewhich moderncv.cls && kpsewhich marvosym.sty && kpsewhich lmodern.sty && kpsewhich t1qpl.fd; } > /dev/null
has_font() { [[ -n $(fc-list ":charset=$1" file) ]]; }
works_draw() { command -v pngquant && command -v pdftoppm; } > /dev/null
works_test() {
  command -v python3 && command -v xmllint && command -v pdftotext && command -v qpdf && command -v ninja && command -v strace && command -v java &&
    [[ -e /usr/share/java/preflight.jar && -e /usr/share/java/javax.activation.jar && -e /usr/share/java/jaxb-api.jar ]] && command -v mutool && command -v pdf2txt &&
    command -v node && [[ -f /usr/share/javascript/pdf/build/pdf.js ]] &&
    command -v lualatex && kpsewhich texgyreheros-regular.otf && fc-list | grep P052 && has_font 416 && has_font 5D0 && has_font 627 && has_font 905 && has_font 4E2D && has_font 3042 && has_font 1F600 &&
    printf '#include <%s>\n' doctest/doctest.h tinyxml2.h | "${CXX:-c++}" -E -x c++ -
} > /dev/null 2>&1

# need GROUP...: installs what is missing, or says what to do and stops
need() {
  local group missing='' lacking=() as_root=()
  local install='apt-get install -y --no-install-recommends'
  step "Looking for what is needed ($*)"
  for group in "$@"; do
    [[ -z $(missing_of "$group") ]] || "works_$group" || lacking+=("$group")
  done
  if (( ${#lacking[@]} == 0 )); then
    echo "all there"
    return
  fi
  missing=$(missing_of "${lacking[@]}" | paste -sd ' ' -)
  if ! command -v apt-get > /dev/null; then
    stop "something is missing, and this system has no apt-get. Please install, by their Debian names:
  $missing"
  fi
  if (( EUID != 0 )); then
    as_root=(sudo)
    if ! command -v sudo > /dev/null || ! { [[ -t 0 ]] || sudo -n true 2> /dev/null; }; then
      stop "packages are missing, and installing them takes root. Please run as root:
  apt-get update && $install $missing
and then this again."
    fi
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  echo "missing: $missing"
  step "Installing them with apt-get (the only step that changes your system)"
  # A source of packages that fails, maybe one we do not need, is no reason to stop.
  "${as_root[@]}" apt-get -q update || echo "going on with the package lists that are there"
  # Waits if the system is just installing updates.
  "${as_root[@]}" $install -q -o DPkg::Lock::Timeout=300 $missing < /dev/null ||
    stop "apt-get could not install the packages; its reason is above."
}

# build TARGET [CMAKE-OPTION...]: into build/
build() {
  local target=$1
  shift
  step "Building into build/"
  cmake -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" "$@" ||
    stop "cmake could not set up the build; its reason is above."
  cmake --build build --target "$target" --parallel "$(nproc)" || stop "the build failed; the compiler's reason is above."
}
