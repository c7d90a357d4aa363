package tripod.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Posts of one length, as the rigs write them at the XRPC door. */
final class Posts {
  static final String COLLECTION = "app.bsky.feed.post";

  /** Most writes of one {@code applyWrites}. */
  static final int BATCH_MAX = 200;

  private static final int TEXT_CHARS = 120;
  private static final String WORDS =
      "the quick brown fox jumps over a lazy dog while seven wizards quietly brew strong coffee"
          + " near an old harbour wall and nobody minds";

  private Posts() {}

  /** Makes a post whose text begins with a mark. */
  static Map<String, Object> post(String mark) {
    return Map.of(
        "$type",
        COLLECTION,
        "text",
        (mark + " " + WORDS).substring(0, TEXT_CHARS),
        "langs",
        List.of("en"),
        "createdAt",
        "2026-01-02T03:04:05.678Z");
  }

  static String text(String mark) {
    return (mark + " " + WORDS).substring(0, TEXT_CHARS);
  }

  /** Creates one post and returns its address. */
  static String create(LabMember member, String mark) {
    JsonNode answer =
        LabMember.json(
            member.procedure(
                "com.atproto.repo.createRecord",
                Map.of("repo", member.did(), "collection", COLLECTION, "record", post(mark))));
    return answer.path("uri").asText();
  }

  /** Creates posts in batches. */
  static void fill(LabMember member, int count) {
    for (int done = 0; done < count; done += BATCH_MAX) {
      List<Map<String, Object>> writes = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + BATCH_MAX); i++) {
        writes.add(
            Map.of(
                "$type",
                "com.atproto.repo.applyWrites#create",
                "collection",
                COLLECTION,
                "value",
                post("n" + i)));
      }
      LabMember.json(
          member.procedure(
              "com.atproto.repo.applyWrites", Map.of("repo", member.did(), "writes", writes)));
    }
  }

  /** Creates posts one by one, several at a time, and returns how long each took. */
  static Latencies createSingly(LabMember member, int count, int writers) {
    AtomicInteger next = new AtomicInteger();
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        ends.add(
            threads.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    long begun = System.nanoTime();
                    create(member, "s" + n);
                    nanos.add(System.nanoTime() - begun);
                  }
                }));
      }
    }
    for (Future<?> end : ends) {
      if (end.state() == Future.State.FAILED) {
        throw new IllegalStateException("a write was refused", end.exceptionNow());
      }
    }
    return Latencies.of(nanos);
  }
}
