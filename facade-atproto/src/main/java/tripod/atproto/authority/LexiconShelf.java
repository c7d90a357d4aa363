package tripod.atproto.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.podstore.Partition;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.WritablePartition;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.AtUri;
import tripod.syntax.Nsid;

/**
 * Lexicons that were found, in the partition {@value #PARTITION} of the server's own pod: at most
 * {@value #LEXICONS_MAX}, of which the oldest goes first.
 *
 * <p>Rows: {@code d NSID} is a lexicon, {@code t MILLIS NSID} says when it was found, {@code n} how
 * many there are.
 */
final class LexiconShelf {
  /** The partition. */
  static final String PARTITION = "atproto.lexicon";

  /** Most lexicons that are kept. */
  static final int LEXICONS_MAX = 2_000;

  /** How old one may be and still be used. */
  static final Duration EXPIRED = Duration.ofDays(90);

  private static final String COUNT = "n";

  private final PodStore store;
  private final int lexiconsMax;

  LexiconShelf(PodStore store, int lexiconsMax) {
    this.store = store;
    this.lexiconsMax = lexiconsMax;
  }

  /** A lexicon with the time at which it was found. */
  record Kept(Published lexicon, Instant at) {
    boolean isYounger(Duration age, Instant now) {
      return at.plus(age).isAfter(now);
    }
  }

  /** Returns what is kept under a name, unless it is too old. */
  Optional<Kept> get(Nsid name, Instant now) {
    return store
        .read(PodStore.HOST, pod -> pod.partition(PARTITION).get(row(name)))
        .flatMap(row -> read(name, row))
        .filter(kept -> kept.isYounger(EXPIRED, now));
  }

  /** A row of an older house that cannot be read any more is as good as none. */
  private static Optional<Kept> read(Nsid name, byte[] row) {
    try {
      DagFields fields = DagCbor.decodeFields(row);
      return fields.find("block") instanceof DagScalar.Bytes block
          ? Optional.of(
              new Kept(
                  Published.read(
                      name,
                      AtUri.parse(fields.text("uri").orElseThrow()),
                      fields.link("cid").orElseThrow(),
                      block.value()),
                  at(fields)))
          : Optional.empty();
    } catch (PodFailure.Invalid e) {
      return Optional.empty();
    }
  }

  private static Instant at(DagFields fields) {
    return Instant.ofEpochMilli(fields.integer("at").orElse(0L));
  }

  void put(Kept kept) {
    Nsid name = kept.lexicon().document().id();
    byte[] row =
        DagCbor.encode(
            DagFields.builder()
                .put("at", kept.at().toEpochMilli())
                .put("uri", kept.lexicon().uri().toString())
                .put("cid", kept.lexicon().cid())
                .put("block", DagValue.of(kept.lexicon().block()))
                .build());
    store.write(
        PodStore.HOST,
        pod -> {
          WritablePartition rows = pod.partition(PARTITION);
          remove(rows, name);
          rows.put(row(name), row);
          rows.put(age(kept.at(), name), new byte[0]);
          count(rows, 1);
          dropOldest(rows);
          return true;
        });
  }

  private void dropOldest(WritablePartition rows) {
    int excess = count(rows, 0) - lexiconsMax;
    if (excess > 0) {
      List<Partition.Entry> oldest = rows.prefixed("t ", excess);
      oldest.forEach(
          entry -> {
            String key = entry.text();
            remove(rows, new Nsid(key.substring(key.lastIndexOf(' ') + 1)));
          });
    }
  }

  private static void remove(WritablePartition rows, Nsid name) {
    Optional<byte[]> row = rows.get(row(name));
    if (row.isPresent()) {
      rows.delete(age(at(DagCbor.decodeFields(row.get())), name));
      rows.delete(row(name));
      count(rows, -1);
    }
  }

  private static int count(WritablePartition rows, int change) {
    int before =
        rows.get(COUNT)
            .map(row -> DagCbor.decode(row).asInteger().orElse(0L))
            .orElse(0L)
            .intValue();
    if (change != 0) {
      rows.put(COUNT, DagCbor.encode(DagValue.of((long) before + change)));
    }
    return before + change;
  }

  private static String row(Nsid name) {
    return "d " + name;
  }

  private static String age(Instant at, Nsid name) {
    return String.format(Locale.ROOT, "t %016x %s", at.toEpochMilli(), name);
  }
}
