// @atproto/sync: the firehose, every commit verified with the key in the DID document.
import { Firehose, MemoryRunner } from '@atproto/sync'
import { check, eq, ok, until } from '../lib/check.mjs'

export async function streams({ origin, ids, alice }) {
  await check('sync/firehose from the beginning, verified', async () => {
    const seen = []
    const faults = []
    const firehose = new Firehose({ idResolver: ids, service: origin.replace(/^http/, 'ws'), getCursor: () => 0, onError: (e) => faults.push(e), handleEvent: (e) => void seen.push(e) })
    firehose.start()
    await until(() => seen.some((e) => e.event === 'create' && e.did === alice.did), 'the first post')
    const { uri } = await alice.post({ text: 'live' })
    const found = await until(() => seen.find((e) => e.event === 'create' && e.uri.toString() === uri), 'the live post')
    eq(found.record.text, 'live')
    await alice.deletePost(uri)
    await until(() => seen.some((e) => e.event === 'delete' && e.uri.toString() === uri), 'the deletion')
    await firehose.destroy()
    eq(faults.map((e) => e.message), [])
    // The library looks for handles over https alone, which the lab has not: the document is what it can verify here.
    ok(seen.some((e) => e.event === 'identity' && e.did === alice.did && e.didDocument?.id === alice.did), 'no verified identity')
    ok(seen.some((e) => e.event === 'account' && e.did === alice.did), 'no account event')
    return `${seen.length} events`
  })
  await check('sync/runner: repositories in order, the cursor moves on', async () => {
    let cursor = 0
    const revs = new Map()
    const faults = []
    const runner = new MemoryRunner({ startCursor: 0, setCursor: (at) => void (cursor = at) })
    const firehose = new Firehose({
      idResolver: ids, runner, service: origin.replace(/^http/, 'ws'), onError: (e) => faults.push(e), filterCollections: ['app.bsky.feed.post'],
      handleEvent: (e) => {
        if (!('rev' in e) || !e.rev) return
        ok((revs.get(e.did) ?? '') <= e.rev, 'a revision went back')
        revs.set(e.did, e.rev)
      },
    })
    firehose.start()
    const last = await alice.post({ text: 'for the runner' })
    const { data } = await alice.com.atproto.sync.getLatestCommit({ did: alice.did })
    await until(() => revs.get(alice.did) === data.rev, 'the last revision')
    await firehose.destroy()
    await runner.destroy()
    eq(faults.map((e) => e.message), [])
    ok(cursor > 0, `cursor ${cursor}`)
    return `cursor ${cursor}, ${last.uri.split('/').pop()}`
  })
}
