package tripod.atproto.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import tripod.atproto.json.BlockJson;
import tripod.atproto.json.RecordJson;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagCborWriter;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/**
 * The newer forms of the stream's messages, in which a frame is one object that says what it is.
 *
 * @see <a href="https://github.com/bluesky-social/proposals/tree/main/0015-json-event-stream">the
 *     proposal for JSON event streams</a>
 */
final class MessageForms {
  private static final String TYPE = "$type";
  private static final String NSID = "com.atproto.sync.subscribeRepos";

  private MessageForms() {}

  static byte[] json(FrameBody body) {
    return write(
        out -> {
          out.writeStringField(TYPE, "message");
          out.writeObjectFieldStart("payload");
          out.writeStringField(TYPE, NSID + body.type());
          BlockJson.writeFields(body.message(), out);
          out.writeEndObject();
        });
  }

  static byte[] cbor(FrameBody body) {
    DagFields payload =
        DagCbor.decodeOwn(body.message()).with(TYPE, DagValue.of(NSID + body.type()));
    return new DagCborWriter(128 + body.message().length)
        .value(DagFields.builder().put(TYPE, "message").put("payload", payload).build())
        .toByteArray();
  }

  static byte[] jsonError(String error, String message) {
    return write(
        out -> {
          out.writeStringField(TYPE, "error");
          out.writeStringField("error", error);
          out.writeStringField("message", message);
        });
  }

  static byte[] cborError(String error, String message) {
    return new DagCborWriter(128)
        .value(
            DagFields.builder()
                .put(TYPE, "error")
                .put("error", error)
                .put("message", message)
                .build())
        .toByteArray();
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] write(Fields fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(1024)) {
      try (JsonGenerator out = RecordJson.JSON.createGenerator(bytes)) {
        out.writeStartObject();
        fields.write(out);
        out.writeEndObject();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
