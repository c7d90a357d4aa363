package tripod.atproto.lexicon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a value must look like, ready to be held against one. Immutable once built.
 *
 * @see <a href="https://atproto.com/specs/lexicon#overview-of-types">Lexicon: overview of types</a>
 */
sealed interface Schema {
  /** Stands for no upper bound of a length. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** Nothing but null. */
  record Nothing() implements Schema {}

  /**
   * True or false.
   *
   * @param only the values it may have; empty for either
   */
  record Truth(Set<Boolean> only) implements Schema {
    static final Truth EITHER = new Truth(Set.of());
  }

  /**
   * An integer.
   *
   * @param min least value
   * @param max greatest value
   * @param only the values it may have; empty for any
   */
  record Int(long min, long max, Set<Long> only) implements Schema {
    static final Int ANY = from(Long.MIN_VALUE);

    static Int from(long min) {
      return new Int(min, Long.MAX_VALUE, Set.of());
    }
  }

  /**
   * A text.
   *
   * @param bytesMin least length in UTF-8 bytes
   * @param bytesMax greatest length in UTF-8 bytes
   * @param graphemesMin least length in characters as people count them
   * @param graphemesMax greatest length in characters as people count them
   * @param format what it must be besides
   * @param only the values it may have; empty for any
   */
  record Text(
      int bytesMin,
      int bytesMax,
      int graphemesMin,
      int graphemesMax,
      Format format,
      Set<String> only)
      implements Schema {
    static final Text ANY = of(Format.NONE);

    static Text of(Format format) {
      return new Text(0, UNBOUNDED, 0, UNBOUNDED, format, Set.of());
    }

    Text bytes(int min, int max) {
      return new Text(min, max, graphemesMin, graphemesMax, format, only);
    }

    Text graphemes(int min, int max) {
      return new Text(bytesMin, bytesMax, min, max, format, only);
    }

    Text only(Set<String> values) {
      return new Text(bytesMin, bytesMax, graphemesMin, graphemesMax, format, values);
    }
  }

  /**
   * A string of bytes.
   *
   * @param min least length
   * @param max greatest length
   */
  record Bytes(int min, int max) implements Schema {
    static final Bytes ANY = new Bytes(0, UNBOUNDED);
  }

  /** A link to a block. */
  record Link() implements Schema {}

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
        if (pattern.equals("*/*")
            || (pattern.endsWith("/*")
                ? mimeType.startsWith(pattern.substring(0, pattern.length() - 1))
                : mimeType.equals(pattern))) {
          return true;
        }
      }
      return false;
    }
  }

  /** A list of values of one schema. */
  record Items(Schema item, int countMin, int countMax) implements Schema {}

  /**
   * A map with known fields; others are kept.
   *
   * @param properties the known fields
   * @param required those that must be there
   * @param nullable those that may be null
   */
  record Fields(Map<String, Schema> properties, Set<String> required, Set<String> nullable)
      implements Schema {
    static final Fields NONE = new Fields(Map.of(), Set.of(), Set.of());

    Fields must(String name, Schema schema) {
      List<String> names = new ArrayList<>(required);
      names.add(name);
      return new Fields(
          may(name, schema).properties,
          Collections.unmodifiableSet(new LinkedHashSet<>(names)),
          nullable);
    }

    Fields may(String name, Schema schema) {
      Map<String, Schema> all = new TreeMap<>(properties);
      all.put(name, schema);
      return new Fields(Map.copyOf(all), required, nullable);
    }
  }

  /** What a definition elsewhere says. */
  record Ref(DefinitionName to) implements Schema {}

  /**
   * One of several kinds told apart by {@code $type}.
   *
   * @param kinds what each kind must look like, by its {@code $type}
   * @param closed whether kinds that are not named here are a fault
   */
  record Union(Map<String, Schema> kinds, boolean closed) implements Schema {}

  /** Any map. */
  record Unknown() implements Schema {}

  /** Something newer than this house; nothing can be said about values. */
  record Other(String type) implements Schema {}
}
