package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tripod.atproto.json.RecordJson;
import tripod.podstore.cbor.DagFields;

/** Operations of identities between this door, which reads fields, and identity, which has JSON. */
final class PlcJson {
  private static final JsonMapper JSON = new JsonMapper();

  private PlcJson() {}

  static DagFields fields(JsonNode json) {
    return (DagFields) RecordJson.parse(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode of(DagFields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (JsonGenerator out = RecordJson.JSON.createGenerator(bytes)) {
        RecordJson.write(fields, out);
      }
      return JSON.readTree(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
