package tripod.atproto.xrpc;

import java.util.List;
import tripod.podstore.Partition;
import tripod.podstore.WritablePartition;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/** A member's settings for apps of one namespace, one row of a partition. */
final class Preferences {
  static final String PARTITION = "atproto.preferences";

  private static final String NAMESPACE = "app.bsky";
  private static final String PERSONAL = "app.bsky.actor.defs#personalDetailsPref";
  private static final String COMPUTED = "app.bsky.actor.defs#declaredAgePref";

  private Preferences() {}

  static List<DagValue> read(Partition rows) {
    return rows.get(NAMESPACE).flatMap(row -> DagCbor.decode(row).asItems()).orElse(List.of());
  }

  static void write(WritablePartition rows, List<DagValue> preferences) {
    rows.put(NAMESPACE, DagCbor.encode(DagValue.of(preferences)));
  }

  /** Says whether only the owner's own password shows it. */
  static boolean isPersonal(DagFields preference) {
    return preference.type().filter(PERSONAL::equals).isPresent();
  }

  static List<DagValue> checked(DagFields body, boolean isFull) {
    if (!(body.find("preferences") instanceof DagValue.Items items)) {
      throw XrpcFailure.invalid("Input must have the property \"preferences\"");
    }
    for (DagValue item : items.items()) {
      if (!(item instanceof DagFields preference)) {
        throw XrpcFailure.invalid("Preference is not an object");
      }
      String type =
          preference.type().orElseThrow(() -> XrpcFailure.invalid("Preference is missing a $type"));
      if (!type.equals(NAMESPACE) && !type.startsWith(NAMESPACE + ".")) {
        throw XrpcFailure.invalid("Some preferences are not in the " + NAMESPACE + " namespace");
      }
      if (isPersonal(preference) && !isFull) {
        throw XrpcFailure.invalid("Do not have authorization to set preferences.");
      }
    }
    return items.items().stream()
        .filter(item -> !((DagFields) item).type().filter(COMPUTED::equals).isPresent())
        .toList();
  }
}
