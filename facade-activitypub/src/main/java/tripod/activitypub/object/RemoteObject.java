package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.Content;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.syntax.ActorIri;
import tripod.syntax.MediaType;

/**
 * An object of another server that a pod holds: its literal bytes are a resource under {@code
 * /inbox/}, and the pod's partition {@value #PARTITION} finds it by its id.
 *
 * @param id its id
 * @param owner whose it is
 * @param path where its bytes are
 * @param type its first type, which an Update cannot change
 * @param seen how often it was put anew, which is once unless something is wrong
 */
public record RemoteObject(String id, ActorIri owner, PodPath path, String type, int seen) {
  /** Name of the partition. */
  public static final String PARTITION = "ap.remote";

  /** Where what arrives is kept. */
  public static final PodPath INBOX = new PodPath("/inbox/");

  /** Key of the row that counts the objects held. */
  private static final String COUNT = "count";

  private static final String BY_ID = "id ";
  private static final String BY_OWNER = "owner ";
  private static final int CUTS_SAID = 8;
  private static final int OWNED_PAGE = 500;

  /** Returns an object that is held. */
  public static Optional<RemoteObject> find(PodReader view, String id) {
    return view.partition(PARTITION).get(BY_ID + RowKey.of(id)).map(row -> read(id, row));
  }

  /** Returns how many objects a pod holds. */
  public static long count(PodReader view) {
    return view.partition(PARTITION)
        .get(COUNT)
        .map(row -> Long.parseLong(new String(row, StandardCharsets.US_ASCII)))
        .orElse(0L);
  }

  /** Returns the literal document. */
  public Optional<ObjectNode> document(PodReader view) {
    return view.get(path)
        .filter(resource -> resource.content() instanceof Content.Document)
        .map(resource -> ActivityJson.read(((Content.Document) resource.content()).bytes()));
  }

  /**
   * Keeps a new object, or a new form of one that is held; what it has too much of is cut, and the
   * row says so (SEC-39).
   */
  public static void save(PodWriter pod, String id, ActorIri owner, ObjectNode came) {
    Optional<RemoteObject> before = find(pod, id);
    ObjectNode document = came.deepCopy();
    List<String> cuts = PeerLimits.cut(document);
    PodPath path =
        before.map(RemoteObject::path).orElseGet(() -> INBOX.member(pod.rev() + "-object"));
    pod.put(path, new Content.Document(MediaType.ACTIVITY_JSON, ActivityJson.write(document)));
    ObjectNode row = ActivityJson.object();
    row.put("owner", owner.value());
    row.put("path", path.value());
    row.put("type", before.map(RemoteObject::type).orElse(Terms.type(document)));
    if (!cuts.isEmpty()) {
      row.put("cut", String.join(", ", cuts.subList(0, Math.min(CUTS_SAID, cuts.size()))));
    }
    row.put("seen", before.map(RemoteObject::seen).orElse(1));
    pod.partition(PARTITION).put(BY_ID + RowKey.of(id), ActivityJson.write(row));
    if (before.isEmpty()) {
      pod.partition(PARTITION).put(byOwner(owner, id), id.getBytes(StandardCharsets.UTF_8));
      count(pod, 1);
    }
  }

  /** Removes what an actor owns, up to some hundred objects in one transaction. */
  public static void removeAllOf(PodWriter pod, ActorIri owner) {
    for (Partition.Entry entry :
        pod.partition(PARTITION).prefixed(BY_OWNER + RowKey.of(owner.value()) + " ", OWNED_PAGE)) {
      find(pod, new String(entry.value(), StandardCharsets.UTF_8))
          .ifPresent(object -> object.remove(pod));
    }
  }

  private static String byOwner(ActorIri owner, String id) {
    String name = RowKey.of(owner.value());
    return BY_OWNER + name + " " + HexFormat.of().formatHex(RowKey.hash(id), 0, 16);
  }

  /** Removes the object. */
  public void remove(PodWriter pod) {
    pod.delete(path);
    pod.partition(PARTITION).delete(BY_ID + RowKey.of(id));
    pod.partition(PARTITION).delete(byOwner(owner, id));
    count(pod, -1);
  }

  private static void count(PodWriter pod, int change) {
    long count = Math.max(0, count(pod) + change);
    pod.partition(PARTITION).put(COUNT, Long.toString(count).getBytes(StandardCharsets.US_ASCII));
  }

  private static RemoteObject read(String id, byte[] row) {
    ObjectNode json = ActivityJson.read(row);
    return new RemoteObject(
        id,
        new ActorIri(Terms.text(json, "owner").orElseThrow()),
        new PodPath(Terms.text(json, "path").orElseThrow()),
        Terms.text(json, "type").orElse(""),
        json.path("seen").asInt(1));
  }
}
