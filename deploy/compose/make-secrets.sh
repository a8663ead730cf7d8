#!/bin/sh
# Make the secrets that can be made, once; name those that only you have. Safe to repeat: nothing is overwritten.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

keep() { # NAME: what stands on the standard input, unless the file is there
	if [ -s "$1" ]; then cat > /dev/null; else cat > "$1"; fi
}
random() { head -c "$1" /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }

random 48 | keep secret_key
random 32 | keep metrics_token
random 32 | keep database_password
# As `manage.py rotate-keys --new-key` does it. Copy this one elsewhere: without it sealed papers cannot be read.
head -c 32 /dev/urandom | base64 | tr '+/' '-_' | keep encryption_keys
printf 'postgres://jobsphere:%s@db:5432/jobsphere' "$(cat database_password)" | keep database_url

for name in stripe_secret_key stripe_publishable_key stripe_webhook_secret email_url; do
	[ -e "$name" ] || : > "$name"
	[ -s "$name" ] || echo "Write deploy/compose/secrets/$name"
done
# Nobody else gets into this folder; in a container a file is seen alone, by a user who is nobody on this machine.
chmod 700 .
chmod 644 ./*
