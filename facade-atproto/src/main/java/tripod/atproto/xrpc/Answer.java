package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import tripod.atproto.json.RecordJson;

/** Writes answers token by token. */
final class Answer {
  private Answer() {}

  /** Writes the fields of an answer. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** Answers with a JSON object. */
  static void json(Context context, Fields fields) {
    value(
        context,
        out -> {
          out.writeStartObject();
          fields.write(out);
          out.writeEndObject();
        });
  }

  /** Answers with a JSON value that is written as a whole. */
  static void value(Context context, Fields value) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
      try (JsonGenerator out = RecordJson.JSON.createGenerator(bytes)) {
        value.write(out);
      }
      context.contentType("application/json; charset=utf-8");
      context.result(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Names the type of bytes that are no text, and so have no character encoding. */
  static void binary(Context context, String mediaType) {
    context.res().setContentType(null);
    context.res().setCharacterEncoding(null);
    context.contentType(mediaType);
  }
}
