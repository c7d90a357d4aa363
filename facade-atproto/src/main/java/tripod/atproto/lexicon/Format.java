package tripod.atproto.lexicon;

import java.util.HashMap;
import java.util.Map;
import tripod.syntax.AtIdentifier;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.GenericUri;
import tripod.syntax.Handle;
import tripod.syntax.Language;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/**
 * What a text must be besides a text.
 *
 * @see <a href="https://atproto.com/specs/lexicon#string-formats">Lexicon: string formats</a>
 */
enum Format {
  /** Anything. */
  NONE("text"),
  /** A point in time. */
  DATETIME("datetime"),
  /** An identity. */
  DID("did"),
  /** A handle. */
  HANDLE("handle"),
  /** A handle or an identity. */
  AT_IDENTIFIER("at-identifier"),
  /** A name of a schema. */
  NSID("nsid"),
  /** A record or repository. */
  AT_URI("at-uri"),
  /** A hash. */
  CID("cid"),
  /** Any address. */
  URI("uri"),
  /** A language. */
  LANGUAGE("language"),
  /** A timestamp that is a key. */
  TID("tid"),
  /** A record's key. */
  RECORD_KEY("record-key");

  private static final Map<String, Format> BY_WORD = new HashMap<>();

  static {
    for (Format format : values()) {
      BY_WORD.put(format.word, format);
    }
  }

  private final String word;

  Format(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Returns a format by its word; one that is newer than this house demands nothing. */
  static Format of(String word) {
    return BY_WORD.getOrDefault(word, NONE);
  }

  boolean allows(String text) {
    return switch (this) {
      case NONE -> true;
      case DATETIME -> Datetime.isValid(text);
      case DID -> Did.isValid(text);
      case HANDLE -> Handle.isValid(text);
      case AT_IDENTIFIER -> AtIdentifier.isValid(text);
      case NSID -> Nsid.isValid(text);
      case AT_URI -> AtUri.isValid(text);
      case CID -> Cid.isValidText(text);
      case URI -> GenericUri.isValid(text);
      case LANGUAGE -> Language.isValid(text);
      case TID -> Tid.isValid(text);
      case RECORD_KEY -> RecordKey.isValid(text);
    };
  }
}
