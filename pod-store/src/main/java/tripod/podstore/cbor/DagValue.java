package tripod.podstore.cbor;

import java.util.List;
import java.util.Optional;
import tripod.syntax.Cid;

/**
 * What a block says: a value of the AT Protocol's data model.
 *
 * <p>There are no floating point numbers. A value that is null, one that is absent and one that is
 * empty are three different things.
 *
 * @see <a href="https://atproto.com/specs/data-model#data-types">AT Protocol: data types</a>
 */
public sealed interface DagValue permits DagScalar, DagValue.Items, DagFields {
  /** Returns the null value. */
  static DagValue nil() {
    return DagScalar.Null.NULL;
  }

  /** Returns a text. */
  static DagValue of(String text) {
    return new DagScalar.Text(text);
  }

  /** Returns an integer. */
  static DagValue of(long integer) {
    return new DagScalar.Int(integer);
  }

  /** Returns a truth value. */
  static DagValue of(boolean truth) {
    return truth ? DagScalar.Bool.TRUE : DagScalar.Bool.FALSE;
  }

  /** Returns a byte string; the array is given up by the caller. */
  static DagValue of(byte[] bytes) {
    return new DagScalar.Bytes(bytes);
  }

  /** Returns a link. */
  static DagValue of(Cid link) {
    return new DagScalar.Link(link);
  }

  /** Returns a list. */
  static DagValue of(List<? extends DagValue> items) {
    return new Items(List.copyOf(items));
  }

  /** Returns the text, if it is one. */
  default Optional<String> asText() {
    return this instanceof DagScalar.Text t ? Optional.of(t.value()) : Optional.empty();
  }

  /** Returns the integer, if it is one. */
  default Optional<Long> asInteger() {
    return this instanceof DagScalar.Int i ? Optional.of(i.value()) : Optional.empty();
  }

  /** Returns the link, if it is one. */
  default Optional<Cid> asLink() {
    return this instanceof DagScalar.Link l ? Optional.of(l.cid()) : Optional.empty();
  }

  /** Returns the map, if it is one. */
  default Optional<DagFields> asFields() {
    return this instanceof DagFields f ? Optional.of(f) : Optional.empty();
  }

  /** Returns the items of a list, if it is one. */
  default Optional<List<DagValue>> asItems() {
    return this instanceof Items i ? Optional.of(i.items()) : Optional.empty();
  }

  /**
   * A list.
   *
   * @param items in order
   */
  record Items(List<DagValue> items) implements DagValue {
    public Items {
      items = List.copyOf(items);
    }
  }
}
