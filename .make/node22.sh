#!/bin/sh
# Decides which Node runs this checkout: the one on PATH when it fits package.json's engines, else the pinned one,
# unpacked from npm's platform package into .tools/node. Knows nothing of our own packages.
set -eu
unset NODE_OPTIONS # made for Node 22; an older one may refuse to start with it

PINNED=22.23.3
root=$(cd "$(dirname "$0")/.." && pwd)
home=$root/.tools/node

has_fitting_node() {
  command -v node >/dev/null 2>&1 || return 1
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a === 22 && b >= 18 ? 0 : 1)'
}

# The Makefile puts .tools/node/bin first on PATH, so a node that was put in place earlier answers here.
has_fitting_node && exit 0

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "Partyline: needs Node (any version from 18) and npm to fetch Node $PINNED." >&2
  echo "  Debian/Ubuntu: apt-get install nodejs npm   Fedora: dnf install nodejs   macOS: brew install node@22" >&2
  exit 1
fi

package=node-$(node -p 'process.platform + "-" + process.arch')@$PINNED
echo "Partyline: putting Node $PINNED in place ($package from npm)…"
mkdir -p "$root/.tools"
staging=$(mktemp -d "$root/.tools/node.XXXXXX")
trap 'rm -rf "$staging"' EXIT
trap 'exit 1' INT TERM

if ! (cd "$staging" && npm pack --silent "$package" >tarball && tar -xzf "$(tail -n 1 tarball)"); then
  echo "Partyline: npm could not fetch $package. Install Node 22 (>=22.18) yourself and run make again." >&2
  exit 1
fi
if ! "$staging/package/bin/node" --version >/dev/null; then
  echo "Partyline: the node in $package does not start on this machine. Install Node 22 (>=22.18) yourself." >&2
  exit 1
fi
rm -rf "$home"
mv "$staging/package" "$home"
