package tripod.atproto.lexicon;

import java.util.Optional;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/**
 * Which keys the records of a kind have.
 *
 * @see <a href="https://atproto.com/specs/record-key#record-key-types">Record key types</a>
 */
public sealed interface KeyKind {
  /** Says whether a key is of this kind. */
  boolean allows(RecordKey key);

  /** Reads a kind as schemas write it; empty when it is none. */
  static Optional<KeyKind> of(String text) {
    if (text.startsWith(Literal.PREFIX)) {
      String value = text.substring(Literal.PREFIX.length());
      return RecordKey.isValid(value) ? Optional.of(new Literal(value)) : Optional.empty();
    }
    return switch (text) {
      case "tid" -> Optional.of(new OfTid());
      case "nsid" -> Optional.of(new OfNsid());
      case "any" -> Optional.of(new Any());
      default -> Optional.empty();
    };
  }

  /** A timestamp. */
  record OfTid() implements KeyKind {
    @Override
    public boolean allows(RecordKey key) {
      return Tid.isValid(key.value());
    }

    @Override
    public String toString() {
      return "tid";
    }
  }

  /** The name of a schema. */
  record OfNsid() implements KeyKind {
    @Override
    public boolean allows(RecordKey key) {
      return Nsid.isValid(key.value());
    }

    @Override
    public String toString() {
      return "nsid";
    }
  }

  /**
   * One key and no other.
   *
   * @param value the key
   */
  record Literal(String value) implements KeyKind {
    private static final String PREFIX = "literal:";

    @Override
    public boolean allows(RecordKey key) {
      return key.value().equals(value);
    }

    @Override
    public String toString() {
      return PREFIX + value;
    }
  }

  /** Any key. */
  record Any() implements KeyKind {
    @Override
    public boolean allows(RecordKey key) {
      return true;
    }

    @Override
    public String toString() {
      return "any";
    }
  }
}
