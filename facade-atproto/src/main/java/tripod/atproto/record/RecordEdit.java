package tripod.atproto.record;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/** Carries what changed in the pivot over to a record, and leaves the rest of it alone. */
final class RecordEdit {
  /** EDT-1: a record keeps when it was made, and what it is. */
  private static final Set<String> KEPT = Set.of("$type", "createdAt");

  private RecordEdit() {}

  /**
   * Returns the edited record.
   *
   * @param record as it stands, with keys that the pivot has no words for
   * @param was what the pivot made of it, as a record
   * @param next what the pivot makes of the edit, as a record
   */
  static DagFields apply(DagFields record, DagFields was, DagFields next) {
    Set<String> keys = new LinkedHashSet<>(was.keys());
    keys.addAll(next.keys());
    keys.removeAll(KEPT);
    DagFields edited = record;
    for (String key : keys) {
      DagValue value = next.find(key);
      if (!Objects.equals(was.find(key), value)) {
        edited = value == null ? edited.without(key) : edited.with(key, value);
      }
    }
    return edited;
  }
}
