package tripod.atproto.lexicon;

import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/**
 * Which keys the records of a kind have.
 *
 * @see <a href="https://atproto.com/specs/record-key#record-key-types">Record key types</a>
 */
sealed interface KeyKind {
  /** Says whether a key is of this kind. */
  boolean allows(RecordKey key);

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

  /** One key and no other. */
  record Literal(String value) implements KeyKind {
    @Override
    public boolean allows(RecordKey key) {
      return key.value().equals(value);
    }

    @Override
    public String toString() {
      return "literal:" + value;
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
