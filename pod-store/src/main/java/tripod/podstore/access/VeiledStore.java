package tripod.podstore.access;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import tripod.podstore.Blobs;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Spool;
import tripod.podstore.Usage;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/**
 * The store as doors see it that show things: in every view, what is hidden is not there (SEC-74).
 *
 * <p>Writing is not veiled: an owner may still change or delete what is hidden, and what is derived
 * from it stays as it is. Closing it closes nothing.
 */
public final class VeiledStore implements PodStore {
  private final PodStore store;
  private final Veil veil;

  /** Puts a veil over a store. */
  public VeiledStore(PodStore store, Veil veil) {
    this.store = store;
    this.veil = veil;
  }

  @Override
  public <T> T read(PodId pod, Function<PodReader, T> work) {
    Veil.Hidden hidden = veil.of(pod);
    return store.read(
        pod, hidden.isNothing() ? work : view -> work.apply(new VeiledReader(view, hidden)));
  }

  @Override
  public <T> T write(PodId pod, Function<PodWriter, T> work) {
    return store.write(pod, work);
  }

  @Override
  public <T> T create(PodId pod, JdbcWork also, Function<PodWriter, T> work) {
    return store.create(pod, also, work);
  }

  @Override
  public void drop(PodId pod, JdbcWork also, Consumer<PodWriter> last) {
    store.drop(pod, also, last);
  }

  @Override
  public PodId nextPodId() {
    return store.nextPodId();
  }

  @Override
  public Journal journal() {
    return store.journal();
  }

  @Override
  public Spool spool() {
    return store.spool();
  }

  @Override
  public Blobs blobs() {
    return new VeiledBlobs(store.blobs(), veil);
  }

  @Override
  public Usage usage(PodId pod) {
    return store.usage(pod);
  }

  @Override
  public void quota(PodId pod, OptionalLong bytes) {
    store.quota(pod, bytes);
  }

  @Override
  public List<String> faults(PodId pod) {
    return store.faults(pod);
  }

  @Override
  public Sql sql() {
    return store.sql();
  }

  @Override
  public List<PodId> pods(Optional<PodId> after, int limit) {
    return store.pods(after, limit);
  }

  @Override
  public void close() {
    // the store is closed by whoever opened it
  }

  private record VeiledBlobs(Blobs blobs, Veil veil) implements Blobs {
    @Override
    public Blob put(PodId pod, InputStream content, MediaType declared, long bytesMax) {
      Blob blob = blobs.put(pod, content, declared, bytesMax);
      if (veil.of(pod).blobs().contains(blob.cid())) {
        throw new PodFailure.Refused("this file was taken down and cannot be stored again");
      }
      return blob;
    }

    @Override
    public Optional<InputStream> open(PodId pod, Cid blob, long offset, long length) {
      return veil.of(pod).blobs().contains(blob)
          ? Optional.empty()
          : blobs.open(pod, blob, offset, length);
    }

    @Override
    public Collected collect() {
      return blobs.collect();
    }
  }
}
