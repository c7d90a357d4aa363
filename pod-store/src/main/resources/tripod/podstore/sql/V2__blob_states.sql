-- Blobs: where each one is on its way out, and what a pod takes up.

ALTER TABLE pod ADD COLUMN document_bytes BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE pod ADD COLUMN blob_bytes BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE pod ADD COLUMN quota_bytes BIGINT;          -- null: as the host says

UPDATE pod SET
  document_bytes = (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM resource r WHERE r.pod_id=pod.pod_id),
  blob_bytes = (SELECT COALESCE(SUM(size), 0) FROM blob b WHERE b.pod_id=pod.pod_id);

-- 0 kept, 1 in the trash, 2 being removed. With it, column unused says since when it is
-- unused, or in the trash; 9223372036854775807 while a resource names it.
ALTER TABLE blob ADD COLUMN state SMALLINT DEFAULT 0 NOT NULL;

DROP INDEX blob_digest;
CREATE INDEX blob_state ON blob (state, unused);

CREATE TABLE dropped_pod (
  pod_id BIGINT NOT NULL PRIMARY KEY    -- its files are still to be removed
)${compact};
