package tripod.atproto.repo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Naming;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.RecordPlaces;
import tripod.podstore.social.Social;
import tripod.podstore.social.ViewBook;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/** Finds records through the lens and the public gate (VIS-1, VIS-3). */
public final class SocialRecords implements RecordSource {
  private static final MediaType BLOCK = MediaType.DAG_CBOR;

  private final Lens lens;
  private final PublicGate gate;
  private final PublicGate.PubliclyReadable readable;
  private final DagCborCodec codec;
  private final Function<PodId, Optional<PodNames>> names;

  /**
   * Makes it.
   *
   * @param codec writes the pivot as a record
   * @param names what others call a pod; empty while the pod is still being made
   */
  public SocialRecords(
      Lens lens,
      PublicGate gate,
      PublicGate.PubliclyReadable readable,
      DagCborCodec codec,
      Function<PodId, Optional<PodNames>> names) {
    this.lens = lens;
    this.gate = gate;
    this.readable = readable;
    this.codec = codec;
    this.names = names;
  }

  @Override
  public boolean isPublic(PodReader view, PodPath path) {
    return readable.isPublic(view, path);
  }

  @Override
  public Said record(
      Commit pending,
      PodReader view,
      Resource resource,
      RecordName name,
      Optional<byte[]> previous) {
    Optional<PodNames> own = names.apply(pending.pod());
    if (own.isEmpty() || !hasKeyOfItsKind(name)) {
      return Said.NOTHING;
    }
    Optional<Social> social = lens.read(pending, resource, own.get());
    if (social.isEmpty()
        || social.get().audience() != Audience.PUBLIC
        || gate.admit(view, resource, social.get()).isEmpty()) {
      return Said.NOTHING;
    }
    DagCborCodec.Records records =
        codec.writeAll(
            Naming.complete(social.get(), own(view, own.get())),
            resource.path(),
            previous.map(block -> new Content.Document(BLOCK, block)),
            own.get(),
            beside -> isPublic(view, beside.path()) && RecordPlaces.find(view, beside).isEmpty());
    Map<RecordName, byte[]> beside = new LinkedHashMap<>();
    records.beside().forEach((key, written) -> beside.put(key, written.bytes()));
    return new Said(records.own().map(written -> written.document().bytes()), beside);
  }

  /** What a person files under a name of their own choice has no place in these collections. */
  private static boolean hasKeyOfItsKind(RecordName name) {
    return name.equals(RecordName.OF_PROFILE)
        || name.path().value().startsWith("/records/")
        || Tid.isValid(name.rkey().value());
  }

  /** A reply to the pod's own post needs that post's version, which this view knows. */
  private NameBook own(PodReader view, PodNames own) {
    return new ViewBook(
        view,
        own,
        lens,
        uri ->
            RepoRows.leaf(
                    view.partition(RepoRows.PARTITION),
                    uri.collection().orElseThrow() + "/" + uri.rkey().orElseThrow())
                .map(RepoLeaf::cid),
        NameBook.EMPTY);
  }
}
