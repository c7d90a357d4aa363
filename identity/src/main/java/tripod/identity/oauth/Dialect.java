package tripod.identity.oauth;

/** How a client speaks OAuth: what it is decides, never what it wishes (identity-byod.md 5). */
public enum Dialect {
  /** ATProto: pushed requests, PKCE, proofs with nonces. */
  ATPROTO,
  /** Solid-OIDC: PKCE, proofs, ID tokens. */
  SOLID,
  /** Clients made for Mastodon: a secret and a bearer token. */
  MASTODON
}
