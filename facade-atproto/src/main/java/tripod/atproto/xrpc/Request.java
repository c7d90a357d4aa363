package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.atproto.json.RecordJson;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** Takes parameters and bodies apart, and says what is wrong with them. */
final class Request {
  private Request() {}

  /** Returns a parameter that must be there. */
  static String param(Context context, String name) {
    return optional(context, name)
        .orElseThrow(() -> XrpcFailure.invalid("Params must have the property \"" + name + "\""));
  }

  /** Returns a parameter that may be there. */
  static Optional<String> optional(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
  }

  static Did did(Context context) {
    String text = param(context, "did");
    if (!Did.isValid(text)) {
      throw XrpcFailure.invalid("did must be a valid did");
    }
    return new Did(text);
  }

  static Nsid collection(Context context) {
    return nsid(param(context, "collection"));
  }

  static Nsid nsid(String text) {
    if (!Nsid.isValid(text)) {
      throw XrpcFailure.invalid("collection must be a valid nsid");
    }
    return new Nsid(text);
  }

  static RecordKey rkey(String text) {
    if (!RecordKey.isValid(text)) {
      throw XrpcFailure.invalid("rkey must be a valid record key");
    }
    return new RecordKey(text);
  }

  /** Returns the record that the parameters {@code collection} and {@code rkey} name. */
  static RecordName record(Context context) {
    return new RecordName(collection(context), rkey(param(context, "rkey")));
  }

  /** Returns the record that a body names by {@code collection} and {@code rkey}. */
  static RecordName record(DagFields body) {
    return new RecordName(nsid(text(body, "collection")), rkey(text(body, "rkey")));
  }

  static Cid cid(String text) {
    if (text.length() != Cid.CHARS) {
      throw XrpcFailure.invalid("cid must be a cid string");
    }
    return Cid.parse(text);
  }

  /** Returns how many are wanted. */
  static int limit(Context context, int max, int ordinary) {
    Optional<String> text = optional(context, "limit");
    if (text.isEmpty()) {
      return ordinary;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of bounds
    }
    throw XrpcFailure.invalid("limit must be an integer from 1 to " + max);
  }

  /** Reads the body as a JSON object. */
  static DagFields body(Context context, int bytesMax) {
    String type = Optional.ofNullable(context.contentType()).orElse("");
    if (type.isEmpty() && context.contentLength() <= 0) {
      return DagFields.EMPTY;
    }
    if (!type.startsWith("application/json")) {
      throw XrpcFailure.invalid("Wrong request encoding (Content-Type): " + type);
    }
    if (RecordJson.parse(bytes(context, bytesMax)) instanceof DagFields fields) {
      return fields;
    }
    throw XrpcFailure.invalid("Input must be an object");
  }

  /** Reads a body whole. */
  static byte[] bytes(Context context, int bytesMax) {
    try (InputStream in = context.bodyInputStream()) {
      int told = context.contentLength();
      // Where the length is told, exactly as much is read and nothing is copied twice.
      byte[] bytes = in.readNBytes(told >= 0 && told <= bytesMax ? told : bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new XrpcFailure(413, "PayloadTooLarge", "request entity too large");
      }
      return bytes;
    } catch (IOException e) {
      throw XrpcFailure.invalid("the body could not be read");
    }
  }

  /** Returns a text that must be in a body. */
  static String text(DagFields body, String name) {
    return optional(body, name)
        .orElseThrow(() -> XrpcFailure.invalid("Input must have the property \"" + name + "\""));
  }

  /** Returns a text that may be in a body. */
  static Optional<String> optional(DagFields body, String name) {
    DagValue value = body.find(name);
    if (value == null || value instanceof DagScalar.Null) {
      return Optional.empty();
    }
    return Optional.of(
        value
            .asText()
            .orElseThrow(() -> XrpcFailure.invalid("Input/" + name + " must be a string")));
  }

  /** Returns a truth value that may be in a body. */
  static Optional<Boolean> truth(DagFields body, String name) {
    DagValue value = body.find(name);
    if (value == null || value instanceof DagScalar.Null) {
      return Optional.empty();
    }
    if (value instanceof DagScalar.Bool bool) {
      return Optional.of(bool.value());
    }
    throw XrpcFailure.invalid("Input/" + name + " must be a boolean");
  }

  /** Returns a whole number that must be in a body. */
  static int number(DagFields body, String name, int min, int max) {
    long number =
        body.integer(name)
            .orElseThrow(
                () -> XrpcFailure.invalid("Input/" + name + " must be an integer, and be there"));
    if (number < min || number > max) {
      throw XrpcFailure.invalid("Input/" + name + " must be from " + min + " to " + max);
    }
    return (int) number;
  }

  /** Returns the texts of a list that may be in a body. */
  static List<String> texts(DagFields body, String name) {
    List<String> texts = new ArrayList<>();
    for (DagValue value : body.items(name)) {
      texts.add(
          value
              .asText()
              .orElseThrow(() -> XrpcFailure.invalid("Input/" + name + " must hold strings")));
    }
    if (texts.isEmpty()
        && body.has(name)
        && !(body.get(name).orElseThrow() instanceof DagValue.Items)) {
      throw XrpcFailure.invalid("Input/" + name + " must be an array");
    }
    return texts;
  }
}
