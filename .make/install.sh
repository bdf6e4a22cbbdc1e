#!/bin/sh
# Brings node_modules in line with package-lock.json, and does nothing when it already is. Expects Node 22 first on PATH:
# uWebSockets.js picks its native package by the Node that runs npm.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
node .make/installed.mjs && exit 0

# A distribution's npm may name its own node in the first line; run npm's script with ours wherever npm is a script.
npm=$(node -p 'fs.realpathSync(process.argv[1])' "$(command -v npm)")
case $npm in
  *.js) set -- node "$npm" ;;
  *) set -- npm ;;
esac

echo "Partyline: installing packages with npm ci…"
"$@" ci --no-fund --no-audit --loglevel=error
if ! node .make/installed.mjs; then
  echo "Partyline: npm ci left out a package this machine needs; 'npm ci --loglevel=verbose' says why." >&2
  exit 1
fi
