-- Handles that an operator keeps from being taken, beside those that the software keeps.
CREATE TABLE id_reserved_handle (
  handle VARCHAR(253) NOT NULL PRIMARY KEY,
  created BIGINT NOT NULL
);
