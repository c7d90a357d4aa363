// @atproto/tap: its client, fed by a Tap of ours (lib/tap.mjs) that stands on the server alone.
import { SimpleIndexer, Tap } from '@atproto/tap'
import { check, eq, ok, until } from '../lib/check.mjs'
import { openTap } from '../lib/tap.mjs'

export async function tap({ origin, ids, alice }) {
  await check('tap/what is there, then what comes, each acknowledged', async () => {
    const service = await openTap({ origin, ids })
    const seen = []
    const faults = []
    const indexer = new SimpleIndexer()
    indexer.record(async (event) => void seen.push(event))
    indexer.error((e) => faults.push(e))
    const client = new Tap(service.url)
    const channel = client.channel(indexer)
    channel.start()
    try {
      await client.addRepos([alice.did])
      const info = await client.getRepoInfo(alice.did)
      await until(() => seen.length >= info.records, 'the records that are there')
      ok(seen.every((e) => e.live === false))
      eq((await client.resolveDid(alice.did)).id, alice.did)
      const { uri } = await alice.post({ text: 'through the tap' })
      const live = await until(() => seen.find((e) => e.rkey === uri.split('/').pop()), 'the new post')
      eq([live.live, live.action, live.record.text], [true, 'create', 'through the tap'])
      await until(() => service.acked() === service.sent(), 'the acknowledgements')
      eq(faults.map((e) => e.message), [])
      return `${seen.length} records`
    } finally {
      await channel.destroy()
      await service.close()
    }
  })
}
