package tripod.atproto.lexicon;

import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** Checks records against the schemas of a catalog. Safe between threads. */
public final class RecordCheck {
  /** The collection of schemas themselves. */
  public static final Nsid SCHEMA = new Nsid("com.atproto.lexicon.schema");

  private final Catalog catalog;

  /** Checks against a catalog. */
  public RecordCheck(Catalog catalog) {
    this.catalog = catalog;
  }

  /** What became of a check. */
  public sealed interface Result {
    /** The record is as its schema wants it. */
    record Valid() implements Result {}

    /**
     * The record breaks nothing that is known, but not all is.
     *
     * @param document the schema that would be needed first
     */
    record Unknown(Nsid document) implements Result {}

    /**
     * The record breaks its schema.
     *
     * @param fault where and how
     */
    record Invalid(String fault) implements Result {}
  }

  /** Checks a record and its key. */
  public Result check(Nsid collection, RecordKey key, DagFields record) {
    return switch (catalog.find(DefinitionName.main(collection))) {
      case null -> new Result.Unknown(collection);
      case Definition.Other other -> new Result.Unknown(collection);
      case Definition.RecordKind kind -> check(collection, kind, key, record);
      case Definition definition -> new Result.Invalid(collection + " is no kind of record");
    };
  }

  private Result check(
      Nsid collection, Definition.RecordKind kind, RecordKey key, DagFields record) {
    if (!kind.key().allows(key)) {
      return new Result.Invalid(
          "the key " + key + " is not of the kind " + kind.key() + " that " + collection + " has");
    }
    SchemaCheck check = new SchemaCheck(catalog);
    String fault = check.fault(kind.fields(), record);
    if (fault != null) {
      return new Result.Invalid("record" + fault);
    }
    if (check.missing() != null) {
      return new Result.Unknown(check.missing());
    }
    return collection.equals(SCHEMA) ? checkDocument(key, record) : new Result.Valid();
  }

  /** A schema is a lexicon document, and stands under its own name. */
  private static Result checkDocument(RecordKey key, DagFields record) {
    try {
      Nsid id = LexiconDocument.read(record).id();
      return id.value().equals(key.value())
          ? new Result.Valid()
          : new Result.Invalid("record/id is " + id + ", its key " + key);
    } catch (PodFailure.Invalid e) {
      return new Result.Invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the key that every record of a collection must have; empty when it may have others, or
   * is not known.
   */
  public Optional<RecordKey> onlyKey(Nsid collection) {
    return catalog.find(DefinitionName.main(collection)) instanceof Definition.RecordKind kind
            && kind.key() instanceof KeyKind.Literal literal
        ? Optional.of(new RecordKey(literal.value()))
        : Optional.empty();
  }
}
