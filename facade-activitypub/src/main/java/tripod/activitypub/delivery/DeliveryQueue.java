package tripod.activitypub.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.WritablePartition;
import tripod.syntax.PodId;

/**
 * The durable queue, in the partition {@value #PARTITION} of the server's own pod.
 *
 * <p>Rows: {@code row HOST POD BODY HASH} is one delivery, {@code body NAME} the bytes that several
 * share, {@code sent POD PATH} what was told of a resource, {@code position} and {@code stream} how
 * far the journal was read. Bodies go with their last row.
 */
final class DeliveryQueue {
  /** Name of the partition. */
  static final String PARTITION = "ap.queue";

  private static final String BODY = "body ";
  private static final String POSITION = "position";
  private static final String STREAM = "stream";
  private static final int PAGE = 1000;

  private final PodStore store;
  private final Map<String, Integer> users = new HashMap<>();

  DeliveryQueue(PodStore store) {
    this.store = store;
  }

  /**
   * What a part of the journal made due, written in one transaction.
   *
   * @param bodies by name
   * @param rows deliveries
   * @param cancelled deliveries that are not needed any more
   * @param sent what is noted about resources by key; an empty array removes the note
   * @param position how far the commits were read
   * @param stream how far the stream was read
   */
  record Batch(
      Map<String, byte[]> bodies,
      List<Row> rows,
      List<Row> cancelled,
      Map<String, byte[]> sent,
      long position,
      long stream) {}

  /** Returns all rows, in the order of their lanes, and forgets bodies that nobody needs. */
  synchronized List<Row> load() {
    List<Row> rows = new ArrayList<>();
    Set<String> bodies = new HashSet<>();
    store.read(
        PodStore.HOST,
        view -> {
          Partition queue = view.partition(PARTITION);
          each(queue, Row.PREFIX, entry -> rows.add(Row.read(entry.text(), entry.value())));
          each(queue, BODY, entry -> bodies.add(entry.text().substring(BODY.length())));
          return true;
        });
    users.clear();
    rows.forEach(row -> users.merge(row.body(), 1, Integer::sum));
    bodies.removeAll(users.keySet());
    if (!bodies.isEmpty()) {
      store.write(
          PodStore.HOST,
          pod -> {
            bodies.forEach(name -> pod.partition(PARTITION).delete(BODY + name));
            return true;
          });
    }
    return rows;
  }

  private static void each(
      Partition queue, String prefix, java.util.function.Consumer<Partition.Entry> reader) {
    byte[] from = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] to = from.clone();
    to[to.length - 1]++;
    List<Partition.Entry> page;
    do {
      page = queue.range(from, to, false, PAGE);
      page.forEach(reader);
      if (!page.isEmpty()) {
        byte[] last = page.getLast().key();
        from = java.util.Arrays.copyOf(last, last.length + 1);
      }
    } while (page.size() == PAGE);
  }

  long position() {
    return number(POSITION);
  }

  long stream() {
    return number(STREAM);
  }

  private long number(String key) {
    return store.read(
        PodStore.HOST,
        view ->
            view.partition(PARTITION)
                .get(key)
                .map(value -> Long.parseLong(new String(value, StandardCharsets.US_ASCII)))
                .orElse(0L));
  }

  Optional<Sent> sent(PodId pod, PodPath path) {
    return store.read(
        PodStore.HOST, view -> view.partition(PARTITION).get(Sent.key(pod, path)).map(Sent::read));
  }

  Optional<byte[]> body(String name) {
    return store.read(PodStore.HOST, view -> view.partition(PARTITION).get(BODY + name));
  }

  /** Writes what became due; durable on return. */
  synchronized void add(Batch batch) {
    store.write(
        PodStore.HOST,
        pod -> {
          WritablePartition queue = pod.partition(PARTITION);
          batch.bodies().forEach((name, body) -> queue.put(BODY + name, body));
          batch.rows().forEach(row -> queue.put(row.key(), row.bytes()));
          batch.cancelled().forEach(row -> queue.delete(row.key()));
          batch
              .sent()
              .forEach(
                  (key, value) -> {
                    if (value.length == 0) {
                      queue.delete(key);
                    } else {
                      queue.put(key, value);
                    }
                  });
          queue.put(POSITION, text(batch.position()));
          queue.put(STREAM, text(batch.stream()));
          return true;
        });
    batch.rows().forEach(row -> users.merge(row.body(), 1, Integer::sum));
    batch.cancelled().forEach(this::released);
  }

  /** Writes how deliveries ended: rows that are over, and rows that failed once more. */
  synchronized void settle(List<Row> over, List<Row> again) {
    List<String> bodies = new ArrayList<>();
    for (Row row : over) {
      if (released(row)) {
        bodies.add(row.body());
      }
    }
    store.write(
        PodStore.HOST,
        pod -> {
          WritablePartition queue = pod.partition(PARTITION);
          over.forEach(row -> queue.delete(row.key()));
          bodies.forEach(name -> queue.delete(BODY + name));
          again.forEach(row -> queue.put(row.key(), row.bytes()));
          return true;
        });
  }

  private boolean released(Row row) {
    Integer left = users.merge(row.body(), -1, Integer::sum);
    if (left != null && left <= 0) {
      users.remove(row.body());
      return true;
    }
    return false;
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
