package tripod.atproto.repo;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.LensEdit;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.RecordPlaces;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Puts records into a pod so that each fact keeps its one home.
 *
 * <p>A record is the resource itself, in its exact bytes, unless the resource is there in another
 * form: then the other form takes up what the record says, and the exact bytes stand beside it. The
 * profile card is always in another form.
 */
public final class RecordWriter {
  private static final MediaType BLOCK = MediaType.DAG_CBOR;

  private final Lens lens;
  private final SocialCodec card;

  /**
   * Makes a writer.
   *
   * @param lens all stored forms
   * @param card the form of a profile card that is not there yet
   */
  public RecordWriter(Lens lens, SocialCodec card) {
    this.lens = lens;
    this.card = card;
  }

  /**
   * Puts a record.
   *
   * @param block its exact bytes
   * @param blobs every blob it names
   */
  public void put(
      PodWriter writer, PodNames names, RecordName name, byte[] block, Collection<Cid> blobs) {
    Content.Document record = new Content.Document(BLOCK, block);
    RecordPlaces.Place place = RecordPlaces.of(writer, name);
    PodPath path = place.path();
    Optional<Content.Document> other = otherForm(place.resource());
    boolean isProfile = name.equals(RecordName.OF_PROFILE);
    if (other.isEmpty() && !isProfile) {
      writer.put(path, record, blobs);
      return;
    }
    Optional<SocialCodec.Written> written = translated(writer, names, name, path, record, other);
    if (written.isPresent()) {
      Set<Cid> all = new LinkedHashSet<>(blobs);
      all.addAll(written.get().blobs());
      writer.put(path, written.get().document(), all);
    } else if (other.isPresent() && isProfile) {
      writer.put(path, other.get(), blobs);
    } else {
      // The other form cannot say it: from now on the record itself is the source.
      writer.deleteAspect(path, Aspect.NATIVE);
      writer.put(path, record, blobs);
      return;
    }
    writer.putAspect(path, Aspect.NATIVE, record);
  }

  /** Takes a record out of the repository; the profile card itself stays. */
  public boolean delete(PodWriter writer, RecordName name) {
    if (name.equals(RecordName.OF_PROFILE) && otherForm(writer.get(name.path())).isPresent()) {
      return writer.deleteAspect(name.path(), Aspect.NATIVE);
    }
    return RecordPlaces.find(writer, name).filter(writer::delete).isPresent();
  }

  private static Optional<Content.Document> otherForm(Optional<Resource> there) {
    return there
        .map(Resource::content)
        .filter(Content.Document.class::isInstance)
        .map(Content.Document.class::cast)
        .filter(document -> !document.mediaType().is(MediaType.DAG_CBOR));
  }

  private Optional<SocialCodec.Written> translated(
      PodWriter writer,
      PodNames names,
      RecordName name,
      PodPath path,
      Content.Document record,
      Optional<Content.Document> other) {
    if (other.isEmpty()) {
      return pivot(writer, names, path, record)
          .flatMap(social -> card.write(social, path, Optional.empty(), names));
    }
    Resource current = writer.get(path).orElseThrow();
    return switch (edit(current, exact(writer, name), record, names)) {
      case LensEdit.Outcome.Unchanged unchanged ->
          lens.codec(other.get())
              .flatMap(
                  codec ->
                      codec
                          .read(current, names)
                          .flatMap(said -> codec.write(said, path, other, names)));
      case LensEdit.Outcome.Kept kept -> Optional.of(kept.written());
      case LensEdit.Outcome.Switched switched -> Optional.empty();
    };
  }

  /** What the writer's client was shown is the record as the repository has it. */
  private static Optional<Content.Document> exact(PodWriter writer, RecordName name) {
    return RepoView.of(writer)
        .record(name)
        .map(record -> new Content.Document(BLOCK, record.block()));
  }

  private LensEdit.Outcome edit(
      Resource current, Optional<Content.Document> exact, Content.Document record, PodNames names) {
    try {
      return LensEdit.apply(lens, current, exact, record, names);
    } catch (PodFailure.Invalid e) {
      return new LensEdit.Outcome
          .Switched(); // written without validation: it says nothing to others
    }
  }

  private Optional<Social> pivot(
      PodWriter writer, PodNames names, PodPath path, Content.Document record) {
    Resource read =
        new Resource(
            path,
            Aspect.SELF,
            record,
            writer.rev(),
            writer.now(),
            writer.now(),
            Optional.of(Cid.ofDagCbor(record.bytes())));
    try {
      return lens.codec(record).flatMap(codec -> codec.read(read, names));
    } catch (PodFailure.Invalid e) {
      return Optional.empty(); // written without validation, so it says nothing to others
    }
  }
}
