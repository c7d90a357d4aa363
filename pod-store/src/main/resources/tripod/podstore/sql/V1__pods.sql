-- Every key that belongs to a pod leads with pod_id. Names and paths are UTF-8 bytes, so that all
-- engines sort them alike. Times are milliseconds since 1970, revisions are TIDs as numbers.

CREATE TABLE pod (
  pod_id BIGINT NOT NULL PRIMARY KEY,
  rev BIGINT NOT NULL,                  -- 0 before the first commit
  number BIGINT NOT NULL,               -- commits so far
  next_container INT NOT NULL
);

CREATE TABLE container (
  pod_id BIGINT NOT NULL,
  path ${bytes} NOT NULL,
  container_id INT NOT NULL,            -- never given twice in a pod
  members BIGINT NOT NULL,
  rev BIGINT NOT NULL,                  -- of the last change of membership
  modified BIGINT NOT NULL,
  PRIMARY KEY (pod_id, path)
)${compact};

CREATE TABLE resource (
  pod_id BIGINT NOT NULL,
  container_id INT NOT NULL,            -- 0 holds the root
  name ${bytes} NOT NULL,               -- with a slash at the end for a container
  aspect SMALLINT NOT NULL,
  kind SMALLINT NOT NULL,               -- 0 container, 1 document, 2 file
  media SMALLINT NOT NULL,              -- 0: see media_text
  media_text VARCHAR(1024),
  rev BIGINT NOT NULL,
  created BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  digest ${bytes},                      -- SHA-256 of a block or a file
  size BIGINT,                          -- of a file
  blobs ${blob},                        -- digests of the blobs it names, one after the other
  content ${blob},
  PRIMARY KEY (pod_id, container_id, name, aspect)
)${compact};

CREATE TABLE projection (
  pod_id BIGINT NOT NULL,
  label_id INT NOT NULL,
  item ${bytes} NOT NULL,
  content ${blob} NOT NULL,
  PRIMARY KEY (pod_id, label_id, item)
)${compact};

CREATE TABLE blob (
  pod_id BIGINT NOT NULL,
  digest ${bytes} NOT NULL,
  size BIGINT NOT NULL,
  media_text VARCHAR(1024) NOT NULL,
  stored BIGINT NOT NULL,
  unused BIGINT NOT NULL,               -- when it was last seen without a use
  PRIMARY KEY (pod_id, digest)
)${compact};

CREATE INDEX blob_digest ON blob (digest);

CREATE TABLE blob_use (
  pod_id BIGINT NOT NULL,
  digest ${bytes} NOT NULL,
  path ${bytes} NOT NULL,
  aspect SMALLINT NOT NULL,
  PRIMARY KEY (pod_id, digest, path, aspect)
)${compact};

CREATE TABLE journal (
  number ${order} NOT NULL PRIMARY KEY,
  pod_id BIGINT NOT NULL,
  pod_number BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  detail ${blob} NOT NULL               -- time, import mark and touched graphs
);

CREATE TABLE stream (
  number ${order} NOT NULL PRIMARY KEY,
  label_id INT NOT NULL,
  pod_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  payload ${blob} NOT NULL
);

CREATE TABLE label (
  label_id INT NOT NULL PRIMARY KEY,
  text VARCHAR(128) NOT NULL UNIQUE
);

CREATE TABLE counter (
  name VARCHAR(128) NOT NULL PRIMARY KEY,
  amount BIGINT NOT NULL
);
