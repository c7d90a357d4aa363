package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes what operations are made of, maps, lists, texts and null, as canonical DAG-CBOR.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-cbor/spec/">DAG-CBOR</a>
 */
final class PlcCbor {
  private static final int TEXT = 3 << 5;
  private static final int LIST = 4 << 5;
  private static final int MAP = 5 << 5;
  private static final int NULL = 0xf6;

  private PlcCbor() {}

  static byte[] encode(JsonNode value) {
    var out = new ByteArrayOutputStream(1024);
    write(value, out);
    return out.toByteArray();
  }

  private static void write(JsonNode value, ByteArrayOutputStream out) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        List<Map.Entry<byte[], JsonNode>> entries = new ArrayList<>(value.size());
        value
            .properties()
            .forEach(
                field ->
                    entries.add(
                        Map.entry(
                            field.getKey().getBytes(StandardCharsets.UTF_8), field.getValue())));
        entries.sort(
            (a, b) ->
                a.getKey().length == b.getKey().length
                    ? Arrays.compareUnsigned(a.getKey(), b.getKey())
                    : Integer.compare(a.getKey().length, b.getKey().length));
        head(MAP, entries.size(), out);
        for (var entry : entries) {
          head(TEXT, entry.getKey().length, out);
          out.writeBytes(entry.getKey());
          write(entry.getValue(), out);
        }
      }
      case ARRAY -> {
        head(LIST, value.size(), out);
        for (JsonNode member : value) {
          write(member, out);
        }
      }
      case STRING -> {
        byte[] text = value.textValue().getBytes(StandardCharsets.UTF_8);
        head(TEXT, text.length, out);
        out.writeBytes(text);
      }
      case NULL -> out.write(NULL);
      default -> throw new IllegalArgumentException("operations hold texts, lists and maps alone");
    }
  }

  private static void head(int major, int length, ByteArrayOutputStream out) {
    if (length < 24) {
      out.write(major | length);
    } else if (length < 0x100) {
      out.write(major | 24);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(major | 25);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(major | 26);
      out.write(length >> 24);
      out.write(length >> 16);
      out.write(length >> 8);
      out.write(length);
    }
  }
}
