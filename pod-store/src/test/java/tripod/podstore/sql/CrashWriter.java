package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/** The process that a crash test kills: writes and says on its output what it was promised. */
final class CrashWriter {
  static final int WRITERS = 8;
  static final int PODS = 3;

  private CrashWriter() {}

  /** Writes for ever; arguments: the engine, the folder, the round. */
  public static void main(String[] arguments) {
    PodStore store = open(arguments[0], Path.of(arguments[1]));
    List<PodId> pods = store.pods(java.util.Optional.of(PodStore.HOST), PODS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        threads.submit(
            () -> {
              for (int i = 0; ; i++) {
                String name = arguments[2] + "-" + writer + "-" + i;
                PodId pod = pods.get((writer + i) % pods.size());
                long number =
                    store.write(
                        pod,
                        view -> {
                          view.put(new PodPath("/w/" + name), document(name));
                          view.emit("frames", name.getBytes(StandardCharsets.UTF_8), -1);
                          return view.number() + 1;
                        });
                synchronized (System.out) {
                  System.out.println(pod.value() + " " + name + " " + number);
                  System.out.flush();
                }
              }
            });
      }
    }
  }

  static Content.Document document(String name) {
    return new Content.Document(
        MediaType.DAG_CBOR, name.repeat(20).getBytes(StandardCharsets.UTF_8));
  }

  static SqlPodStore open(String engine, Path folder) {
    StoreConfig config = engine.equals("h2") ? StoreConfig.h2(folder) : StoreConfig.sqlite(folder);
    return SqlPodStore.open(config, InstantSource.system(), List.of(new Counting()));
  }

  /** Counts in its partition what the pod holds, so that a difference would show. */
  private record Counting() implements Projection {
    @Override
    public String partition() {
      return "count";
    }

    @Override
    public void apply(Commit pending, PodWriter after) {
      var own = after.partition(partition());
      long before = own.get("n").map(CrashWriter::number).orElse(0L);
      long documents = pending.changes().stream().filter(c -> !c.path().isContainer()).count();
      own.put("n", String.valueOf(before + documents).getBytes(StandardCharsets.UTF_8));
    }
  }

  static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.UTF_8));
  }
}
