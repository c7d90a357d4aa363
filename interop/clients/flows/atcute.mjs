// @atcute/*: another family of clients, which shares no code with the official one.
import { ComAtprotoSyncSubscribeRepos } from '@atcute/atproto'
import { fromUint8Array as readCar } from '@atcute/car'
import { Client, ok as good, simpleFetchHandler } from '@atcute/client'
import { getPublicKeyFromDidController } from '@atcute/crypto'
import { FirehoseSubscription } from '@atcute/firehose'
import { LocalActorResolver, PlcDidDocumentResolver, XrpcHandleResolver } from '@atcute/identity-resolver'
import { JetstreamSubscription } from '@atcute/jetstream'
import { fromUint8Array as readRepo, verifyRecord } from '@atcute/repo'
import { check, eq, ok, until } from '../lib/check.mjs'

export async function atcute({ origin, alice, password }) {
  const anyone = new Client({ handler: simpleFetchHandler({ service: origin }) })
  const did = alice.did
  const documents = new PlcDidDocumentResolver({ apiUrl: origin })
  let key
  let uri
  await check('atcute/identity, both ways', async () => {
    const handles = new XrpcHandleResolver({ serviceUrl: origin })
    const actor = await new LocalActorResolver({ handleResolver: handles, didDocumentResolver: documents }).resolve(alice.session.handle)
    eq({ ...actor, pds: new URL(actor.pds).origin }, { did, handle: alice.session.handle, pds: origin })
    const method = (await documents.resolve(did)).verificationMethod.find((m) => m.id.endsWith('#atproto'))
    const found = getPublicKeyFromDidController(method)
    const { Secp256k1PublicKey } = await import('@atcute/crypto')
    key = await Secp256k1PublicKey.importRaw(found.publicKeyBytes)
  })
  await check('atcute/client: sign in, write, read', async () => {
    const session = await good(anyone.post('com.atproto.server.createSession', { input: { identifier: alice.session.handle, password } }))
    const signedIn = new Client({
      handler: (path, init) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${session.accessJwt}`)
        return fetch(new URL(path, origin), { ...init, headers })
      },
    })
    const made = await good(signedIn.post('com.atproto.repo.createRecord', { input: { repo: did, collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post', text: 'by another client', createdAt: new Date().toISOString() } } }))
    uri = made.uri
    const read = await good(anyone.get('com.atproto.repo.getRecord', { params: { repo: did, collection: 'app.bsky.feed.post', rkey: uri.split('/').pop() } }))
    eq([read.cid, read.value.text], [made.cid, 'by another client'])
    const nothing = await anyone.get('com.atproto.repo.getRecord', { params: { repo: did, collection: 'app.bsky.feed.post', rkey: 'nothing' } })
    eq([nothing.ok, nothing.data.error], [false, 'RecordNotFound'])
  })
  await check('atcute/repository and record, verified', async () => {
    const bytes = await good(anyone.get('com.atproto.sync.getRepo', { params: { did }, as: 'bytes' }))
    const repo = readRepo(bytes)
    const names = [...repo].map((entry) => `${entry.collection}/${entry.rkey}`)
    ok(names.includes(uri.split('/').slice(3).join('/')), 'the post is missing')
    eq(readCar(bytes).roots.length, 1)
    const rkey = uri.split('/').pop()
    for (const carBytes of [bytes, await good(anyone.get('com.atproto.sync.getRecord', { params: { did, collection: 'app.bsky.feed.post', rkey }, as: 'bytes' }))]) {
      const { record } = await verifyRecord({ did, collection: 'app.bsky.feed.post', rkey, publicKey: key, carBytes })
      eq(record.text, 'by another client')
    }
    return `${names.length} records`
  })
  await check('atcute/firehose, every message of the form its lexicon says', async () => {
    const faults = []
    const subscription = new FirehoseSubscription({ service: origin.replace(/^http/, 'ws'), nsid: ComAtprotoSyncSubscribeRepos.mainSchema, params: () => ({ cursor: 0 }), onError: (...e) => faults.push(e), validateMessages: true })
    const kinds = new Set()
    let last = 0
    let count = 0
    for await (const message of subscription) {
      ok(message.seq > last, 'numbers must rise')
      last = message.seq
      count++
      kinds.add(message.$type.split('#')[1])
      if (message.ops?.some((op) => uri.endsWith(op.path))) break
    }
    eq(faults, [])
    for (const kind of ['commit', 'identity', 'account', 'sync']) ok(kinds.has(kind), `no #${kind}`)
    return `${count} messages`
  })
  await check('atcute/jetstream: the JSON stream, filtered', async () => {
    const faults = []
    const subscription = new JetstreamSubscription({ url: origin.replace(/^http/, 'ws'), wantedCollections: ['app.bsky.feed.post'], wantedDids: [did], cursor: (Date.now() - 60_000) * 1000, onError: (e) => faults.push(e) })
    const seen = []
    const reading = (async () => { for await (const event of subscription) { seen.push(event); if (event.commit?.record?.text === 'for jetstream') break } })()
    await alice.post({ text: 'for jetstream' })
    await until(() => faults.length || seen.some((e) => e.commit?.record?.text === 'for jetstream'), 'the post')
    eq(faults, [])
    await reading
    ok(seen.every((e) => e.did === did && (e.kind !== 'commit' || e.commit.collection === 'app.bsky.feed.post')), 'something else came')
    return `${seen.length} events`
  })
}
