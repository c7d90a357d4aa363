// Takes mail on loopback, keeps it, and finds the codes in it.
import net from 'node:net'
import { until } from './check.mjs'

function text(raw) {
  const at = raw.indexOf('\r\n\r\n')
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(raw.slice(0, at))?.[1]?.toLowerCase()
  const body = raw.slice(at + 4)
  return encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body
}

export function openMailbox(port) {
  const mails = []
  const server = net.createServer((socket) => {
    let rest = ''
    let to = ''
    let data = false
    socket.on('error', () => {})
    socket.write('220 mailbox\r\n')
    socket.setEncoding('latin1').on('data', (more) => {
      rest += more
      for (;;) {
        const mark = data ? '\r\n.\r\n' : '\r\n'
        const at = rest.indexOf(mark)
        if (at < 0) return
        const part = rest.slice(0, at)
        rest = rest.slice(at + mark.length)
        if (data) mails.push({ to, text: text(part) })
        else if (/^RCPT/i.test(part)) to = /<(.*?)>/.exec(part)[1]
        const begins = !data && /^DATA/i.test(part)
        data = begins
        socket.write(begins ? '354 go on\r\n' : '250 ok\r\n')
        if (/^QUIT/i.test(part)) socket.end()
      }
    })
  }).listen(port, '127.0.0.1')
  return {
    // Other mail may follow the code: that the identity was changed elsewhere, for one.
    code: (to) => until(() => mails.filter((m) => m.to === to).map((m) => m.text.match(/\b[A-Z2-7]{5}-[A-Z2-7]{5}\b/)?.[0]).findLast(Boolean), `a code to ${to}`),
    close: () => server.close(),
  }
}
