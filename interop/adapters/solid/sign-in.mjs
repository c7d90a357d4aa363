// A Solid app signs in: sign-in.mjs ORIGIN NAME PASSWORD. Prints a line a check, as the conformance runs do.
import { Session } from '@inrupt/solid-client-authn-node'
import { approve } from './approve.mjs'

const [origin, name, password] = process.argv.slice(2)
const pod = `http://${name}.localhost:${new URL(origin).port}`
let failed = 0
let passed = 0
function check(what, ok, told = '') {
  if (ok) passed++
  else failed++
  console.log(`${ok ? 'ok' : 'FAIL'} sign-in/${what}${told ? ` — ${told}` : ''}`)
}

const session = new Session({ keepAlive: false })
let to
await session.login({ oidcIssuer: origin, redirectUrl: 'http://localhost:19998/back', clientName: 'Interop', handleRedirect: (url) => { to = url } })
check('the library registers and sends the person to the pages', to?.startsWith(`${origin}/oauth/authorize?`))
const back = await approve(to, { identifier: name, password, scope: 'openid webid offline_access' })
const info = await session.handleIncomingRedirect(back)
check('code for tokens', info?.isLoggedIn === true)
check('the WebID is the member\'s', info?.webId === `${pod}/profile/card#me`, info?.webId)
check('reads what only the owner may', (await session.fetch(`${pod}/settings/`)).status === 200)
check('nobody else does', (await fetch(`${pod}/settings/`)).status === 401)
const put = await session.fetch(`${pod}/by-an-app`, { method: 'PUT', headers: { 'content-type': 'text/turtle' }, body: '<> <http://schema.org/name> "by an app".' })
check('writes', put.status === 201, String(put.status))
await session.logout({ logoutType: 'app' })
console.log(`${passed} passed, ${failed} failed, 0 skipped`)
process.exit(failed ? 1 : 0)
