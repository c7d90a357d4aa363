-- The log of the embedded directory is asked for by time, again and again.
CREATE INDEX id_plc_operation_created ON id_plc_operation (created);
