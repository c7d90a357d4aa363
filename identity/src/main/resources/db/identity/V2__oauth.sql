-- The authorization server's tables. Portable: H2, SQLite, PostgreSQL. Times are milliseconds since
-- 1970; what is secret is stored as a hash.

-- Clients that registered themselves: Solid apps and apps made for Mastodon.
CREATE TABLE id_oauth_client (
  client_id VARCHAR(128) NOT NULL PRIMARY KEY,
  dialect VARCHAR(16) NOT NULL,
  name VARCHAR(200),
  home VARCHAR(2048),
  redirects VARCHAR(16000) NOT NULL,
  scopes VARCHAR(2000) NOT NULL,
  secret_hash VARCHAR(64),
  created BIGINT NOT NULL
);
CREATE INDEX id_oauth_client_created ON id_oauth_client (created);

-- Requests on their way through the pages, bound to the browser that opened them first.
CREATE TABLE id_oauth_request (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  client_id VARCHAR(2048) NOT NULL,
  request VARCHAR(16000) NOT NULL,
  device VARCHAR(64),
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX id_oauth_request_expires ON id_oauth_request (expires);

-- Codes. A used one is kept for a day, so that using it again ends what came of it.
CREATE TABLE id_oauth_code (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  request VARCHAR(16000) NOT NULL,
  scope VARCHAR(8000) NOT NULL,
  grant_id VARCHAR(64),
  used SMALLINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX id_oauth_code_expires ON id_oauth_code (expires);
CREATE INDEX id_oauth_code_pod ON id_oauth_code (pod);

-- What a person allowed an app, once for each time they said so.
CREATE TABLE id_oauth_grant (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  client_id VARCHAR(2048) NOT NULL,
  client_name VARCHAR(200),
  dialect VARCHAR(16) NOT NULL,
  scope VARCHAR(8000) NOT NULL,
  thumbprint VARCHAR(64),
  client_auth VARCHAR(500) NOT NULL,
  created BIGINT NOT NULL,
  used BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX id_oauth_grant_pod ON id_oauth_grant (pod);

-- Tokens of a grant. A used refresh token stays until it expires, so that its reuse is seen.
CREATE TABLE id_oauth_token (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  grant_id VARCHAR(64) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  scope VARCHAR(16000) NOT NULL,
  used SMALLINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX id_oauth_token_grant ON id_oauth_token (grant_id);
