package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;

/** Makes collection documents. Pure. */
final class Collections {
  private Collections() {}

  /** A collection whose members are on pages, or hidden when there is no first page. */
  static ObjectNode paged(String id, long total, boolean hasPages) {
    ObjectNode collection = start(id, "OrderedCollection");
    collection.put("totalItems", total);
    if (hasPages) {
      collection.put("first", id + "?page=true");
    }
    return collection;
  }

  /** A collection with all its members in it. */
  static ObjectNode whole(String id, List<String> items) {
    ObjectNode collection = start(id, "OrderedCollection");
    collection.put("totalItems", items.size());
    ArrayNode list = collection.putArray("orderedItems");
    items.forEach(list::add);
    return collection;
  }

  /** A page; items are added by the caller. */
  static ObjectNode page(String collection, String id) {
    ObjectNode page = start(id, "OrderedCollectionPage");
    page.put("partOf", collection);
    page.putArray("orderedItems");
    return page;
  }

  private static ObjectNode start(String id, String type) {
    ObjectNode document = ActivityJson.object();
    document.put("@context", As2.CONTEXT);
    document.put("id", id);
    document.put("type", type);
    return document;
  }
}
