#!/usr/bin/env node
// Clients of the registry, unchanged, against two servers of this project on one directory.
//   node clients.mjs ORIGIN OTHER_ORIGIN --smtp-port PORT
// Both servers must mail to that port of the loopback; the directory is the first server's own.
import { IdResolver } from '@atproto/identity'
import { result } from './lib/check.mjs'
import { openMailbox } from './lib/mailbox.mjs'
import { officialClient } from './flows/official.mjs'
import { streams } from './flows/streams.mjs'
import { oauth } from './flows/oauth.mjs'
import { atcute } from './flows/atcute.mjs'
import { tap } from './flows/tap.mjs'
import { migration } from './flows/migration.mjs'

const [origin, other, flag, port] = process.argv.slice(2)
if (flag !== '--smtp-port') { console.error('usage: clients.mjs ORIGIN OTHER_ORIGIN --smtp-port PORT'); process.exit(2) }
const mailbox = openMailbox(Number(port))
const ids = new IdResolver({ plcUrl: origin, fetch: globalThis.fetch })
const run = Math.random().toString(36).slice(2, 7)
let made = 0
const world = {
  origin, other, ids, mailbox,
  password: 'a-Long-passw0rd',
  /** A name that nobody has yet. */
  name: (start) => `${start}${run}${made++}`,
}
for (const flow of [officialClient, streams, oauth, atcute, tap, migration]) await flow(world)
mailbox.close()
process.exit(result())
