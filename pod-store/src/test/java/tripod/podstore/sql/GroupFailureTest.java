package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/** What happens to those who share a transaction with one that fails. */
class GroupFailureTest {
  @TempDir Path folder;
  private SqlPodStore store;

  @AfterEach
  void close() {
    store.close();
  }

  private PodId newPod() {
    PodId pod = store.nextPodId();
    store.create(pod, PodStore.JdbcWork.NONE, _ -> 0);
    return pod;
  }

  private static Content.Document document() {
    return new Content.Document(MediaType.TURTLE, "".getBytes(StandardCharsets.UTF_8));
  }

  /** Holds the lane until all have handed in what they have, so that they are one group. */
  private List<Future<Object>> together(List<Runnable> writes) throws Exception {
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var done = new ArrayList<Future<Object>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(
          () ->
              store
                  .sql()
                  .change(
                      _ -> {
                        begun.countDown();
                        try {
                          release.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return 0;
                      }));
      begun.await();
      for (Runnable write : writes) {
        int before = store.waiting();
        done.add(threads.submit(write, (Object) 0));
        while (store.waiting() == before) {
          Thread.onSpinWait();
        }
      }
      release.countDown();
    }
    return done;
  }

  @Test
  void failingChange_leavesOthersOfItsGroupAlone() throws Exception {
    store = SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.system(), List.of());
    PodId good = newPod();
    PodId bad = newPod();
    long number = store.<Long>read(bad, PodReader::number);
    var mine = new IllegalArgumentException("mine");
    List<Future<Object>> done =
        together(
            List.of(
                () -> put(good, "/a", PodStore.JdbcWork.NONE),
                () -> put(bad, "/one", PodStore.JdbcWork.NONE),
                () ->
                    put(
                        bad,
                        "/two",
                        _ -> {
                          throw mine;
                        }),
                () -> put(bad, "/three", PodStore.JdbcWork.NONE),
                () -> put(good, "/b", PodStore.JdbcWork.NONE)));
    done.get(0).get();
    done.get(1).get();
    done.get(4).get();
    assertEquals(mine, assertThrows(ExecutionException.class, () -> done.get(2).get()).getCause());
    assertTrue(
        assertThrows(ExecutionException.class, () -> done.get(3).get()).getCause()
            instanceof PodFailure.Unavailable);
    assertEquals(number + 1, store.<Long>read(bad, PodReader::number));
    put(bad, "/four", PodStore.JdbcWork.NONE);
    store.read(
        bad,
        view -> {
          assertEquals(number + 2, view.number());
          assertEquals(2, view.memberCount(PodPath.ROOT));
          assertTrue(view.get(new PodPath("/one")).isPresent());
          assertTrue(view.get(new PodPath("/two")).isEmpty());
          assertTrue(view.get(new PodPath("/three")).isEmpty());
          return 0;
        });
  }

  private void put(PodId pod, String path, PodStore.JdbcWork also) {
    store.write(
        pod,
        writer -> {
          writer.put(new PodPath(path), document());
          writer.also(also);
          return 0;
        });
  }

  @Test
  void groupThatCannotBeWritten_isTriedOneByOne() throws Exception {
    store = SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.system(), List.of());
    PodId good = newPod();
    PodId bad = newPod();
    store
        .sql()
        .change(
            connection ->
                connection
                    .createStatement()
                    .execute(
                        "CREATE TRIGGER no_x BEFORE INSERT ON resource WHEN NEW.name = x'78'"
                            + " BEGIN SELECT RAISE(ABORT, 'x'); END"));
    List<Future<Object>> done =
        together(
            List.of(
                () -> put(good, "/a", PodStore.JdbcWork.NONE),
                () -> put(bad, "/x", PodStore.JdbcWork.NONE),
                () -> put(good, "/b", PodStore.JdbcWork.NONE)));
    done.get(0).get();
    done.get(2).get();
    assertThrows(ExecutionException.class, () -> done.get(1).get());
    assertEquals(2L, store.<Long>read(good, view -> view.memberCount(PodPath.ROOT)));
    assertEquals(0L, store.<Long>read(bad, view -> view.memberCount(PodPath.ROOT)));
    put(bad, "/y", PodStore.JdbcWork.NONE);
  }
}
