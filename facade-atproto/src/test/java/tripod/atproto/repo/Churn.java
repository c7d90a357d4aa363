package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tripod.podstore.PodWriter;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.RecordName;

/** Does at random what members do to their repositories and accounts. */
final class Churn {
  private static final List<String> COLLECTIONS =
      List.of("com.example.thing", "com.example.other", "org.example.third");

  private final TestPods pods;
  private final SplittableRandom random;
  private final String name;
  private final List<RecordName> known = new ArrayList<>();
  private int count;

  /**
   * Makes one.
   *
   * @param name begins the keys of its records
   */
  Churn(TestPods pods, long seed, String name) {
    this.pods = pods;
    this.random = new SplittableRandom(seed);
    this.name = name;
  }

  /** Does something to records. */
  void records() {
    int dice = random.nextInt(1000);
    int changes = dice < 880 ? 1 : dice < 998 ? 2 + random.nextInt(20) : 201 + random.nextInt(50);
    pods.store.write(
        pods.pod,
        writer -> {
          for (int i = 0; i < changes; i++) {
            change(writer);
          }
          return true;
        });
  }

  private void change(PodWriter writer) {
    int dice = random.nextInt(100);
    if (known.isEmpty() || dice < 55) {
      RecordName fresh =
          TestPods.name(COLLECTIONS.get(random.nextInt(3)), name + "-" + random.nextInt(1 << 30));
      known.add(fresh);
      put(writer, fresh);
    } else {
      int index = random.nextInt(known.size());
      RecordName old = known.get(index);
      if (dice < 75) {
        put(writer, old);
      } else {
        known.set(index, known.getLast());
        known.removeLast();
        pods.records.delete(writer, old);
      }
    }
  }

  private void put(PodWriter writer, RecordName record) {
    DagFields.Builder fields =
        DagFields.builder()
            .put("$type", record.collection().value())
            // Few texts, so that records of the same bytes are often there more than once.
            .put("text", "text " + random.nextInt(50));
    if (random.nextInt(10) == 0) {
      fields.put("more", DagValue.of("x".repeat(random.nextInt(2000))));
    }
    pods.put(writer, record.collection().value(), record.rkey().value(), fields.build());
    count++;
  }

  /** Puts the account to sleep, perhaps writes, and wakes it; or tells of its names or key. */
  void account() {
    int dice = random.nextInt(4);
    if (dice < 2) {
      RepoStatus status = RepoStatus.values()[1 + random.nextInt(3)];
      write(writer -> pods.events.stopped(writer, status));
      for (int asleep = dice * random.nextInt(3); asleep > 0; asleep--) {
        records();
      }
      write(writer -> pods.events.activated(writer, TestPods.HANDLE));
    } else if (dice == 2) {
      write(writer -> pods.events.identity(writer, TestPods.HANDLE));
    } else {
      write(writer -> pods.events.keyChanged(writer, TestPods.HANDLE));
    }
  }

  private void write(java.util.function.Consumer<PodWriter> work) {
    pods.store.write(
        pods.pod,
        writer -> {
          work.accept(writer);
          return true;
        });
  }

  boolean isTimeForTheAccount() {
    return random.nextInt(100) == 0;
  }
}
