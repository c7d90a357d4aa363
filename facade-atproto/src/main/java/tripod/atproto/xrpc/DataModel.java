package tripod.atproto.xrpc;

import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/**
 * Checks that what calls itself a blob is one, whatever a lexicon says or whether there is one
 * (atproto.md 2.1). An empty key is not refused: others write and keep it, and it has a form in RDF
 * (mapping note, ATD-1).
 */
final class DataModel {
  private DataModel() {}

  static void check(DagValue value) {
    switch (value) {
      case DagScalar scalar -> {}
      case DagValue.Items items -> items.items().forEach(DataModel::check);
      case DagFields fields -> {
        if (fields.find("$type") instanceof DagScalar.Text type && type.value().equals("blob")) {
          checkBlob(fields);
          return;
        }
        for (int i = 0; i < fields.size(); i++) {
          if (!(fields.value(i) instanceof DagScalar)) {
            check(fields.value(i));
          }
        }
      }
    }
  }

  private static void checkBlob(DagFields blob) {
    boolean good =
        blob.link("ref").filter(Cid::isRaw).isPresent()
            && blob.text("mimeType").filter(type -> !type.isEmpty()).isPresent()
            && blob.integer("size").filter(size -> size >= 0).isPresent();
    if (!good) {
      throw XrpcFailure.invalid("a blob needs a ref to raw bytes, a mimeType and a size");
    }
  }
}
