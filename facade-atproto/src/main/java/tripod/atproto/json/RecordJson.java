package tripod.atproto.json;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;
import tripod.syntax.SyntaxException;

/**
 * Reads and writes records as JSON, token by token.
 *
 * <p>A link is an object with {@code $link} alone, bytes one with {@code $bytes} alone. Numbers are
 * integers within 2^53, keys stand once (SEC-33), and nothing nests deeper than {@value
 * DagCbor#DEPTH_MAX} (SEC-30).
 */
public final class RecordJson {
  /** The factory of all parsers and generators of this facade. */
  public static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(20).build())
          .build();

  private static final long INTEGER_MAX = (1L << 53) - 1;
  private static final int INTEGER_CHARS_MAX = 20;
  private static final String LINK = "$link";
  private static final String BYTES = "$bytes";

  private RecordJson() {}

  /**
   * Reads a whole JSON text.
   *
   * @throws PodFailure.Invalid when it is no JSON, or says what the data model cannot
   */
  public static DagValue parse(byte[] json) {
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      DagValue value = read(in);
      if (in.nextToken() != null) {
        throw new PodFailure.Invalid("JSON goes on after its end");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new PodFailure.Invalid("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PodFailure.Invalid("not JSON", e);
    }
  }

  /**
   * Reads the value whose first token the parser stands on; it stands on the last one afterwards.
   *
   * @throws PodFailure.Invalid when it says what the data model cannot
   */
  public static DagValue read(JsonParser in) throws IOException {
    return read(in, 0);
  }

  private static DagValue read(JsonParser in, int depth) throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new PodFailure.Invalid("JSON ends early");
    }
    return switch (token) {
      case START_OBJECT -> object(in, deeper(depth));
      case START_ARRAY -> array(in, deeper(depth));
      case VALUE_STRING -> DagValue.of(checked(in.getText()));
      case VALUE_NUMBER_INT -> DagValue.of(integer(in));
      case VALUE_NUMBER_FLOAT -> DagValue.of(wholeNumber(in));
      case VALUE_TRUE -> DagValue.of(true);
      case VALUE_FALSE -> DagValue.of(false);
      case VALUE_NULL -> DagValue.nil();
      default -> throw new PodFailure.Invalid("JSON has an unexpected " + token);
    };
  }

  private static int deeper(int depth) {
    if (depth == DagCbor.DEPTH_MAX) {
      throw new PodFailure.Invalid("JSON is deeper than " + DagCbor.DEPTH_MAX + " levels");
    }
    return depth + 1;
  }

  private static DagValue object(JsonParser in, int depth) throws IOException {
    DagFields.Builder fields = DagFields.builder();
    boolean special = false;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = checked(in.currentName());
      in.nextToken();
      special |= key.equals(LINK) || key.equals(BYTES);
      if (!fields.putNew(key, read(in, depth))) {
        throw new PodFailure.Invalid("JSON has the key " + key + " twice");
      }
    }
    DagFields built = fields.build();
    return special ? special(built) : built;
  }

  private static DagValue special(DagFields fields) {
    if (fields.size() != 1 || !(fields.value(0) instanceof DagScalar.Text text)) {
      throw new PodFailure.Invalid(
          "an object with " + LINK + " or " + BYTES + " must hold one text and nothing else");
    }
    if (fields.key(0).equals(LINK)) {
      try {
        return DagValue.of(Cid.parse(text.value()));
      } catch (SyntaxException e) {
        throw new PodFailure.Invalid("link to " + e.getMessage(), e);
      }
    }
    return DagValue.of(base64(text.value()));
  }

  private static byte[] base64(String text) {
    try {
      // Padding may be there or not.
      return Base64Variants.MIME_NO_LINEFEEDS
          .withPaddingAllowed()
          .withWritePadding(false)
          .decode(text);
    } catch (IllegalArgumentException e) {
      throw new PodFailure.Invalid("bytes are not in base64", e);
    }
  }

  private static DagValue array(JsonParser in, int depth) throws IOException {
    List<DagValue> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(in, depth));
    }
    return DagValue.of(items);
  }

  private static long integer(JsonParser in) throws IOException {
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new PodFailure.Invalid("number " + in.getText() + " is not within 2^53");
    }
    return within(in.getLongValue());
  }

  /** Takes a number with a fraction of zeros as the integer it is, and no other. */
  private static long wholeNumber(JsonParser in) throws IOException {
    String text = in.getText();
    double value = text.length() > INTEGER_CHARS_MAX ? Double.NaN : Double.parseDouble(text);
    if (value != Math.rint(value) || Math.abs(value) > INTEGER_MAX) {
      throw new PodFailure.Invalid("number " + text + " is no integer within 2^53");
    }
    return (long) value;
  }

  private static long within(long value) {
    if (value > INTEGER_MAX || value < -INTEGER_MAX) {
      throw new PodFailure.Invalid("number " + value + " is not within 2^53");
    }
    return value;
  }

  /** Refuses halves of surrogate pairs, which have no UTF-8 form. */
  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new PodFailure.Invalid("text with half of a character");
        }
        i++;
      }
    }
    return text;
  }

  /** Writes a value. */
  public static void write(DagValue value, JsonGenerator out) throws IOException {
    switch (value) {
      case DagScalar.Text t -> out.writeString(t.value());
      case DagScalar.Int i -> out.writeNumber(i.value());
      case DagScalar.Bool b -> out.writeBoolean(b.value());
      case DagScalar.Null n -> out.writeNull();
      case DagScalar.Link l -> link(l.cid(), out);
      case DagScalar.Bytes b -> bytes(b.value(), out);
      case DagValue.Items items -> {
        out.writeStartArray();
        for (DagValue item : items.items()) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case DagFields fields -> {
        out.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
          out.writeFieldName(fields.key(i));
          write(fields.value(i), out);
        }
        out.writeEndObject();
      }
    }
  }

  static void link(Cid cid, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeFieldName(LINK);
    cid(cid, out);
    out.writeEndObject();
  }

  /** Writes the text of a CID. */
  public static void cid(Cid cid, JsonGenerator out) throws IOException {
    if (takesBytes(out)) {
      out.writeRawUTF8String(cid.textBytes(), 0, Cid.CHARS);
    } else {
      out.writeString(cid.toString());
    }
  }

  /** Says whether a generator takes text as bytes; a buffer of tokens does not. */
  static boolean takesBytes(JsonGenerator out) {
    return out instanceof UTF8JsonGenerator;
  }

  static void bytes(byte[] value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeFieldName(BYTES);
    out.writeBinary(
        Base64Variants.MIME_NO_LINEFEEDS.withWritePadding(false), value, 0, value.length);
    out.writeEndObject();
  }
}
