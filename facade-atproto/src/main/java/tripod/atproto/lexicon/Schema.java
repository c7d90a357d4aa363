package tripod.atproto.lexicon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a value must look like. Immutable once built. */
sealed interface Schema {
  /**
   * A text.
   *
   * @param bytesMin least length in UTF-8 bytes
   * @param bytesMax greatest length in UTF-8 bytes
   * @param graphemesMax greatest length in characters as people count them
   * @param format what it must be besides
   */
  record Text(int bytesMin, int bytesMax, int graphemesMax, Format format) implements Schema {
    static final Text ANY = new Text(0, Integer.MAX_VALUE, Integer.MAX_VALUE, Format.NONE);

    Text min(int bytes) {
      return new Text(bytes, bytesMax, graphemesMax, format);
    }

    Text max(int bytes) {
      return new Text(bytesMin, bytes, graphemesMax, format);
    }

    Text max(int bytes, int graphemes) {
      return new Text(bytesMin, bytes, graphemes, format);
    }
  }

  /** An integer within bounds. */
  record Int(long min, long max) implements Schema {}

  /** True or false. */
  record Truth() implements Schema {}

  /**
   * A blob.
   *
   * @param accept media types, with {@code /*} for all of a kind; empty for any
   * @param sizeMax greatest size in bytes
   */
  record Blob(List<String> accept, long sizeMax) implements Schema {
    boolean accepts(String mimeType) {
      if (accept.isEmpty()) {
        return true;
      }
      for (String pattern : accept) {
        if (pattern.endsWith("/*")
            ? mimeType.startsWith(pattern.substring(0, pattern.length() - 1))
            : mimeType.equals(pattern)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A list of values of one schema. */
  record Items(Schema item, int countMax) implements Schema {}

  /** One of several kinds told apart by {@code $type}; kinds not named here pass. */
  record Union(Map<String, Schema> kinds) implements Schema {}

  /** A map with known fields; others are kept. */
  record Fields(Map<String, Schema> properties, List<String> required) implements Schema {
    static Fields none() {
      return new Fields(Map.of(), List.of());
    }

    Fields must(String name, Schema schema) {
      List<String> names = new ArrayList<>(required);
      names.add(name);
      return new Fields(may(name, schema).properties, List.copyOf(names));
    }

    Fields may(String name, Schema schema) {
      Map<String, Schema> all = new TreeMap<>(properties);
      all.put(name, schema);
      return new Fields(all, required);
    }
  }
}
