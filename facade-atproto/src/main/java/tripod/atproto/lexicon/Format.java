package tripod.atproto.lexicon;

import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.GenericUri;
import tripod.syntax.Handle;
import tripod.syntax.Language;

/** What a text must be besides a text. */
enum Format {
  /** Anything. */
  NONE("text"),
  /** A point in time. */
  DATETIME("datetime"),
  /** An identity. */
  DID("did"),
  /** A handle. */
  HANDLE("handle"),
  /** A record or repository. */
  AT_URI("at-uri"),
  /** A hash. */
  CID("cid"),
  /** Any address. */
  URI("uri"),
  /** A language. */
  LANGUAGE("language");

  private final String word;

  Format(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  boolean allows(String text) {
    return switch (this) {
      case NONE -> true;
      case DATETIME -> Datetime.isValid(text);
      case DID -> Did.isValid(text);
      case HANDLE -> Handle.isValid(text);
      case AT_URI -> AtUri.isValid(text);
      case CID -> Cid.isValidText(text);
      case URI -> GenericUri.isValid(text);
      case LANGUAGE -> Language.isValid(text);
    };
  }
}
