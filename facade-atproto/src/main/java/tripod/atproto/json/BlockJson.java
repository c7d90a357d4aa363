package tripod.atproto.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tripod.podstore.cbor.DagCborReader;

/**
 * Writes blocks as JSON without making values of what is in them: text goes from bytes to bytes.
 *
 * <p>Takes blocks that are valid but not canonical, as imported ones may be.
 */
public final class BlockJson {
  private static final int NAMES = 512;
  private static final int NAME_BYTES_MAX = 64;

  /** Keys seen before: records of all people have the same few. One takes another's place. */
  private static final @Nullable Name[] KNOWN = new @Nullable Name[NAMES];

  private final byte[] block;
  private final DagCborReader in;
  private final JsonGenerator out;
  private final boolean takesBytes;

  private BlockJson(byte[] block, JsonGenerator out) {
    this.block = block;
    this.in = DagCborReader.lenient(block);
    this.out = out;
    this.takesBytes = RecordJson.takesBytes(out);
  }

  /** Writes a record from its bytes. */
  public static void write(byte[] block, JsonGenerator out) throws IOException {
    new BlockJson(block, out).value();
  }

  /** Writes the fields of a map from its bytes, into an object that was begun. */
  public static void writeFields(byte[] block, JsonGenerator out) throws IOException {
    new BlockJson(block, out).fields();
  }

  private void value() throws IOException {
    switch (in.peek()) {
      case TEXT -> text();
      case INTEGER -> out.writeNumber(in.integer());
      case TRUTH -> out.writeBoolean(in.truth());
      case NULL -> {
        in.skipNull();
        out.writeNull();
      }
      case LINK -> RecordJson.link(in.link(), out);
      case BYTES -> RecordJson.bytes(in.bytes(), out);
      case LIST -> {
        int count = in.list();
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
          value();
        }
        out.writeEndArray();
      }
      case MAP -> {
        out.writeStartObject();
        fields();
        out.writeEndObject();
      }
    }
  }

  private void fields() throws IOException {
    int count = in.map();
    for (int i = 0; i < count; i++) {
      name();
      value();
    }
  }

  private void text() throws IOException {
    if (takesBytes) {
      int length = in.skipText();
      out.writeUTF8String(block, in.position() - length, length);
    } else {
      out.writeString(in.text());
    }
  }

  private void name() throws IOException {
    in.skipKey(-1, 0);
    int from = in.keyFrom();
    int length = in.keyLength();
    int hash = length;
    boolean isPlain = length <= NAME_BYTES_MAX; // and ASCII
    for (int i = from; isPlain && i < from + length; i++) {
      isPlain = block[i] >= 0;
      hash = 31 * hash + block[i];
    }
    if (!isPlain) {
      out.writeFieldName(in.keyText());
      return;
    }
    int place = (hash ^ hash >>> 9) & (NAMES - 1);
    // Several threads may put here at once: a name is whole whenever it is seen.
    Name known = KNOWN[place];
    if (known == null || !known.is(block, from, length)) {
      known = new Name(Arrays.copyOfRange(block, from, from + length));
      KNOWN[place] = known;
    }
    out.writeFieldName(known.text);
  }

  /** A key in ASCII. */
  private static final class Name {
    private final byte[] bytes;
    private final SerializedString text;

    Name(byte[] bytes) {
      this.bytes = bytes;
      this.text = new SerializedString(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    boolean is(byte[] other, int from, int length) {
      return Arrays.equals(bytes, 0, bytes.length, other, from, from + length);
    }
  }
}
