// A Tap for the checks: the service that @atproto/tap is a client of is a program of its own. This one gives
// its client what it promises, verified records of the repositories asked for, first those that are there,
// then those that come, and is fed by nothing but the server under test, through the official firehose client.
import http from 'node:http'
import { Firehose } from '@atproto/sync'
import { getDidKeyFromMultibase } from '@atproto/identity'
import { verifyRepoCar } from '@atproto/repo'
import { WebSocketServer } from 'ws'

export async function openTap({ origin, ids, cursor }) {
  const repos = new Map()
  const events = []
  const acked = new Set()
  const clients = new Set()
  const send = (event) => {
    events.push({ id: events.length + 1, ...event })
    for (const client of clients) client.send(JSON.stringify(events.at(-1)))
  }
  async function backfill(did) {
    const car = new Uint8Array(await (await fetch(`${origin}/xrpc/com.atproto.sync.getRepo?did=${did}`)).arrayBuffer())
    const document = await ids.did.resolveNoCheck(did)
    const method = document.verificationMethod.find((m) => m.id.endsWith('#atproto'))
    const { creates, commit } = await verifyRepoCar(car, did, getDidKeyFromMultibase({ type: method.type, publicKeyMultibase: method.publicKeyMultibase }))
    repos.set(did, { rev: commit.rev, records: creates.length })
    for (const { collection, rkey, cid } of creates) {
      const read = await (await fetch(`${origin}/xrpc/com.atproto.repo.getRecord?repo=${did}&collection=${collection}&rkey=${rkey}`)).json()
      send({ type: 'record', record: { did, rev: commit.rev, collection, rkey, action: 'create', record: read.value, cid: cid.toString(), live: false } })
    }
  }
  const firehose = new Firehose({
    idResolver: ids,
    service: origin.replace(/^http/, 'ws'),
    getCursor: () => cursor,
    onError: () => {},
    handleEvent: async (event) => {
      const repo = repos.get(event.did)
      if (!repo || !('collection' in event) || (event.rev && event.rev <= repo.rev)) return
      const { did, rev, collection, rkey, event: action } = event
      send({ type: 'record', record: { did, rev, collection, rkey, action, live: true, ...(action === 'delete' ? {} : { record: event.record, cid: event.cid.toString() }) } })
    },
  })
  firehose.start()
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const json = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (request.url === '/repos/add') {
      for (const did of JSON.parse(body).dids) await backfill(did)
      response.end()
    } else if (request.url.startsWith('/resolve/')) json(await ids.did.resolveNoCheck(request.url.slice(9)))
    else if (request.url.startsWith('/info/')) {
      const did = request.url.slice(6)
      json({ did, handle: (await ids.did.resolveAtprotoData(did)).handle, state: 'active', rev: repos.get(did).rev, records: repos.get(did).records })
    } else response.writeHead(404).end()
  })
  new WebSocketServer({ server, path: '/channel' }).on('connection', (socket) => {
    clients.add(socket)
    socket.on('message', (text) => acked.add(JSON.parse(text).id))
    socket.on('close', () => clients.delete(socket))
    for (const event of events) if (!acked.has(event.id)) socket.send(JSON.stringify(event))
  })
  await new Promise((go) => server.listen(0, '127.0.0.1', go))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    acked: () => acked.size,
    sent: () => events.length,
    close: async () => {
      for (const client of clients) client.terminate()
      server.close()
      await firehose.destroy()
    },
  }
}
