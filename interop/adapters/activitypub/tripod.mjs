// Makes a member of this server act, for conformance.mjs and bench.mjs: through the client-to-server
// outbox as any program would, and through the lab's admin addresses for what no protocol shows.
//
// --token is a bearer token of the scope `activitypub`; without one a member is made with
// TRIPOD_ADMIN_TOKEN and a token asked for. The member's host is taken from the acct.
import http from 'node:http';

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

export default function adapter({ base, token, user, acct }) {
  const admin = process.env.TRIPOD_ADMIN_TOKEN ?? '';
  const scheme = new URL(base).protocol;
  const origin = `${scheme}//${acct.replace(/^@/, '').split('@').pop()}`;
  const actor = `${origin}/actor`;
  const agent = new http.Agent({ keepAlive: true });

  const send = (method, url, headers, body) => new Promise((resolve, reject) => {
    const u = new URL(url);
    const r = http.request({ host: u.hostname, port: u.port, path: u.pathname + u.search, method, agent,
      headers: { ...headers, ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) } }, (res) => {
      const parts = [];
      res.on('data', (d) => parts.push(d));
      res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, text: Buffer.concat(parts).toString() }));
    });
    r.on('error', reject);
    r.end(body);
  });

  let bearer = token;
  const login = async () => {
    if (bearer) return bearer;
    const made = await send('POST', `${base}/api/admin/accounts`, { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      JSON.stringify({ name: user, password: `pw-${user}-interop` }));
    const { clientId, clientSecret } = JSON.parse(made.text);
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'activitypub', client_id: clientId, client_secret: clientSecret });
    const got = await send('POST', `${base}/oauth/token`, { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
    bearer = JSON.parse(got.text).access_token;
    if (!bearer) throw new Error(`no token: ${made.status} ${got.status} ${got.text}`);
    return bearer;
  };

  const outbox = async (activity) => {
    const r = await send('POST', `${actor}/outbox`, { authorization: `Bearer ${await login()}`, 'content-type': 'application/activity+json' },
      JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', ...activity }));
    if (r.status !== 201) throw new Error(`${activity.type}: ${r.status} ${r.text}`);
    return r.headers.location;
  };

  const lab = async (method, name, query = {}, body) => {
    const q = new URLSearchParams({ account: user, ...query });
    const r = await send(method, `${base}/api/admin/lab/activitypub/${name}?${q}`, { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body && JSON.stringify(body));
    if (r.status === 404) return null;
    if (r.status !== 200) throw new Error(`${name}: ${r.status} ${r.text}`);
    return JSON.parse(r.text);
  };

  const address = (visibility, mentions) => {
    const followers = `${actor}/followers`;
    switch (visibility) {
      case 'unlisted': return { to: [followers], cc: [PUBLIC, ...mentions] };
      case 'followers': return { to: [followers], cc: mentions };
      case 'direct': return { to: mentions, cc: [] };
      default: return { to: [PUBLIC], cc: [followers, ...mentions] };
    }
  };

  return {
    name: 'tripod',
    actorId: async () => { await login(); return actor; },
    follow: (target) => outbox({ type: 'Follow', object: target }),
    unfollow: (target) => outbox({ type: 'Undo', object: { type: 'Follow', object: target } }),
    block: (target) => outbox({ type: 'Block', object: target }),
    like: (object, target) => outbox({ type: 'Like', object, ...(target ? { to: [target] } : {}) }),
    announce: (object) => outbox({ type: 'Announce', object }),
    post: async ({ content, visibility = 'public', mentions = [], inReplyTo }) => {
      const to = address(visibility, mentions);
      const tag = mentions.map((href) => ({ type: 'Mention', href, name: `@${href.split('/').pop()}@${new URL(href).host}` }));
      const at = await outbox({ type: 'Create', ...to, object: { type: 'Note', content, ...to, ...(tag.length ? { tag } : {}), ...(inReplyTo ? { inReplyTo } : {}) } });
      return { object: at.split('#')[0] };
    },
    update: ({ object, content }) => outbox({ type: 'Update', object: { id: object, type: 'Note', content } }),
    remove: ({ object }) => outbox({ type: 'Delete', object }),
    followers: () => lab('GET', 'followers'),
    following: () => lab('GET', 'following'),
    stored: (id) => lab('GET', 'stored', { id }),
    reactions: (object) => lab('GET', 'reactions', { object }),
    addFollowers: (followers) => lab('POST', 'followers', {}, { followers }),
    counts: () => lab('GET', 'counts'),
    stats: () => lab('GET', 'stats'),
  };
}
