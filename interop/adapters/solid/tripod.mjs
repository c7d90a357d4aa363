// Accounts of Tripod for the Solid checks and the load generator, through its admin interface.
import { http } from '../lib/http.mjs';

export const name = 'tripod';
export const accessControl = 'wac';

/** Makes an account with a pod, a WebID and a pair for client_credentials; TRIPOD_ADMIN_TOKEN must be set. */
export async function provision(base, podName) {
  const password = `correct horse ${podName}`;
  const url = new URL('api/admin/accounts', base).href;
  const answer = await http('POST', url, {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${process.env.TRIPOD_ADMIN_TOKEN ?? ''}`,
    },
    body: JSON.stringify({ name: podName, password, email: `${podName}@peers.example` }),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  const account = JSON.parse(answer.text);
  return {
    name: podName,
    webId: account.webid,
    pod: account.storage,
    issuer: account.issuer,
    clientId: account.clientId,
    clientSecret: account.clientSecret,
    password,
  };
}

// The authorization code flow is not there yet; without this function its checks are left out.
export const authorize = undefined;
