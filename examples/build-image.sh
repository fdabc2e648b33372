#!/bin/sh
# Builds the image of an example without pulling anything: the Debian-based image that the example's
# Dockerfile names in FROM is made here with mmdebstrap and imported under that name, unless the
# engine has it.
#
#   examples/build-image.sh EXAMPLE [TAG]        TAG defaults to depslim-EXAMPLE:original
#
# Environment: DOCKER (the client, default docker), DEPSLIM_BASE_INCLUDE (more Debian packages for
# the base, with commas). Settings for npm, pip, apt and TLS are those of this machine: the CA bundle
# and the variables of the clients go into the base image, never into a file of the example.
set -eu

die() {
  echo "build-image.sh: $1" >&2
  exit "${2:-3}"
}

here=$(cd "$(dirname "$0")" && pwd)
example=${1:-}
[ -n "$example" ] || die "usage: examples/build-image.sh EXAMPLE [TAG]" 2
folder=$here/$example
dockerfile=$folder/Dockerfile
[ -f "$dockerfile" ] || die "$example has no Dockerfile; there are: $(cd "$here" && ls -d */ | tr -d / | tr '\n' ' ')" 2
tag=${2:-depslim-$(basename "$example"):original}
docker=${DOCKER:-docker}

command -v "$docker" >/dev/null || die "no '$docker' on the PATH: install a Docker client (Debian: docker.io) or set DOCKER"
"$docker" version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
  die "no engine answers '$docker version': start one (dockerd as root; without a network bridge: dockerd --iptables=false --bridge=none) or set DOCKER_HOST"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The options of the base image: what this machine's clients need to reach their registries.
settings() {
  for variable in NODE_EXTRA_CA_CERTS PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE; do
    eval "value=\${$variable:-}"
    [ -z "$value" ] || printf 'ENV %s=/etc/ssl/certs/ca-certificates.crt\n' "$variable"
  done
  if command -v npm >/dev/null; then
    printf 'ENV NPM_CONFIG_REGISTRY=%s\nENV NPM_CONFIG_UPDATE_NOTIFIER=false\n' "$(npm config get registry 2>/dev/null)"
  fi
  index=${PIP_INDEX_URL:-$(pip3 config get global.index-url 2>/dev/null || true)}
  [ -z "$index" ] || printf 'ENV PIP_INDEX_URL=%s\n' "$index"
  printf 'ENV PIP_DEFAULT_TIMEOUT=%s\nCMD ["bash"]\n' "${PIP_DEFAULT_TIMEOUT:-60}"
}

# A folder that is laid over the new root: the CA bundle, and node with npm where wanted.
overlay() {
  mkdir -p "$work/root/etc/ssl/certs"
  if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cp /etc/ssl/certs/ca-certificates.crt "$work/root/etc/ssl/certs/"
  fi
  if [ "$node_from" = host ]; then
    mkdir -p "$work/root/usr/local/bin" "$work/root/usr/local/lib/node_modules"
    cp -L "$(node -p process.execPath)" "$work/root/usr/local/bin/node"
    cp -R "$(npm root -g 2>/dev/null)/npm" "$work/root/usr/local/lib/node_modules/"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/root/usr/local/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/root/usr/local/bin/npx"
  fi
  tar -C "$work/root" --owner=0 --group=0 -cf "$work/overlay.tar" .
}

make_base() {
  name=$1
  [ "$(id -u)" = 0 ] || die "making the base '$name' needs root: run this script as root, or pull the image"
  command -v mmdebstrap >/dev/null || die "mmdebstrap is missing, which makes the base '$name': apt-get install mmdebstrap"
  include=ca-certificates,curl,git${DEPSLIM_BASE_INCLUDE:+,$DEPSLIM_BASE_INCLUDE}
  node_from=
  case $name in
    node:*)
      wanted=$(printf %s "${name#node:}" | sed 's/[^0-9].*//')
      if command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" = "$wanted" ]; then
        node_from=host
        include=$include,libstdc++6
      else
        echo "build-image.sh: no node $wanted on this machine; the base gets Debian's node" >&2
        include=$include,nodejs,npm
      fi
      ;;
    python:*) include=$include,python3,python3-pip,python3-venv,python-is-python3 ;;
    debian:*) ;;
    *) die "do not know how to make a base like '$name': import or pull it first" ;;
  esac
  overlay
  set -- --variant=minbase --include="$include" "--customize-hook=tar-in $work/overlay.tar /"
  case $name in
    node:*) set -- "$@" '--customize-hook=chroot "$1" useradd --uid 1000 --create-home --shell /bin/bash node' ;;
  esac
  if command -v apt-config >/dev/null; then
    apt-config dump | grep -E '^Acquire::(Check-|http|https)' >"$work/apt.conf" || true
    [ ! -s "$work/apt.conf" ] || set -- "$@" "--aptopt=$work/apt.conf"
  fi
  case $name in *[:-]trixie*) suite=trixie ;; *) suite=bookworm ;; esac
  sources=
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [ -z "$sources" ] && [ -f "$file" ] && grep -q "$suite" "$file"; then sources=$file; fi
  done
  echo "build-image.sh: making $name ($suite, $include)" >&2
  mmdebstrap --quiet "$@" "$suite" "$work/base.tar" $sources
  settings >"$work/changes"
  # Debian refuses a plain pip install, python's own image does not.
  case $name in python:*) echo 'ENV PIP_BREAK_SYSTEM_PACKAGES=1' >>"$work/changes" ;; esac
  set --
  while IFS= read -r change; do set -- "$@" -c "$change"; done <"$work/changes"
  "$docker" import "$@" "$work/base.tar" "$name" >/dev/null
}

# Names in FROM that are no earlier stage.
bases() {
  awk 'toupper($1) == "FROM" {
    i = 2; while ($i ~ /^--/) i++
    if (!($i in stage)) print $i
    if (toupper($(i + 1)) == "AS") stage[$(i + 2)] = 1
  }' "$1" | sort -u
}

for base in $(bases "$dockerfile"); do
  case $base in *'$'*) die "FROM $base depends on a build argument: build this image by hand" ;; esac
  if ! "$docker" image inspect "$base" >/dev/null 2>&1; then
    make_base "$base"
  fi
done

"$docker" build --network host -t "$tag" "$folder"
"$docker" image inspect --format "$tag: {{.Size}} bytes" "$tag"
