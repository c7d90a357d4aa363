package tripod.atproto.lexicon;

import java.util.List;
import java.util.Optional;

/**
 * What a lexicon document defines under one name.
 *
 * @see <a href="https://atproto.com/specs/lexicon#primary-type-definitions">Lexicon: primary
 *     types</a>
 */
public sealed interface Definition {
  /** A kind of value. */
  record Value(Schema schema) implements Definition {}

  /** A word that means something by being there. */
  record Token() implements Definition {}

  /**
   * A kind of record.
   *
   * @param key which keys its records have
   * @param fields what a record holds
   */
  record RecordKind(KeyKind key, Schema.Fields fields) implements Definition {}

  /**
   * A method that asks.
   *
   * @param parameters what it is asked with
   * @param output what it answers
   * @param errors names of errors it may answer with
   */
  record Query(Schema.Fields parameters, Optional<Body> output, List<String> errors)
      implements Definition {}

  /**
   * A method that does.
   *
   * @param parameters what it is asked with
   * @param input what is sent
   * @param output what it answers
   * @param errors names of errors it may answer with
   */
  record Procedure(
      Schema.Fields parameters, Optional<Body> input, Optional<Body> output, List<String> errors)
      implements Definition {}

  /**
   * A stream.
   *
   * @param parameters what it is asked with
   * @param message what comes
   * @param errors names of errors that may come
   */
  record Subscription(Schema.Fields parameters, Optional<Schema> message, List<String> errors)
      implements Definition {}

  /** A set of permissions under one name; what may be granted of it is not said here. */
  record Permissions() implements Definition {}

  /** Something newer than this house. */
  record Other(String type) implements Definition {}

  /**
   * What is sent or answered.
   *
   * @param encoding its media type
   * @param schema what it looks like, when it is JSON
   */
  record Body(String encoding, Optional<Schema> schema) {}
}
