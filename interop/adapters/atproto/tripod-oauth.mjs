// Signs in and consents on this server's pages as a browser without script does: forms, cookies, redirects.
//   approve(authorizeUrl, {identifier, password, did, scope}) -> the URL redirected to
import http from 'node:http'

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"' }
const plain = (s) => s.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all)
const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1], plain(m[2])]))

/** The fields of the form that is sent to `action`: hidden ones, and boxes that are ticked. */
function form(html, action) {
  const found = [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].find((f) => attributes(f[1]).action === action)
  if (!found) throw new Error(`no form to ${action}: ${html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 300)}`)
  const fields = []
  for (const [tag] of found[2].matchAll(/<input[^>]*>/g)) {
    const a = attributes(tag)
    if (a.type === 'hidden' || (a.type === 'checkbox' && /\schecked/.test(tag))) fields.push([a.name, a.value ?? ''])
  }
  return fields
}

export async function approve(authorizeUrl, { identifier, password, scope }) {
  const origin = new URL(authorizeUrl).origin
  const jar = new Map()
  const send = (method, url, body) => new Promise((resolve, reject) => {
    const u = new URL(url, origin)
    const headers = { 'user-agent': 'harness', accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    if (jar.size) headers.cookie = [...jar].map(([k, v]) => `${k}=${v}`).join('; ')
    headers['sec-fetch-site'] = method === 'GET' ? 'cross-site' : 'same-origin'
    if (body) { headers['content-type'] = 'application/x-www-form-urlencoded'; headers.origin = 'null'; headers['content-length'] = Buffer.byteLength(body) }
    const r = http.request({ host: u.hostname, port: u.port, path: u.pathname + u.search, method, headers }, (m) => {
      for (const c of m.headers['set-cookie'] || []) {
        const [k, v] = c.split(';')[0].split(/=(.*)/s)
        if (/max-age=0/i.test(c)) jar.delete(k); else jar.set(k, v)
      }
      let text = ''
      m.setEncoding('utf8'); m.on('data', (d) => (text += d))
      m.on('end', () => resolve({ status: m.statusCode, location: m.headers.location, text }))
    })
    r.on('error', reject); r.end(body)
  })
  const post = (action, fields) => send('POST', action, new URLSearchParams(fields).toString())
  let page = await send('GET', authorizeUrl)
  if (page.status === 303 && new URL(page.location, origin).origin === origin) page = await send('GET', page.location)
  if (page.status !== 200) throw new Error(`authorize page: ${page.status} ${page.text.slice(0, 300)}`)
  const signIn = '/oauth/authorize/sign-in'
  const signed = await post(signIn, [...form(page.text, signIn), ['name', identifier], ['password', password]])
  if (signed.status !== 303) throw new Error(`sign-in: ${signed.status} ${signed.text.replace(/<[^>]*>/g, ' ').slice(0, 300)}`)
  const consent = await send('GET', signed.location)
  const decide = '/oauth/authorize/decide'
  const fields = form(consent.text, decide)
  if (!scope.split(' ').every((one) => fields.some(([name, value]) => name === 'scope' && value === one))) {
    throw new Error(`the consent page does not name all of ${scope}`)
  }
  const out = await post(decide, [...fields, ['decision', 'grant']])
  if (out.status !== 303) throw new Error(`consent: ${out.status} ${out.text.replace(/<[^>]*>/g, ' ').slice(0, 300)}`)
  return out.location
}
