-- Entries of streams: packed, and in pieces where an engine gives a long row pages of its own.

-- How the payload is written: 0 as it is, 1 as a zstd frame.
ALTER TABLE stream ADD COLUMN form SMALLINT DEFAULT 0 NOT NULL;

-- How many pieces of the payload follow what is in the row.
ALTER TABLE stream ADD COLUMN pieces SMALLINT DEFAULT 0 NOT NULL;

CREATE TABLE stream_piece (
  piece ${order} NOT NULL PRIMARY KEY,  -- number of the entry * 32 + place of the piece
  content ${blob} NOT NULL
);
