package tripod.atproto.sync;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tripod.podstore.Journal;
import tripod.syntax.PodId;

/** A journal whose streams can be held, as if reading and sending them took ever so long. */
final class GatedJournal implements Journal {
  private static final CountDownLatch OPEN = new CountDownLatch(0);

  private final Journal real;
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(OPEN);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger groups = new AtomicInteger();

  GatedJournal(Journal real) {
    this.real = real;
  }

  /** Holds whoever reads a stream from now on. */
  void shut() {
    gate.set(new CountDownLatch(1));
  }

  void open() {
    gate.getAndSet(OPEN).countDown();
  }

  /** Returns how many readers are held now. */
  int held() {
    return held.get();
  }

  /** Returns of how many groups the listeners were told. */
  int groups() {
    return groups.get();
  }

  @Override
  public List<Emission> stream(String name, long after, int limit) {
    held.incrementAndGet();
    try {
      gate.get().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      held.decrementAndGet();
    }
    return real.stream(name, after, limit);
  }

  @Override
  public AutoCloseable onGroup(Runnable listener) {
    return real.onGroup(
        () -> {
          listener.run();
          groups.incrementAndGet();
        });
  }

  @Override
  public long head() {
    return real.head();
  }

  @Override
  public long passed() {
    return real.passed();
  }

  @Override
  public long restored() {
    return real.restored();
  }

  @Override
  public List<Entry> commits(long after, int limit) {
    return real.commits(after, limit);
  }

  @Override
  public long oldest(String stream) {
    return real.oldest(stream);
  }

  @Override
  public long before(String stream, Instant time) {
    return real.before(stream, time);
  }

  @Override
  public long prune(String stream, Instant before) {
    return real.prune(stream, before);
  }

  @Override
  public long prune(String stream, PodId pod, long number) {
    return real.prune(stream, pod, number);
  }

  @Override
  public long position(String worker) {
    return real.position(worker);
  }

  @Override
  public void position(String worker, long number) {
    real.position(worker, number);
  }
}
