-- Identities between this host and their directories. Portable: H2, SQLite, PostgreSQL.

-- Operations of did:plc identities that were signed or sent here, or that were noticed and told of.
CREATE TABLE id_plc_known (
  did VARCHAR(64) NOT NULL,
  cid VARCHAR(80) NOT NULL,
  PRIMARY KEY (did, cid)
);

-- How far the log of a directory was followed, as the time of an operation.
CREATE TABLE id_plc_watch (
  directory VARCHAR(500) NOT NULL PRIMARY KEY,
  followed BIGINT NOT NULL
);

-- Every did:web identity that began under a host name of ours; a row is never deleted, so that none
-- begins twice. Without a state it says what every identity hosted here says.
CREATE TABLE id_did_web (
  did VARCHAR(2048) NOT NULL PRIMARY KEY,
  state VARCHAR(16000)
);
