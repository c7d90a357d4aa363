-- Service tokens that were used, by the hash of their issuer and id, until they end by themselves.
CREATE TABLE id_used_token (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  expires BIGINT NOT NULL
);
CREATE INDEX id_used_token_expires ON id_used_token (expires);

-- What members reported when the host had nobody to send it to.
CREATE TABLE id_report (
  id BIGINT NOT NULL PRIMARY KEY,
  pod BIGINT NOT NULL,
  reported_by VARCHAR(2048) NOT NULL,
  reason_type VARCHAR(512) NOT NULL,
  reason TEXT NOT NULL,
  subject TEXT NOT NULL,
  made BIGINT NOT NULL,
  closed BIGINT
);
CREATE INDEX id_report_pod ON id_report (pod, made);
