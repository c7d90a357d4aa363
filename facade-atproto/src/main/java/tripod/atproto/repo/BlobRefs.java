package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/**
 * The blobs that a record names.
 *
 * @see <a href="https://atproto.com/specs/data-model#blob-type">AT Protocol: blob type</a>
 */
public final class BlobRefs {
  private BlobRefs() {}

  /**
   * One blob as a record names it.
   *
   * @param mimeType the type claimed; empty in the old form, which has no size either
   * @param size the size claimed in bytes, or -1
   * @param isLegacy whether it is the old form, which is read and never written
   */
  public record BlobRef(Cid cid, String mimeType, long size, boolean isLegacy) {}

  /** Returns the blobs named anywhere in a record. */
  public static List<BlobRef> in(DagFields record) {
    List<BlobRef> found = new ArrayList<>();
    collect(record, found);
    return found;
  }

  /** Returns their CIDs, each once. */
  public static Set<Cid> cids(List<BlobRef> refs) {
    Set<Cid> cids = new LinkedHashSet<>();
    refs.forEach(ref -> cids.add(ref.cid()));
    return cids;
  }

  private static void collect(DagValue value, List<BlobRef> found) {
    switch (value) {
      case DagScalar scalar -> {}
      case DagValue.Items items -> items.items().forEach(item -> collect(item, found));
      case DagFields fields -> {
        BlobRef ref = blob(fields);
        if (ref != null) {
          found.add(ref);
          return;
        }
        for (int i = 0; i < fields.size(); i++) {
          if (!(fields.value(i) instanceof DagScalar)) {
            collect(fields.value(i), found);
          }
        }
      }
    }
  }

  private static @org.jspecify.annotations.Nullable BlobRef blob(DagFields fields) {
    if (fields.find("$type") instanceof DagScalar.Text type) {
      if (type.value().equals("blob") && fields.find("ref") instanceof DagScalar.Link ref) {
        return new BlobRef(
            ref.cid(),
            fields.text("mimeType").orElse(""),
            fields.integer("size").orElse(-1L),
            false);
      }
      return null;
    }
    if (fields.size() == 2
        && fields.find("cid") instanceof DagScalar.Text cid
        && fields.find("mimeType") instanceof DagScalar.Text mimeType
        && cid.value().length() == Cid.CHARS
        && cid.value().startsWith("bafkrei")) {
      return new BlobRef(Cid.parse(cid.value()), mimeType.value(), -1, true);
    }
    return null;
  }
}
