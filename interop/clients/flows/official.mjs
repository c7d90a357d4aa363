// @atproto/api: what the usual apps do.
import { AtpAgent, RichText } from '@atproto/api'
import { check, eq, fails, ok } from '../lib/check.mjs'

export async function newMember({ password, name }, service, start) {
  const agent = new AtpAgent({ service })
  const own = name(start)
  const { data } = await agent.com.atproto.server.describeServer()
  await agent.createAccount({ handle: `${own}${data.availableUserDomains[0]}`, email: `${own}@mail.test`, password })
  return agent
}

export const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export async function officialClient(world) {
  const { origin, password } = world
  let alice, bob, post
  await check('api/sign up', async () => {
    alice = await newMember(world, origin, 'alice')
    bob = await newMember(world, origin, 'bob')
    ok(alice.did.startsWith('did:plc:'))
    return alice.session.handle
  })
  await check('api/sign in again, resume a session', async () => {
    const agent = new AtpAgent({ service: origin })
    await agent.login({ identifier: alice.session.handle, password })
    const resumed = new AtpAgent({ service: origin })
    await resumed.resumeSession(agent.session)
    eq(resumed.session.did, alice.did)
    await resumed.sessionManager.refreshSession()
  })
  await check('api/post with a mention and a link', async () => {
    const text = new RichText({ text: `hello @${bob.session.handle} see https://example.com` })
    await text.detectFacets(alice)
    const { data } = await alice.resolveHandle({ handle: bob.session.handle })
    // Written by hand: the library takes no handle for one that ends in .localhost.
    text.facets.unshift({ index: { byteStart: 6, byteEnd: 7 + bob.session.handle.length }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: data.did }] })
    eq(text.facets.length, 2)
    post = await alice.post({ text: text.text, facets: text.facets, langs: ['en'] })
    const { value } = await alice.com.atproto.repo.getRecord({ repo: alice.did, collection: 'app.bsky.feed.post', rkey: post.uri.split('/').pop() }).then((r) => r.data)
    eq(value.facets, JSON.parse(JSON.stringify(text.facets)))
  })
  await check('api/reply, like, repost, follow, and take them back', async () => {
    const reply = await bob.post({ text: 'indeed', reply: { root: post, parent: post } })
    const like = await bob.like(post.uri, post.cid)
    const repost = await bob.repost(post.uri, post.cid)
    const follow = await bob.follow(alice.did)
    const collections = (await bob.com.atproto.repo.describeRepo({ repo: bob.did })).data.collections.toSorted()
    eq(collections, ['app.bsky.feed.like', 'app.bsky.feed.post', 'app.bsky.feed.repost', 'app.bsky.graph.follow'])
    await bob.deletePost(reply.uri)
    await bob.deleteLike(like.uri)
    await bob.deleteRepost(repost.uri)
    await bob.deleteFollow(follow.uri)
    const { records } = (await bob.com.atproto.repo.listRecords({ repo: bob.did, collection: 'app.bsky.feed.like' })).data
    eq(records, [])
  })
  await check('api/profile with a picture', async () => {
    const { data } = await alice.uploadBlob(picture, { encoding: 'image/png' })
    await alice.upsertProfile((before) => ({ ...before, displayName: 'Alice', avatar: data.blob }))
    await alice.upsertProfile((before) => ({ ...before, description: 'twice' }))
    const { value } = (await alice.com.atproto.repo.getRecord({ repo: alice.did, collection: 'app.bsky.actor.profile', rkey: 'self' })).data
    eq([value.displayName, value.description], ['Alice', 'twice'])
    const blob = await alice.com.atproto.sync.getBlob({ did: alice.did, cid: data.blob.ref.toString() })
    ok(Buffer.from(blob.data).equals(picture))
  })
  await check('api/list with a member', async () => {
    const list = await alice.app.bsky.graph.list.create({ repo: alice.did }, { name: 'friends', purpose: 'app.bsky.graph.defs#curatelist', createdAt: new Date().toISOString() })
    await alice.app.bsky.graph.listitem.create({ repo: alice.did }, { list: list.uri, subject: bob.did, createdAt: new Date().toISOString() })
    const { records } = await alice.app.bsky.graph.listitem.list({ repo: alice.did })
    eq(records[0].value.subject, bob.did)
  })
  await check('api/preferences', async () => {
    await alice.setAdultContentEnabled(true)
    await alice.setPersonalDetails({ birthDate: '1990-01-01T00:00:00.000Z' })
    const preferences = await alice.getPreferences()
    eq(preferences.moderationPrefs.adultContentEnabled, true)
    eq(preferences.birthDate.toISOString(), '1990-01-01T00:00:00.000Z')
  })
  await check('api/app password: writes, but does not manage', async () => {
    const { data } = await alice.com.atproto.server.createAppPassword({ name: 'phone' })
    const phone = new AtpAgent({ service: origin })
    await phone.login({ identifier: alice.session.handle, password: data.password })
    await phone.post({ text: 'from the phone' })
    await fails(() => phone.com.atproto.server.createAppPassword({ name: 'more' }), 400)
    eq((await phone.getPreferences()).birthDate, undefined)
  })
  await check('api/what does not fit is an error with a name', async () => {
    await fails(() => alice.com.atproto.repo.createRecord({ repo: alice.did, collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post', text: 7 } }), 400)
    await fails(() => alice.com.atproto.repo.getRecord({ repo: alice.did, collection: 'app.bsky.feed.post', rkey: 'nothing' }), 400)
    await fails(() => new AtpAgent({ service: origin }).login({ identifier: alice.session.handle, password: 'wrong' }), 401)
  })
  world.alice = alice
  world.bob = bob
}
