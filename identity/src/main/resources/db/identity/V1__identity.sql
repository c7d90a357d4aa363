-- Identity's tables. Portable: H2, SQLite, PostgreSQL. Times are milliseconds since 1970.

CREATE TABLE id_account (
  pod BIGINT NOT NULL PRIMARY KEY,
  did VARCHAR(2048) NOT NULL,
  handle VARCHAR(253) NOT NULL,
  name VARCHAR(63) NOT NULL,
  host VARCHAR(253) NOT NULL,
  email VARCHAR(320),
  email_key VARCHAR(320),
  email_confirmed SMALLINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  password VARCHAR(300) NOT NULL,
  created BIGINT NOT NULL,
  deactivated BIGINT,
  delete_after BIGINT,
  takedown_ref VARCHAR(1000)
);
CREATE UNIQUE INDEX id_account_did ON id_account (did);
CREATE UNIQUE INDEX id_account_handle ON id_account (handle);
CREATE UNIQUE INDEX id_account_email ON id_account (email_key);

-- Every host name that leads to a pod: its own and its handle. One row a name, so none leads to two.
CREATE TABLE id_host_name (
  host VARCHAR(253) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL
);
CREATE INDEX id_host_name_pod ON id_host_name (pod);

-- Private keys, sealed under the pod's wrapping key, which is sealed under the master key. Pod 0 is
-- the host.
CREATE TABLE id_key (
  pod BIGINT NOT NULL,
  purpose VARCHAR(32) NOT NULL,
  public_key VARCHAR(2000) NOT NULL,
  sealed BYTEA NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (pod, purpose)
);

CREATE TABLE id_reserved_key (
  public_key VARCHAR(200) NOT NULL PRIMARY KEY,
  did VARCHAR(2048),
  sealed BYTEA NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX id_reserved_key_did ON id_reserved_key (did);

-- Refresh tokens by the hash of their id. The successor is derived from the id, never stored. All
-- tokens that came of one sign-in are one lineage; without a row of it its access tokens end too.
CREATE TABLE id_session (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  lineage VARCHAR(64) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  app_password VARCHAR(253),
  expires BIGINT NOT NULL,
  next_id VARCHAR(64)
);
CREATE INDEX id_session_pod ON id_session (pod);
CREATE INDEX id_session_lineage ON id_session (lineage);

CREATE TABLE id_app_password (
  pod BIGINT NOT NULL,
  name VARCHAR(253) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  privileged SMALLINT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (pod, name)
);

CREATE TABLE id_invite (
  code VARCHAR(100) NOT NULL PRIMARY KEY,
  pod BIGINT,
  uses INTEGER NOT NULL,
  disabled SMALLINT NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX id_invite_pod ON id_invite (pod);
CREATE TABLE id_invite_use (
  code VARCHAR(100) NOT NULL,
  did VARCHAR(2048) NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (code, did)
);

CREATE TABLE id_client (
  client_id VARCHAR(128) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  secret_hash VARCHAR(64) NOT NULL,
  label VARCHAR(253) NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX id_client_pod ON id_client (pod);

CREATE TABLE id_bearer (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  client_id VARCHAR(2048) NOT NULL,
  scope VARCHAR(1000) NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX id_bearer_pod ON id_bearer (pod);

CREATE TABLE id_mail_code (
  pod BIGINT NOT NULL,
  purpose VARCHAR(32) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  expires BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (pod, purpose)
);
CREATE INDEX id_mail_code_hash ON id_mail_code (hash);

CREATE TABLE id_plc_operation (
  did VARCHAR(64) NOT NULL,
  cid VARCHAR(80) NOT NULL,
  seq BIGINT NOT NULL,
  operation VARCHAR(16000) NOT NULL,
  created BIGINT NOT NULL,
  nullified SMALLINT NOT NULL,
  PRIMARY KEY (did, cid)
);
CREATE UNIQUE INDEX id_plc_operation_seq ON id_plc_operation (seq);

-- Append-only; each row's hash covers the one before (SEC-95). Addresses are no part of the hash,
-- since they are cut short after 30 days.
CREATE TABLE id_audit (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  pod BIGINT,
  event VARCHAR(64) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  address VARCHAR(64),
  hash VARCHAR(64) NOT NULL
);
CREATE INDEX id_audit_pod ON id_audit (pod, seq);
