// One line a check, `ok|FAIL group/name — detail`; each is cut after its time, so that none hangs the run.
import { isDeepStrictEqual } from 'node:util'

const SECONDS = 60
let passed = 0
let failed = 0

export async function check(name, run) {
  let timer
  const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`no end after ${SECONDS} s`)), SECONDS * 1000) })
  try {
    const detail = await Promise.race([run(), late])
    passed++
    console.log(`ok ${name}${typeof detail === 'string' ? ` — ${detail}` : ''}`)
    return detail
  } catch (e) {
    failed++
    const text = [e?.error, e?.message ?? e, e?.cause?.message].filter(Boolean).join(': ')
    console.log(`FAIL ${name} — ${text.replace(/\s+/g, ' ').slice(0, 400)}`)
    if (process.env.TRACE) console.error(e)
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

export function ok(holds, text = 'expected true') { if (!holds) throw new Error(text) }

export function eq(got, wanted, text = '') {
  if (!isDeepStrictEqual(got, wanted)) throw new Error(`${text ? text + ': ' : ''}got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`)
}

export async function fails(run, status) {
  try { await run() } catch (e) { eq(e.status, status, `${e.error}: ${e.message}`); return }
  throw new Error('was accepted')
}

/** Waits until something holds, ten seconds at most. */
export async function until(test, text) {
  for (let i = 0; i < 200; i++) {
    const found = await test()
    if (found) return found
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error(`waited in vain for ${text}`)
}

export function result() {
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}
