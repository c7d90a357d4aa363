// An account moves from one server to another and back, with nothing but @atproto/api.
import { AtpAgent } from '@atproto/api'
import { check, eq, fails, ok } from '../lib/check.mjs'
import { newMember, picture } from './official.mjs'

const CREATE = 'com.atproto.server.createAccount'

export async function migration(world) {
  const { origin, other, name } = world
  let agent
  await check('migration/there', async () => {
    agent = await newMember(world, origin, 'mover')
    const { data } = await agent.uploadBlob(picture, { encoding: 'image/png' })
    await agent.post({ text: 'before the move', embed: { $type: 'app.bsky.embed.images', images: [{ alt: 'a dot', image: data.blob }] } })
    await agent.setAdultContentEnabled(true)
    agent = await move(world, agent, other, name('moved'))
  })
  if (!agent) return
  await check('migration/and back', async () => {
    await agent.post({ text: 'after the move' })
    agent = await come(world, agent, origin)
    const { records } = (await agent.com.atproto.repo.listRecords({ repo: agent.did, collection: 'app.bsky.feed.post' })).data
    eq(records.map((r) => r.value.text), ['after the move', 'before the move'])
    await agent.post({ text: 'at home again' })
  })
}

/** Moves to a server where the account has never been. */
async function move(world, from, service, own) {
  const to = new AtpAgent({ service })
  const { data: server } = await to.com.atproto.server.describeServer()
  const { data: { token } } = await from.com.atproto.server.getServiceAuth({ aud: server.did, lxm: CREATE })
  const account = { did: from.did, handle: `${own}${server.availableUserDomains[0]}`, email: `${own}@mail.test`, password: world.password }
  const { data } = await to.com.atproto.server.createAccount(account, { headers: { authorization: `Bearer ${token}` }, encoding: 'application/json' })
  await to.resumeSession({ ...data, active: false })
  await carry(world, from, to)
  return to
}

/** Moves to a server where the account is asleep since it left. */
async function come(world, from, service) {
  const to = new AtpAgent({ service })
  await to.login({ identifier: from.did, password: world.password })
  await carry(world, from, to)
  return to
}

async function carry({ mailbox }, from, to) {
  const did = from.did
  const repo = await from.com.atproto.sync.getRepo({ did })
  await to.com.atproto.repo.importRepo(repo.data, { encoding: 'application/vnd.ipld.car' })
  let cursor
  do {
    const { data } = await to.com.atproto.repo.listMissingBlobs({ cursor, limit: 100 })
    for (const { cid } of data.blobs) {
      const blob = await from.com.atproto.sync.getBlob({ did, cid })
      await to.com.atproto.repo.uploadBlob(blob.data, { encoding: blob.headers['content-type'] })
    }
    cursor = data.cursor
  } while (cursor)
  await to.app.bsky.actor.putPreferences((await from.app.bsky.actor.getPreferences()).data)
  await fails(() => to.com.atproto.server.activateAccount(), 400)
  await from.com.atproto.identity.requestPlcOperationSignature()
  const { data: wanted } = await to.com.atproto.identity.getRecommendedDidCredentials()
  const { data: signed } = await from.com.atproto.identity.signPlcOperation({ token: await mailbox.code(from.session.email), ...wanted })
  await to.com.atproto.identity.submitPlcOperation({ operation: signed.operation })
  await to.com.atproto.server.activateAccount()
  const { data: status } = await to.com.atproto.server.checkAccountStatus()
  eq([status.activated, status.validDid, status.importedBlobs], [true, true, status.expectedBlobs])
  await from.com.atproto.server.deactivateAccount({})
  ok((await to.getPreferences()).moderationPrefs.adultContentEnabled)
}
