# What interop/run and interop/bench share: the scratch copy of the peers, Node, and a fresh server.
# Sourced, not run. Ends only processes it started, by their id.
root=$(cd "$here/.." && pwd)
PEERS=${TRIPOD_PEERS:-$root/../shared/peers}
PEERS_WORK=${TRIPOD_INTEROP_WORK:-$here/.work}
TRIPOD_ADMIN_TOKEN=${TRIPOD_ADMIN_TOKEN:-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')}
export TRIPOD_ADMIN_TOKEN
PIN=()
started=()
folders=()

# Ends what was started, and waits ten seconds at most: what does not end by then is cut.
end_all() {
  local pid waited=0
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do
    while kill -0 "$pid" 2>/dev/null && [ $waited -lt 100 ]; do
      waited=$((waited + 1))
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  started=()
  for folder in "${folders[@]}"; do rm -rf "$folder"; done
  folders=()
}
trap end_all EXIT

# Puts the packages of one peer folder in place, once for each state of its lock file.
install_peer() {
  mkdir -p "$PEERS_WORK/$1"
  cp -r "$PEERS/$1/." "$PEERS_WORK/$1/"
  chmod -R u+w "$PEERS_WORK/$1"
  cp "$PEERS/localhost.mjs" "$PEERS_WORK/"
  local stamp
  stamp=$(sha256sum "$PEERS/$1/package-lock.json" | cut -d' ' -f1)
  if [ "$(cat "$PEERS_WORK/$1/node_modules/.tripod-stamp" 2>/dev/null)" != "$stamp" ]; then
    (cd "$PEERS_WORK/$1" && npm ci --ignore-scripts --no-audit --no-fund >&2)
    echo "$stamp" >"$PEERS_WORK/$1/node_modules/.tripod-stamp"
  fi
}

# The first Node that runs and is new enough: the peer's own, another peer's, the machine's. The Node
# of the ActivityPub peer may be missing where install scripts do not run.
find_node() {
  local candidate
  for candidate in "$PEERS_WORK/$1/node_modules/.bin/node" "$PEERS_WORK/atproto/node_modules/.bin/node" \
      install "$PEERS_WORK/atproto/node_modules/.bin/node" "$(command -v node || true)"; do
    if [ "$candidate" = install ]; then
      install_peer atproto
    elif [ -x "$candidate" ] && "$candidate" -e 'process.exit(parseInt(process.versions.node) >= 22 ? 0 : 1)' 2>/dev/null; then
      NODE=$candidate
      return
    fi
  done
  echo "no Node 22 or newer was found" >&2
  exit 1
}

prepare() {
  case $1 in
    atproto | solid | activitypub) ;;
    *) echo "unknown protocol $1: atproto, solid or activitypub" >&2; exit 2 ;;
  esac
  [ -d "$PEERS/$1" ] || { echo "no peers at $PEERS; set TRIPOD_PEERS" >&2; exit 1; }
  install_peer "$1"
  find_node "$1"
  if [ -d "$here/adapters/$1" ]; then
    mkdir -p "$PEERS_WORK/$1/adapters"
    cp "$here/adapters/$1/"* "$PEERS_WORK/$1/adapters/"
  fi
  cd "$PEERS_WORK/$1"
}

# Starts ./tripod serve on a free port with a data folder of its own and waits for its ready line;
# the arguments after the protocol are the server's own.
start_server() {
  DATA=$(mktemp -d)
  folders+=("$DATA")
  : >"$DATA.log"
  local more=()
  [ "$1" = activitypub ] && more=(--allow-outbound 127.0.0.0/16,::1/128)
  shift
  "${PIN[@]}" "$root/tripod" serve --port 0 --data "$DATA" "${more[@]}" "$@" ${TRIPOD_SERVE_ARGS:-} \
    >"$DATA.log" 2>&1 &
  SERVER_PID=$!
  started+=("$SERVER_PID")
  folders+=("$DATA.log")
  local waited=0
  until grep -q '^ready ' "$DATA.log"; do
    if ! kill -0 "$SERVER_PID" 2>/dev/null || [ $waited -ge 3000 ]; then
      cat "$DATA.log" >&2
      echo "the server did not start" >&2
      exit 1
    fi
    waited=$((waited + 1))
    sleep 0.1
  done
  ORIGIN=$(sed -n 's/^ready //p' "$DATA.log" | head -1)
  PORT=${ORIGIN##*:}
}

# Makes a member and prints a bearer token for the ActivityPub client door.
member_token() {
  local made id secret
  made=$(curl -sS --fail-with-body -H "Authorization: Bearer $TRIPOD_ADMIN_TOKEN" -H 'Content-Type: application/json' \
    -d "{\"name\":\"$1\",\"password\":\"pw-$1-interop\"}" "$ORIGIN/api/admin/accounts")
  id=$(field "$made" clientId)
  secret=$(field "$made" clientSecret)
  field "$(curl -sS --fail-with-body --data-urlencode "client_id=$id" --data-urlencode "client_secret=$secret" \
    -d grant_type=client_credentials -d scope=activitypub "$ORIGIN/oauth/token")" access_token
}

field() {
  "$NODE" -e 'const v = JSON.parse(process.argv[1])[process.argv[2]]; if (!v) process.exit(1); console.log(v)' "$1" "$2"
}

# Prints as many free ports of the loopback as asked for, in one line.
free_ports() {
  "$NODE" -e '
    const net = require("net"), n = +process.argv[1], all = []
    for (let i = 0; i < n; i++) all.push(net.createServer().listen(0, "127.0.0.1"))
    Promise.all(all.map((s) => new Promise((ok) => s.once("listening", ok)))).then(() => {
      console.log(all.map((s) => s.address().port).join(" "))
      all.forEach((s) => s.close())
    })' "$1"
}

# Starts the reference PDS with its directory and mail sink on free ports, waiting a minute at most;
# the arguments are start-reference.mjs's own. Sets REF_ORIGIN, REF_PLC, REF_MAIL, REF_SMTP, REF_PID, REF_DATA.
start_reference() {
  local port plc smtp mail waited=0
  read -r port plc smtp mail <<<"$(free_ports 4)"
  REF_DATA=$(mktemp -d)
  folders+=("$REF_DATA")
  "$NODE" start-reference.mjs --data "$REF_DATA" --port "$port" --plc-port "$plc" --smtp-port "$smtp" \
    --mail-port "$mail" "$@" >"$REF_DATA/ready.json" 2>"$REF_DATA/err.log" &
  local pid=$!
  started+=("$pid")
  until [ -s "$REF_DATA/ready.json" ]; do
    if ! kill -0 "$pid" 2>/dev/null || [ $waited -ge 600 ]; then
      tail -n 20 "$REF_DATA"/*.log >&2
      echo "the reference did not start" >&2
      exit 1
    fi
    waited=$((waited + 1))
    sleep 0.1
  done
  REF_ORIGIN=http://localhost:$port
  REF_PLC=http://localhost:$plc
  REF_MAIL=http://127.0.0.1:$mail
  REF_SMTP=127.0.0.1:$smtp
  REF_PID=$("$NODE" -e 'const j = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8").split("\n")[0]); console.log(j.servers[0].pid)' "$REF_DATA/ready.json")
  REF_DATA=$REF_DATA/pds0
}
