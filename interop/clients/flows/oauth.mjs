// @atproto/oauth-client-node: sign-in with consent, writing with the tokens, renewing, signing out.
import { Agent } from '@atproto/api'
import { NodeOAuthClient } from '@atproto/oauth-client-node'
import { approve } from '../adapters/atproto/tripod-oauth.mjs'
import { check, eq, fails, ok } from '../lib/check.mjs'
import { newMember } from './official.mjs'

const memory = () => {
  const map = new Map()
  return { get: async (key) => map.get(key), set: async (key, value) => void map.set(key, value), del: async (key) => void map.delete(key) }
}

export async function oauth(world) {
  const { origin, password } = world
  const scope = 'atproto repo:app.bsky.feed.post?action=create'
  const redirect = 'http://127.0.0.1:19999/callback'
  const client = new NodeOAuthClient({
    clientMetadata: {
      client_id: `http://localhost?${new URLSearchParams({ redirect_uri: redirect, scope })}`,
      redirect_uris: [redirect], scope, grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
      application_type: 'native', token_endpoint_auth_method: 'none', dpop_bound_access_tokens: true,
    },
    stateStore: memory(), sessionStore: memory(), handleResolver: origin, plcDirectoryUrl: origin, allowHttp: true,
    requestLock: async (_, run) => run(),
  })
  let session, member
  await check('oauth/sign in with consent', async () => {
    member = await newMember(world, origin, 'carol')
    const url = await client.authorize(member.session.handle, { scope, state: 'back' })
    const back = await approve(url.href, { identifier: member.session.handle, password, did: member.did, scope })
    const answer = await client.callback(new URL(back).searchParams)
    eq(answer.state, 'back')
    session = answer.session
    eq(session.did, member.did)
  })
  await check('oauth/write what was allowed, nothing else', async () => {
    const agent = new Agent(session)
    const { data } = await agent.com.atproto.repo.createRecord({ repo: member.did, collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post', text: 'by a client', createdAt: new Date().toISOString() } })
    ok(data.uri.startsWith(`at://${member.did}/`))
    await fails(() => agent.com.atproto.repo.deleteRecord({ repo: member.did, collection: 'app.bsky.feed.post', rkey: data.uri.split('/').pop() }), 403)
  })
  await check('oauth/renew and sign out', async () => {
    const renewed = await client.restore(member.did, true)
    await new Agent(renewed).com.atproto.server.getSession()
    await renewed.signOut()
    let over = false
    await client.restore(member.did).catch(() => (over = true))
    ok(over, 'the session goes on')
  })
}
