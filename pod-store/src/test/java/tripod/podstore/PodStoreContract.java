package tripod.podstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.AccessMode;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/** What every store must do, whatever engine is beneath it. */
public abstract class PodStoreContract {
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private volatile Instant now = NOON;
  protected final InstantSource clock = () -> now;
  protected PodStore store;
  protected PodId pod;

  /** Opens the store of this test, which may have been open before. */
  protected abstract PodStore open(List<Projection> projections);

  /** Says whether what was written is there again after a reopen. */
  protected boolean isDurable() {
    return true;
  }

  @BeforeEach
  void openEmpty() {
    store = open(List.of());
    pod = newPod();
  }

  @AfterEach
  void close() {
    if (store != null) { // a skipped test never opened one
      store.close();
    }
  }

  protected PodId newPod() {
    PodId id = store.nextPodId();
    store.create(id, PodStore.JdbcWork.NONE, writer -> 0);
    return id;
  }

  protected void reopen(Projection... projections) {
    store.close();
    store = open(List.of(projections));
    if (!isDurable()) {
      pod = newPod();
    }
  }

  protected static PodPath path(String value) {
    return new PodPath(value);
  }

  protected static Content.Document turtle(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  protected static Content.Document block(String text) {
    return new Content.Document(MediaType.DAG_CBOR, text.getBytes(StandardCharsets.UTF_8));
  }

  protected static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  protected void put(String at, Content content) {
    write(writer -> writer.put(path(at), content));
  }

  protected void write(java.util.function.Consumer<PodWriter> work) {
    store.write(
        pod,
        writer -> {
          work.accept(writer);
          return 0;
        });
  }

  private List<String> names(String container, Optional<String> after, boolean newest, int limit) {
    return store.read(
        pod,
        view ->
            view.members(path(container), after, newest, limit).stream()
                .map(r -> r.path().name())
                .toList());
  }

  @Test
  void put_newDocument_isReadAsWritten() {
    put("/notes/a", turtle("<> a <x:Note>."));
    Resource found = store.read(pod, view -> view.get(path("/notes/a"))).orElseThrow();
    var document = (Content.Document) found.content();
    assertEquals(MediaType.TURTLE, document.mediaType());
    assertArrayEquals(utf8("<> a <x:Note>."), document.bytes());
    assertEquals(NOON, found.created());
    assertEquals(store.read(pod, PodReader::head), Optional.of(found.rev()));
    assertTrue(found.cid().isEmpty());
  }

  @Test
  void put_block_hasItsCid() {
    put("/records/a", block("xyz"));
    Resource found = store.read(pod, view -> view.get(path("/records/a"))).orElseThrow();
    assertEquals(Optional.of(Cid.ofDagCbor(utf8("xyz"))), found.cid());
  }

  @Test
  void put_deepPath_makesContainersAbove() {
    put("/a/b/c", turtle(""));
    store.read(
        pod,
        view -> {
          assertEquals(List.of(path("/a/"), path("/a/b/")), view.containersUnder(PodPath.ROOT));
          assertEquals(1, view.memberCount(PodPath.ROOT));
          assertEquals(1, view.memberCount(path("/a/b/")));
          assertTrue(view.get(path("/a/b/")).orElseThrow().content() instanceof Content.Container);
          return 0;
        });
    assertEquals(
        List.of("/a/:CREATED", "/a/b/:CREATED", "/a/b/c:CREATED"),
        store.journal().commits(0, 1000).getLast().touches().stream()
            .map(t -> t.path() + ":" + t.kind())
            .toList());
  }

  @Test
  void put_otherKindOfSameName_isConflict() {
    put("/a/b", turtle(""));
    put("/c/d", turtle(""));
    assertThrows(PodFailure.Conflict.class, () -> put("/a/b/x", turtle("")));
    assertThrows(PodFailure.Conflict.class, () -> put("/c", turtle("")));
    assertThrows(PodFailure.Invalid.class, () -> put("/e/", turtle("")));
    assertThrows(PodFailure.Invalid.class, () -> put("/e", new Content.Container()));
  }

  @Test
  void put_again_keepsCreationAndCount() {
    put("/a/b", turtle("<> a <x:One>."));
    Resource first = store.read(pod, view -> view.get(path("/a/b"))).orElseThrow();
    put("/a/b", turtle("<> a <x:Two>."));
    Resource second = store.read(pod, view -> view.get(path("/a/b"))).orElseThrow();
    assertEquals(first.created(), second.created());
    assertTrue(second.rev().compareTo(first.rev()) > 0);
    assertEquals(1L, store.<Long>read(pod, view -> view.memberCount(path("/a/"))));
    assertEquals(
        Journal.Kind.UPDATED,
        store.journal().commits(0, 1000).getLast().touches().getFirst().kind());
  }

  @Test
  void put_tooLarge_isRefused() {
    var large = new Content.Document(MediaType.JSON, new byte[PodLimits.DOCUMENT_BYTES_MAX + 1]);
    assertThrows(PodFailure.TooLarge.class, () -> put("/a", large));
  }

  @Test
  void put_severalMegabytes_isReadBack() {
    byte[] bytes = new byte[3_000_000];
    bytes[2_999_999] = 7;
    put("/a", new Content.Document(MediaType.JSON, bytes));
    Resource found = store.read(pod, view -> view.get(path("/a"))).orElseThrow();
    assertArrayEquals(bytes, ((Content.Document) found.content()).bytes());
  }

  @Test
  void delete_resource_takesItsAspectsAlong() {
    put("/a/b", turtle(""));
    write(w -> w.putAspect(path("/a/b"), Aspect.META, turtle("<> a <x:M>.")));
    assertTrue(store.<Boolean>write(pod, w -> w.delete(path("/a/b"))));
    assertFalse(store.<Boolean>write(pod, w -> w.delete(path("/a/b"))));
    store.read(
        pod,
        view -> {
          assertTrue(view.get(path("/a/b")).isEmpty());
          assertTrue(view.get(path("/a/b"), Aspect.META).isEmpty());
          assertEquals(0, view.memberCount(path("/a/")));
          return 0;
        });
  }

  @Test
  void delete_container_onlyWhenEmpty() {
    put("/a/b", turtle(""));
    assertThrows(PodFailure.Conflict.class, () -> write(w -> w.delete(path("/a/"))));
    assertThrows(PodFailure.Conflict.class, () -> write(w -> w.delete(PodPath.ROOT)));
    write(
        w -> {
          w.delete(path("/a/b"));
          w.delete(path("/a/"));
        });
    assertTrue(store.read(pod, view -> view.get(path("/a/"))).isEmpty());
    put("/a/c", turtle(""));
    assertEquals(List.of("c"), names("/a/", Optional.empty(), false, 10));
  }

  @Test
  void aspect_ofMissingResource_isNotFound() {
    assertThrows(
        PodFailure.NotFound.class,
        () -> write(w -> w.putAspect(path("/nothing"), Aspect.META, turtle(""))));
  }

  @Test
  void members_pagesBothWaysInByteOrder() {
    write(
        w -> {
          for (String name : List.of("b", "a", "é", "Z", "c", "𝕏", "ﬀ")) {
            w.put(path("/m/" + name), turtle(""));
          }
        });
    assertEquals(
        List.of("Z", "a", "b", "c", "é", "ﬀ", "𝕏"), names("/m/", Optional.empty(), false, 10));
    assertEquals(List.of("𝕏", "ﬀ"), names("/m/", Optional.empty(), true, 2));
    assertEquals(List.of("é", "c"), names("/m/", Optional.of("ﬀ"), true, 2));
    assertEquals(List.of("b", "c"), names("/m/", Optional.of("a"), false, 2));
    assertEquals(List.of(), names("/none/", Optional.empty(), false, 2));
  }

  @Test
  void blocks_areThoseAmongMembersAndPageAsTheyDo() {
    byte[] a = DagCbor.encode(DagValue.of("a"));
    byte[] b = DagCbor.encode(DagValue.of("b"));
    write(
        w -> {
          w.put(path("/m/1"), new Content.Document(MediaType.DAG_CBOR, a));
          w.put(path("/m/2"), turtle(""));
          w.put(path("/m/3"), new Content.Document(MediaType.DAG_CBOR, b));
          w.put(path("/m/4/x"), turtle(""));
          assertEquals(List.of("1", "3"), blockNames(w, Optional.empty(), false, 10));
        });
    store.read(
        pod,
        v -> {
          assertEquals(List.of("1", "3"), blockNames(v, Optional.empty(), false, 10));
          assertEquals(List.of("3", "1"), blockNames(v, Optional.empty(), true, 10));
          assertEquals(List.of("3"), blockNames(v, Optional.of("1"), false, 10));
          assertEquals(List.of("1"), blockNames(v, Optional.of("3"), true, 10));
          PodReader.Blocks first = v.blocks(path("/m/"), Optional.empty(), false, 2);
          assertEquals(Cid.ofDagCbor(a), first.blocks().getFirst().cid());
          assertArrayEquals(a, first.blocks().getFirst().bytes());
          assertEquals(Optional.of("2"), first.behind());
          PodReader.Blocks rest = v.blocks(path("/m/"), first.behind(), false, 10);
          assertEquals("3", rest.blocks().getFirst().name());
          assertEquals(Optional.empty(), rest.behind());
          PodReader.Blocks none = v.blocks(path("/none/"), Optional.empty(), false, 10);
          assertEquals(new PodReader.Blocks(List.of(), Optional.empty()), none);
          return true;
        });
  }

  private static List<String> blockNames(
      PodReader view, Optional<String> after, boolean newest, int limit) {
    return view.blocks(path("/m/"), after, newest, limit).blocks().stream()
        .map(PodReader.Block::name)
        .toList();
  }

  @Test
  void write_seesItsOwnChanges() {
    put("/m/b", turtle(""));
    write(
        w -> {
          w.put(path("/m/a"), turtle(""));
          w.put(path("/m/c"), turtle(""));
          w.delete(path("/m/b"));
          assertEquals(
              List.of("c", "a"),
              w.members(path("/m/"), Optional.empty(), true, 10).stream()
                  .map(r -> r.path().name())
                  .toList());
          assertEquals(
              List.of("c"),
              w.members(path("/m/"), Optional.of("a"), false, 1).stream()
                  .map(r -> r.path().name())
                  .toList());
          assertEquals(2, w.memberCount(path("/m/")));
          assertTrue(w.get(path("/m/b")).isEmpty());
        });
  }

  @Test
  void write_thrownOutOf_changesNothing() {
    long before = store.<Long>read(pod, PodReader::number);
    var mine = new IllegalStateException("mine");
    assertSame(
        mine,
        assertThrows(
            IllegalStateException.class,
            () ->
                write(
                    w -> {
                      w.put(path("/a"), turtle(""));
                      throw mine;
                    })));
    assertTrue(store.read(pod, view -> view.get(path("/a"))).isEmpty());
    assertEquals(before, store.<Long>read(pod, PodReader::number));
  }

  @Test
  void write_thatChangesNothing_makesNoCommit() {
    long before = store.journal().head();
    write(w -> w.get(path("/a")));
    write(w -> w.delete(path("/a")));
    write(
        w -> {
          w.put(path("/a"), turtle(""));
          w.delete(path("/a"));
        });
    assertEquals(before, store.journal().head());
  }

  @Test
  void write_toMissingPod_isNotFound() {
    var nobody = new PodId(987_654);
    assertThrows(PodFailure.NotFound.class, () -> store.read(nobody, PodReader::number));
    assertThrows(PodFailure.NotFound.class, () -> store.write(nobody, w -> 0));
  }

  @Test
  void write_insideAWrite_isABug() {
    assertThrows(
        IllegalStateException.class, () -> store.write(pod, w -> store.write(pod, x -> 0)));
  }

  @Test
  void commit_touchedSeveralTimes_isOneChange() {
    var seen = new ArrayList<Change>();
    reopen(projection("p", (commit, after) -> seen.addAll(commit.changes())));
    put("/x/a", turtle("<> a <x:A>."));
    seen.clear();
    write(
        w -> {
          w.put(path("/x/a"), turtle("<> a <x:B>."));
          w.put(path("/x/b"), turtle(""));
          w.put(path("/x/a"), turtle("<> a <x:C>."));
          w.delete(path("/x/b"));
        });
    assertEquals(1, seen.size());
    var change = (Change.Put) seen.getFirst();
    assertEquals(
        "<> a <x:A>.",
        new String(
            ((Content.Document) change.before().orElseThrow().content()).bytes(),
            StandardCharsets.UTF_8));
    assertEquals(
        "<> a <x:C>.",
        new String(((Content.Document) change.after().content()).bytes(), StandardCharsets.UTF_8));
  }

  /** What a projection of a test does. */
  protected interface Follow {
    void apply(Commit pending, PodWriter after);
  }

  protected static Projection projection(String name, Follow follow) {
    return new Projection() {
      @Override
      public String partition() {
        return name;
      }

      @Override
      public void apply(Commit pending, PodWriter after) {
        follow.apply(pending, after);
      }
    };
  }

  @Test
  void projection_refusing_leavesPodUnchanged() {
    reopen(
        projection("first", (c, w) -> w.partition("first").put("k", utf8("v"))),
        projection(
            "second",
            (c, w) -> {
              assertEquals("v", text(w.partition("first").get("k")));
              if (c.changes().stream().anyMatch(x -> x.path().name().equals("bad"))) {
                throw new PodFailure.Refused("bad");
              }
            }));
    put("/good", turtle(""));
    write(w -> w.partition("first").delete("k"));
    long before = store.journal().head();
    assertThrows(PodFailure.Refused.class, () -> put("/bad", turtle("")));
    assertEquals(before, store.journal().head());
    store.read(
        pod,
        view -> {
          assertTrue(view.get(path("/bad")).isEmpty());
          assertTrue(view.partition("first").get("k").isEmpty());
          return 0;
        });
    put("/fine", turtle(""));
  }

  private static String text(Optional<byte[]> value) {
    return new String(value.orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void projection_changingResources_isABug() {
    reopen(
        projection(
            "p",
            (c, w) -> {
              if (c.changes().stream().anyMatch(x -> x.path().name().equals("a"))) {
                w.put(path("/other"), turtle(""));
              }
            }));
    assertThrows(IllegalStateException.class, () -> put("/a", turtle("")));
  }

  @Test
  void partition_ranges_mergePendingAndDurable() {
    write(
        w -> {
          for (int i = 0; i < 10; i++) {
            w.partition("p").put("k" + i, utf8("v" + i));
          }
        });
    write(
        w -> {
          WritablePartition p = w.partition("p");
          p.delete("k3");
          p.put("k35", utf8("new"));
          p.put("k4", utf8("four"));
          assertEquals(List.of("k2", "k35", "k4"), keys(p.range(utf8("k2"), utf8("k9"), false, 3)));
          assertEquals(
              List.of("k5", "k4", "k35", "k2"), keys(p.range(utf8("k2"), utf8("k6"), true, 4)));
          assertEquals("four", text(p.get("k4")));
          assertTrue(p.get("k3").isEmpty());
        });
    store.read(
        pod,
        view -> {
          assertEquals(10, view.partition("p").prefixed("k", 100).size());
          assertEquals(
              List.of("k35", "k2", "k1"),
              keys(view.partition("p").range(new byte[0], utf8("k4"), true, 3)));
          assertEquals(List.of(), view.partition("none").prefixed("", 10));
          return 0;
        });
  }

  @Test
  void partition_each_visitsWhatARangeHas() {
    write(
        w -> {
          for (int i = 10; i < 60; i += 2) {
            w.partition("p").put("k" + i, utf8("v" + i));
          }
        });
    if (isDurable()) {
      reopen(); // so that these rows are in the database alone
    }
    write(
        w -> {
          WritablePartition p = w.partition("p");
          p.put("a", utf8("before all"));
          p.put("k11", utf8("between"));
          p.put("k20", utf8("instead"));
          p.delete("k30");
          p.delete("k31");
          p.put("z", utf8("behind all"));
          for (String from : List.of("", "k11", "k20", "k21")) {
            for (String to : List.of("", "k20", "k31", "z")) {
              assertEquals(all(p.range(utf8(from), utf8(to), false, 100)), each(p, from, to));
            }
          }
        });
    store.read(
        pod,
        view -> {
          Partition p = view.partition("p");
          assertEquals(all(p.range(utf8("k2"), utf8("k4"), false, 100)), each(p, "k2", "k4"));
          assertEquals(27, each(p, "", "").size());
          assertEquals(List.of(), each(view.partition("none"), "", ""));
          return 0;
        });
  }

  private static List<String> all(List<Partition.Entry> entries) {
    return entries.stream().map(e -> e.text() + "=" + text(Optional.of(e.value()))).toList();
  }

  private static List<String> each(Partition partition, String from, String to) {
    List<String> seen = new ArrayList<>();
    partition.each(
        utf8(from),
        utf8(to),
        (key, value) -> seen.add(text(Optional.of(key)) + "=" + text(Optional.of(value))));
    return seen;
  }

  private static List<String> keys(List<Partition.Entry> entries) {
    return entries.stream().map(Partition.Entry::text).toList();
  }

  @Test
  void partition_keys_areOrderedAsUnsignedBytes() {
    write(
        w -> {
          w.partition("p").put(new byte[] {(byte) 0x80}, new byte[] {1});
          w.partition("p").put(new byte[] {0x7f}, new byte[] {2});
          w.partition("p").put(new byte[] {}, new byte[] {});
        });
    List<Partition.Entry> all =
        store.read(pod, v -> v.partition("p").range(new byte[0], new byte[0], false, 9));
    assertEquals(3, all.size());
    assertEquals(0, all.getFirst().value().length);
    assertEquals(1, all.getLast().value()[0]);
  }

  @Test
  void partition_onlyWrite_isDurableWithoutACommit() {
    long number = store.<Long>read(pod, PodReader::number);
    long head = store.journal().head();
    write(w -> w.partition("p").put("k", utf8("v")));
    assertEquals(number, store.<Long>read(pod, PodReader::number));
    assertEquals(head, store.journal().head());
    assertEquals("v", store.read(pod, v -> text(v.partition("p").get("k"))));
  }

  @Test
  void journal_numbers_areGaplessPerPodAndIncreasing() throws Exception {
    List<PodId> pods = new ArrayList<>(List.of(pod, newPod(), newPod()));
    long start = store.journal().head();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int t = 0; t < 12; t++) {
        int writer = t;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    String at = "/w/" + writer + "-" + i;
                    boolean fails = i % 10 == 3;
                    try {
                      store.write(
                          pods.get(writer % 3),
                          w -> {
                            w.put(path(at), turtle(""));
                            w.emit("frames", new byte[12], 4);
                            if (fails) {
                              w.also(c -> c.createStatement().execute("no such statement"));
                            }
                            return 0;
                          });
                      assertFalse(fails);
                    } catch (PodFailure.Unavailable expected) {
                      // Its own failure, or that of the write it was prepared upon.
                    }
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    var last = new HashMap<PodId, Long>();
    long number = start;
    int count = 0;
    for (Journal.Entry entry : store.journal().commits(start, 10_000)) {
      assertTrue(entry.number() > number);
      number = entry.number();
      Long before = last.put(entry.pod(), entry.podNumber());
      assertTrue(before == null || before + 1 == entry.podNumber());
      count++;
    }
    assertTrue(count > 50, count + " commits");
    for (Map.Entry<PodId, Long> each : last.entrySet()) {
      assertEquals(each.getValue(), store.<Long>read(each.getKey(), PodReader::number));
    }
    List<Journal.Emission> frames = store.journal().stream("frames", start, 10_000);
    assertEquals(count, frames.size());
    for (Journal.Emission frame : frames) {
      assertEquals(frame.number(), ByteBuffer.wrap(frame.payload()).getLong(4));
      assertTrue(frame.number() >= 1L << 33);
    }
    long members = 0;
    for (PodId each : pods) {
      members += store.<Long>read(each, v -> v.memberCount(path("/w/")));
    }
    assertEquals(count, members);
  }

  @Test
  void also_failing_undoesItsCommitAlone() {
    store
        .sql()
        .change(
            c ->
                c.createStatement().execute("CREATE TABLE account (name VARCHAR(20) PRIMARY KEY)"));
    PodStore.JdbcWork alice =
        c -> c.createStatement().executeUpdate("INSERT INTO account VALUES ('alice')");
    PodId first = store.nextPodId();
    store.create(first, alice, w -> 0);
    PodId second = store.nextPodId();
    assertThrows(PodFailure.Conflict.class, () -> store.create(second, alice, w -> 0));
    assertThrows(PodFailure.NotFound.class, () -> store.read(second, PodReader::number));
    assertThrows(
        PodFailure.Conflict.class,
        () ->
            write(
                w -> {
                  w.put(path("/a"), turtle(""));
                  w.also(alice);
                }));
    assertTrue(store.read(pod, v -> v.get(path("/a"))).isEmpty());
    put("/a", turtle(""));
    assertEquals(List.of("a"), names("/", Optional.empty(), false, 9));
    int count =
        store
            .sql()
            .query(
                c -> {
                  try (var rows =
                      c.createStatement().executeQuery("SELECT COUNT(*) FROM account")) {
                    rows.next();
                    return rows.getInt(1);
                  }
                });
    assertEquals(1, count);
  }

  @Test
  void sqlChange_throwing_isRolledBackAndRethrown() {
    store.sql().change(c -> c.createStatement().execute("CREATE TABLE t (n INT)"));
    var mine = new IllegalArgumentException("mine");
    assertSame(
        mine,
        assertThrows(
            IllegalArgumentException.class,
            () ->
                store
                    .sql()
                    .change(
                        c -> {
                          c.createStatement().executeUpdate("INSERT INTO t VALUES (1)");
                          throw mine;
                        })));
    assertFalse(
        store
            .sql()
            .<Boolean>query(
                c -> {
                  try (var rows = c.createStatement().executeQuery("SELECT n FROM t")) {
                    return rows.next();
                  }
                }));
  }

  @Test
  void create_again_isConflict() {
    assertThrows(
        PodFailure.Conflict.class, () -> store.create(pod, PodStore.JdbcWork.NONE, w -> 0));
  }

  @Test
  void drop_pod_removesAllOfIt() {
    put("/a/b", turtle(""));
    PodId other = newPod();
    store.drop(pod, PodStore.JdbcWork.NONE);
    assertThrows(PodFailure.NotFound.class, () -> store.read(pod, PodReader::number));
    assertThrows(PodFailure.NotFound.class, () -> put("/c", turtle("")));
    assertEquals(List.of(PodStore.HOST, other), store.pods(Optional.empty(), 10));
    assertTrue(store.nextPodId().value() > other.value());
  }

  @Test
  void drop_withALastWord_keepsItAlone() {
    PodId other = newPod();
    for (PodId each : List.of(pod, other, pod)) {
      store.write(
          each,
          w -> {
            w.emit("s", new byte[9], 1);
            return 0;
          });
    }
    store.drop(
        pod,
        PodStore.JdbcWork.NONE,
        last -> {
          last.forgetStream("s");
          last.emit("s", new byte[] {7, 0, 0, 0, 0, 0, 0, 0, 0}, 1);
        });
    List<Journal.Emission> told = store.journal().stream("s", 0, 10);
    assertEquals(List.of(other, pod), told.stream().map(Journal.Emission::pod).toList());
    assertEquals(7, told.getLast().payload()[0]);
    assertEquals(
        told.getLast().number(), java.nio.ByteBuffer.wrap(told.getLast().payload()).getLong(1));
    assertThrows(PodFailure.NotFound.class, () -> store.read(pod, PodReader::number));
  }

  @Test
  void stream_prune_dropsTheOldAndThePods() {
    PodId other = newPod();
    for (PodId each : List.of(pod, other, pod)) {
      store.write(
          each,
          w -> {
            w.emit("s", new byte[] {1, 2}, -1);
            return 0;
          });
    }
    List<Journal.Emission> all = store.journal().stream("s", 0, 10);
    assertEquals(3, all.size());
    assertEquals(all.getFirst().number(), store.journal().oldest("s"));
    assertEquals(1, store.journal().prune("s", pod, all.get(2).number()));
    assertEquals(2, store.journal().stream("s", 0, 10).size());
    assertEquals(0, store.journal().prune("s", NOON));
    assertEquals(2, store.journal().prune("s", NOON.plusSeconds(1)));
    assertEquals(0, store.journal().oldest("s"));
    assertEquals(0, store.journal().oldest("never"));
  }

  @Test
  void stream_before_findsByTimeAndRemembersWhatWasPruned() {
    assertEquals(0, store.journal().before("s", NOON.plusSeconds(100)));
    var numbers = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      store.write(
          pod,
          w -> {
            w.emit("s", new byte[] {1, 2}, -1);
            return 0;
          });
      numbers.add(store.journal().head());
      now = now.plusSeconds(10);
    }
    assertEquals(0, store.journal().before("s", NOON));
    assertEquals(numbers.get(4), store.journal().before("s", NOON.plusSeconds(50)));
    assertEquals(numbers.get(5), store.journal().before("s", NOON.plusSeconds(51)));
    assertEquals(numbers.get(19), store.journal().before("s", NOON.plusSeconds(1000)));
    assertEquals(10, store.journal().prune("s", NOON.plusSeconds(100)));
    assertEquals(numbers.get(9), store.journal().before("s", NOON));
    assertEquals(numbers.get(10), store.journal().oldest("s"));
    assertEquals(10, store.journal().prune("s", NOON.plusSeconds(1000)));
    assertEquals(numbers.get(19), store.journal().before("s", NOON));
    assertEquals(0, store.journal().oldest("s"));
  }

  private long emit(PodId from, String stream, byte[] payload, int numberAt) {
    store.write(
        from,
        w -> {
          w.emit(stream, payload, numberAt);
          return 0;
        });
    return store.journal().head();
  }

  /** Makes a payload that shrinks by a third or so, as a repository's frames do. */
  private static byte[] likeAFrame(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    for (int at = 0; at + 48 <= length; at += 48) {
      Arrays.fill(payload, at + 32, at + 48, (byte) 7);
    }
    return payload;
  }

  /** Empties the memory of a stream, so that what is read next comes from the tables. */
  private void forgetRecent(String stream) {
    PodId other = newPod();
    long last = emit(other, stream, new byte[1], -1);
    assertEquals(1, store.journal().prune(stream, other, last + 1));
  }

  private int rows(String table) {
    return store
        .sql()
        .query(
            c -> {
              try (var statement = c.createStatement();
                  var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                row.next();
                return row.getInt(1);
              }
            });
  }

  private void setPayload(long number, byte[] payload) {
    store
        .sql()
        .change(
            c -> {
              try (var update = c.prepareStatement("UPDATE stream SET payload=? WHERE number=?")) {
                update.setBytes(1, payload);
                update.setLong(2, number);
                return update.executeUpdate();
              }
            });
  }

  @Test
  void stream_payloadsOfAnyLength_areReadBackByteForByte() {
    var lengths =
        List.of(
            1, 8, 199, 200, 999, 1_000, 1_001, 1_500, 2_000, 3_000, 5_000, 20_000, 48_000, 60_000,
            131_072, 131_073, 300_000);
    var written = new ArrayList<byte[]>();
    for (int length : lengths) {
      byte[] random = new byte[length];
      new Random(length).nextBytes(random);
      for (byte[] payload : List.of(random, likeAFrame(length), new byte[length])) {
        int at = length < 200 ? -1 : length / 2;
        long number = emit(pod, "s", payload.clone(), at);
        if (at >= 0) {
          ByteBuffer.wrap(payload).putLong(at, number);
        }
        written.add(payload);
      }
    }
    forgetRecent("s");
    List<Journal.Emission> read = new ArrayList<>();
    for (long last = 0, seen = -1; seen != read.size(); ) {
      seen = read.size();
      read.addAll(store.journal().stream("s", last, 7));
      last = read.getLast().number();
    }
    assertEquals(written.size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      assertArrayEquals(written.get(i), read.get(i).payload());
      assertEquals(pod, read.get(i).pod());
      assertEquals(NOON, read.get(i).at());
    }
  }

  @Test
  void stream_entriesOfAnOlderFormat_areRead() {
    byte[] payload = likeAFrame(5_000);
    long number = emit(pod, "s", payload, -1);
    emit(pod, "s", likeAFrame(4_000), -1);
    forgetRecent("s");
    store
        .sql()
        .change(
            c -> {
              c.createStatement()
                  .executeUpdate("DELETE FROM stream_piece WHERE piece<" + (number + 1) * 32);
              try (var copy =
                  c.prepareStatement(
                      "INSERT INTO stream (number, label_id, pod_id, at, payload)"
                          + " SELECT ?, label_id, pod_id, at, ? FROM stream WHERE number=?")) {
                copy.setLong(1, number - 1);
                copy.setBytes(2, payload);
                copy.setLong(3, number);
                copy.executeUpdate();
              }
              return c.createStatement().executeUpdate("DELETE FROM stream WHERE number=" + number);
            });
    List<Journal.Emission> read = store.journal().stream("s", 0, 10);
    assertEquals(2, read.size());
    assertArrayEquals(payload, read.getFirst().payload());
    assertEquals(2, store.journal().prune("s", NOON.plusSeconds(1)));
  }

  @Test
  void stream_damagedEntry_isPassedOver() {
    byte[] saysFourGigabytes = {
      0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0
    };
    byte[] saysHundredThousand = {
      0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xa0, 0x10, 0x27, 1, 0, 1, 0, 0
    };
    var numbers = new ArrayList<Long>();
    for (int i = 0; i < 8; i++) {
      numbers.add(emit(pod, "s", likeAFrame(900), -1));
    }
    forgetRecent("s");
    setPayload(numbers.get(0), saysFourGigabytes);
    setPayload(numbers.get(1), saysHundredThousand);
    setPayload(numbers.get(2), new byte[0]);
    setPayload(numbers.get(3), likeAFrame(400));
    store
        .sql()
        .change(
            c ->
                c.createStatement()
                    .executeUpdate("UPDATE stream SET form=9 WHERE number=" + numbers.get(5)));
    store
        .sql()
        .change(
            c ->
                c.createStatement()
                    .executeUpdate("UPDATE stream SET pieces=3 WHERE number=" + numbers.get(6)));
    assertEquals(
        List.of(numbers.get(4), numbers.get(7)),
        store.journal().stream("s", 0, 2).stream().map(Journal.Emission::number).toList());
    assertEquals(numbers.getFirst(), store.journal().oldest("s"));
    assertEquals(8, store.journal().prune("s", NOON.plusSeconds(1)));
  }

  @Test
  void stream_prune_removesAllPiecesAndNoOthers() {
    PodId other = newPod();
    byte[] kept = likeAFrame(8_000);
    for (int i = 0; i < 3; i++) {
      emit(pod, "s", likeAFrame(6_000), -1);
      emit(other, "t", kept.clone(), -1);
      emit(other, "s", likeAFrame(7_000), -1);
    }
    int all = rows("stream_piece");
    assertEquals(3, store.journal().prune("s", other, Long.MAX_VALUE));
    assertEquals(3, store.journal().prune("s", NOON.plusSeconds(1)));
    List<Journal.Emission> left = store.journal().stream("t", 0, 10);
    assertEquals(3, left.size());
    forgetRecent("t");
    for (Journal.Emission emission : store.journal().stream("t", 0, 10)) {
      assertArrayEquals(kept, emission.payload());
    }
    assertEquals(3, rows("stream"));
    store.drop(other, PodStore.JdbcWork.NONE, last -> last.forgetStream("t"));
    assertEquals(0, rows("stream"));
    assertEquals(0, rows("stream_piece"), "of " + all);
  }

  @Test
  void journal_listener_isToldAfterEachGroup() throws Exception {
    var heads = new CopyOnWriteArrayList<Long>();
    store.sql().change(c -> 0);
    try (var handle = store.journal().onGroup(() -> heads.add(store.journal().head()))) {
      put("/a", turtle(""));
      put("/b", turtle(""));
      store.sql().change(c -> 0);
    }
    put("/c", turtle(""));
    store.sql().change(c -> 0);
    assertEquals(2, heads.size());
  }

  @Test
  void importedWrite_isMarkedAndUnlimited() {
    write(
        w -> {
          w.markImport();
          for (int i = 0; i < PodLimits.CHANGES_MAX + 5; i++) {
            w.put(path("/i/" + i), block("b" + i));
          }
        });
    assertTrue(store.journal().commits(0, 100).getLast().imported());
    assertThrows(
        PodFailure.TooLarge.class,
        () ->
            write(
                w -> {
                  for (int i = 0; i < PodLimits.CHANGES_MAX + 5; i++) {
                    w.put(path("/j/" + i), block("b" + i));
                  }
                }));
  }

  @Test
  void acl_nearestListCounts() {
    put("/a/b/c", turtle(""));
    String rules =
        """
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.
        @prefix foaf: <http://xmlns.com/foaf/0.1/>.
        <#owner> a acl:Authorization; acl:agent </profile/card#me>;
          acl:accessTo <./>; acl:default <./>; acl:mode acl:Read, acl:Write, acl:Control.
        <#public> a acl:Authorization; acl:agentClass foaf:Agent; acl:accessTo <./>; acl:mode acl:Read.
        """;
    write(w -> w.putAspect(PodPath.ROOT, Aspect.ACL, turtle(rules)));
    EffectiveAcl root = store.read(pod, v -> v.acl(PodPath.ROOT));
    assertTrue(root.isOwn());
    assertEquals(2, root.rules().size());
    EffectiveAcl inherited = store.read(pod, v -> v.acl(path("/a/b/c")));
    assertEquals(PodPath.ROOT, inherited.holder());
    assertEquals(1, inherited.rules().size());
    assertEquals(java.util.Set.of("pod:/profile/card#me"), inherited.rules().getFirst().agents());
    write(
        w -> {
          w.putAspect(path("/a/"), Aspect.ACL, turtle(rules.replace("acl:default <./>;", "")));
          assertEquals(List.of(), w.acl(path("/a/b/c")).rules());
        });
    assertEquals(path("/a/"), store.read(pod, v -> v.acl(path("/a/missing"))).holder());
    write(w -> w.deleteAspect(path("/a/"), Aspect.ACL));
    assertEquals(PodPath.ROOT, store.read(pod, v -> v.acl(path("/a/missing"))).holder());
    assertTrue(root.rules().stream().anyMatch(r -> r.modes().contains(AccessMode.CONTROL)));
  }

  @Test
  void SEC_70_acl_leavingNobodyWithControl_isRefused() {
    String rules =
        """
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.
        <#o> a acl:Authorization; acl:agent </profile/card#me>; acl:accessTo <./>; acl:mode acl:Read.
        """;
    assertThrows(
        PodFailure.Refused.class,
        () -> write(w -> w.putAspect(PodPath.ROOT, Aspect.ACL, turtle(rules))));
    assertThrows(
        PodFailure.Invalid.class,
        () -> write(w -> w.putAspect(PodPath.ROOT, Aspect.ACL, turtle("<a> <b>"))));
    assertThrows(
        PodFailure.Refused.class, () -> write(w -> w.deleteAspect(PodPath.ROOT, Aspect.ACL)));
  }

  @Test
  void blob_storedNamedAndSwept() throws IOException {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    Blobs.Blob blob =
        store.blobs().put(pod, new ByteArrayInputStream(png), MediaType.parse("text/plain"), 1000);
    assertEquals(Cid.ofRaw(png), blob.cid());
    assertEquals("image/png", blob.mediaType().essence());
    assertFalse(blob.used());
    write(
        w -> {
          w.put(path("/a"), block("post"), List.of(blob.cid()));
          assertEquals(List.of(path("/a")), w.blobUses(blob.cid(), 10));
          assertTrue(w.blob(blob.cid()).orElseThrow().used());
        });
    store.read(
        pod,
        v -> {
          assertEquals(List.of(path("/a")), v.blobUses(blob.cid(), 10));
          assertTrue(v.blob(blob.cid()).orElseThrow().used());
          assertEquals(1, v.blobs(Optional.empty(), 10).size());
          return 0;
        });
    assertEquals(0, store.blobs().collect().trashed());
    try (InputStream part = store.blobs().open(pod, blob.cid(), 1, 3).orElseThrow()) {
      assertArrayEquals(new byte[] {'P', 'N', 'G'}, part.readAllBytes());
    }
    put("/a", block("post without it"));
    assertFalse(store.read(pod, v -> v.blob(blob.cid())).orElseThrow().used());
    assertEquals(0, store.blobs().collect().trashed());
  }

  @Test
  void usage_followsEveryChange_andQuotaStopsGrowth() {
    long before = store.usage(pod).documentBytes();
    put("/a", block("12345"));
    put("/b", block("123"));
    assertEquals(before + 8, store.usage(pod).documentBytes());
    put("/a", block("1"));
    write(w -> w.delete(path("/b")));
    assertEquals(before + 1, store.usage(pod).documentBytes());
    store.blobs().put(pod, new ByteArrayInputStream(new byte[100]), MediaType.OCTET_STREAM, 1000);
    store.blobs().put(pod, new ByteArrayInputStream(new byte[100]), MediaType.OCTET_STREAM, 1000);
    assertEquals(100, store.usage(pod).blobBytes());
    store.quota(pod, OptionalLong.of(before + 110));
    assertEquals(before + 110, store.usage(pod).quotaBytes());
    assertThrows(PodFailure.OverQuota.class, () -> put("/c", block("1234567890")));
    assertThrows(
        PodFailure.OverQuota.class,
        () ->
            store
                .blobs()
                .put(pod, new ByteArrayInputStream(new byte[50]), MediaType.OCTET_STREAM, 1000));
    put("/c", block("123456789"));
    put("/c", block("12345678"));
    assertEquals(before + 9, store.usage(pod).documentBytes());
    assertEquals(100, store.usage(pod).blobBytes());
    store.quota(pod, OptionalLong.empty());
    put("/d", block("1234567890"));
    reopen();
    if (isDurable()) {
      assertEquals(before + 19, store.usage(pod).documentBytes());
    }
  }

  @Test
  void faults_afterMuchHistory_none() {
    Blobs.Blob blob =
        store.blobs().put(pod, new ByteArrayInputStream(utf8("file")), MediaType.HTML, 1000);
    put("/a/b/c", turtle("<> a <x:Y>."));
    write(w -> w.put(path("/a/p"), block("post"), List.of(blob.cid())));
    write(w -> w.put(path("/f"), new Content.File(MediaType.HTML, blob.cid(), blob.size())));
    write(w -> w.putAspect(path("/a/p"), Aspect.META, turtle("<> a <x:Z>.")));
    put("/a/p", block("post, longer"));
    write(w -> w.delete(path("/a/b/c")));
    write(w -> w.delete(path("/a/b/")));
    assertEquals(List.of(), store.faults(pod));
    assertEquals(List.of(), store.faults(PodStore.HOST));
  }

  @Test
  void faults_rowsThatSomebodyChanged_areAllNamed() {
    Blobs.Blob blob =
        store.blobs().put(pod, new ByteArrayInputStream(utf8("file")), MediaType.HTML, 1000);
    write(w -> w.put(path("/a/p"), block("post"), List.of(blob.cid())));
    for (String sql :
        List.of(
            "UPDATE container SET members=7 WHERE pod_id=" + pod.value(),
            "UPDATE pod SET document_bytes=1, blob_bytes=1 WHERE pod_id=" + pod.value(),
            "DELETE FROM blob_use WHERE pod_id=" + pod.value())) {
      store
          .sql()
          .change(
              connection -> {
                try (var statement = connection.createStatement()) {
                  return statement.executeUpdate(sql);
                }
              });
    }
    List<String> faults = store.faults(pod);
    assertEquals(5, faults.size(), faults.toString());
  }

  @Test
  void blob_notStored_cannotBeNamed() {
    Cid nobody = Cid.ofRaw(utf8("nobody"));
    assertThrows(
        PodFailure.Invalid.class, () -> write(w -> w.put(path("/a"), block("x"), List.of(nobody))));
    assertThrows(
        PodFailure.TooLarge.class,
        () -> store.blobs().put(pod, new ByteArrayInputStream(new byte[11]), MediaType.HTML, 10));
  }

  @Test
  void reopen_keepsEverythingAndGoesOnCounting() {
    if (!isDurable()) {
      return;
    }
    put("/a/b", turtle("<> a <x:Y>."));
    write(w -> w.partition("p").put("k", utf8("v")));
    long head = store.journal().head();
    Tid rev = store.read(pod, PodReader::head).orElseThrow();
    long number = store.<Long>read(pod, PodReader::number);
    store.journal().position("worker", 77);
    PodId id = store.nextPodId();
    reopen();
    assertEquals(head, store.journal().head());
    assertEquals(77, store.journal().position("worker"));
    assertEquals(rev, store.read(pod, PodReader::head).orElseThrow());
    assertEquals("v", store.read(pod, v -> text(v.partition("p").get("k"))));
    put("/a/c", turtle(""));
    Journal.Entry last = store.journal().commits(head, 10).getLast();
    assertTrue(last.number() > head);
    assertEquals(number + 1, last.podNumber());
    assertTrue(last.rev().compareTo(rev) > 0);
    assertTrue(store.nextPodId().value() > id.value());
    assertEquals(List.of("b", "c"), names("/a/", Optional.empty(), false, 10));
    List<Journal.Entry> all = store.journal().commits(0, 100);
    assertEquals(3, all.stream().filter(e -> e.pod().equals(pod)).count());
  }

  @Test
  void secondWrite_seesFirstPending() throws Exception {
    var order = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int t = 0; t < 40; t++) {
        done.add(
            threads.submit(
                () ->
                    write(
                        w -> {
                          int count =
                              w.partition("n")
                                  .get("count")
                                  .map(b -> ByteBuffer.wrap(b).getInt())
                                  .orElse(0);
                          assertEquals(order.getAndIncrement(), count);
                          assertEquals(count, w.memberCount(path("/c/")));
                          assertEquals(
                              count, w.members(path("/c/"), Optional.empty(), true, 100).size());
                          w.put(path("/c/" + count), turtle(""));
                          w.partition("n")
                              .put("count", ByteBuffer.allocate(4).putInt(count + 1).array());
                        })));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertEquals(40L, store.<Long>read(pod, v -> v.memberCount(path("/c/"))));
  }
}
