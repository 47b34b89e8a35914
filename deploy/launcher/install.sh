#!/bin/sh
# Install Debian packages with their services kept off: the launcher runs a private node of its own, and a
# freshly installed RabbitMQ would listen on every address.
set -eu
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
made=
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
    made=yes
fi
trap '[ -z "$made" ] || rm -f "$policy"' EXIT
install() { apt-get install -y --no-install-recommends "$@"; }
install "$@" || { apt-get update && install "$@"; }
if [ -d /run/systemd/system ]; then
    for package in "$@"; do systemctl disable "$package" 2>/dev/null || true; done
fi
