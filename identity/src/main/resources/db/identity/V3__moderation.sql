-- What operators took out of sight: records by their path in the pod, blobs by their CID.
CREATE TABLE id_takedown (
  pod BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  subject VARCHAR(2100) NOT NULL,
  reference VARCHAR(1000) NOT NULL,
  made BIGINT NOT NULL,
  PRIMARY KEY (pod, kind, subject)
);

-- Whether an operator took an account's right to invite, and since when its address is confirmed.
ALTER TABLE id_account ADD COLUMN invites_disabled SMALLINT DEFAULT 0 NOT NULL;
ALTER TABLE id_account ADD COLUMN email_confirmed_at BIGINT;
CREATE INDEX id_account_delete_after ON id_account (delete_after);
CREATE INDEX id_invite_use_did ON id_invite_use (did);

-- Host names of accounts that are gone, so that others learn it.
CREATE TABLE id_gone_host (
  host VARCHAR(253) NOT NULL PRIMARY KEY,
  gone BIGINT NOT NULL
);
