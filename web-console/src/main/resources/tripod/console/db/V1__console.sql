-- Signed-in browsers. A row is found by the digest of what the browser holds: whoever reads the
-- table cannot sign in with it (SEC-52). Times are milliseconds since 1970.
create table console_session (
  id_hash   varchar(64) not null primary key,
  pod_id    bigint      not null,
  signed_in bigint      not null,
  last_seen bigint      not null
);
create index console_session_pod on console_session (pod_id);

-- Members who run the server.
create table console_host (
  pod_id bigint not null primary key,
  since  bigint not null
);
