package tripod.atproto.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Link;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Naming;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialGraph;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * The form in which ATProto clients write: the exact block of a record.
 *
 * <p>Any record is read; those of types that the pivot has no word for are {@link Social.Unknown}.
 * Writing compares what the previous record says with what the next one shall say, and changes only
 * the keys in which they differ (LENS-1, LENS-2).
 */
public final class DagCborCodec implements SocialCodec {
  private final NameBook book;

  /**
   * Makes the codec.
   *
   * @param book completes the names of those whom a resource from another door speaks of
   */
  public DagCborCodec(NameBook book) {
    this.book = book;
  }

  @Override
  public boolean owns(Content.Document document) {
    return document.mediaType().is(MediaType.DAG_CBOR);
  }

  @Override
  public Optional<Social> read(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? Optional.of(RecordReading.read(fields(document), resource))
        : Optional.empty();
  }

  @Override
  public List<Link> links(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? RecordLinks.of(fields(document))
        : List.of();
  }

  @Override
  public Optional<Graph> graph(Resource resource, PodNames names) {
    return read(resource, names)
        .filter(DagCborCodec::isShown)
        .map(social -> SocialGraph.of(social, resource, names, book));
  }

  /** What is said of another resource, or hidden by its own program, has no graph of its own. */
  private static boolean isShown(Social social) {
    return !(social instanceof Social.Unknown
            || social instanceof Social.ThreadGate
            || social instanceof Social.ListMember)
        && social.audience() != Audience.OWNER;
  }

  @Override
  public boolean says(Social next, PodNames names) {
    return RecordLimits.says(Naming.complete(next, book.withOwn(names)));
  }

  /**
   * Writes the record of a resource.
   *
   * @return empty when there is no such record: the audience is not everybody (VIS-3), a parent or
   *     subject has no version of a record (REP-6, LIK-2), a person has no DID (FOL-3), or the kind
   *     is not mapped
   */
  @Override
  public Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names) {
    Social named = Naming.complete(next, book.withOwn(names));
    if (named.audience() != Audience.PUBLIC) {
      return Optional.empty();
    }
    RecordWriting writing = new RecordWriting(path, names);
    Optional<DagFields> fresh = writing.write(named);
    if (fresh.isEmpty() || previous.isEmpty() || !owns(previous.get())) {
      return fresh.map(fields -> written(document(fields), fields));
    }
    DagFields before = fields(previous.get());
    if (!before.type().equals(fresh.get().type())) {
      return fresh.map(fields -> written(document(fields), fields));
    }
    Social said =
        Naming.complete(
            RecordReading.read(before, Draft.of(path, previous.get())), book.withOwn(names));
    DagFields was = writing.write(said).orElse(before);
    DagFields after = RecordEdit.apply(before, was, fresh.get());
    return Optional.of(
        after.equals(before) ? written(previous.get(), before) : written(document(after), after));
  }

  /**
   * Writes all records of a resource: its own, and those that it needs besides.
   *
   * @param isFree says whether a name is still to be had; a record beside under any other is left
   *     out
   */
  public Records writeAll(
      Social next,
      PodPath path,
      Optional<Content.Document> previous,
      PodNames names,
      Predicate<RecordName> isFree) {
    Optional<Written> own = write(next, path, previous, names);
    if (own.isEmpty()) {
      return new Records(own, Map.of());
    }
    Map<RecordName, Content.Document> beside = new LinkedHashMap<>();
    new RecordWriting(path, names)
        .beside(Naming.complete(next, book.withOwn(names)))
        .forEach(
            (name, fields) -> {
              if (isFree.test(name)) {
                beside.put(name, document(fields));
              }
            });
    if (next instanceof Social.Article && !beside.isEmpty()) {
      // ART-4: the post first, then the document that names its version.
      Map.Entry<RecordName, Content.Document> post = beside.entrySet().iterator().next();
      DagFields told =
          DagFields.builder()
              .put("uri", post.getKey().uri(names.did()).toString())
              .put("cid", Cid.ofDagCbor(post.getValue().bytes()).toString())
              .build();
      DagFields record = fields(own.get().document()).with("bskyPostRef", told);
      own = Optional.of(written(document(record), record));
    }
    return new Records(own, beside);
  }

  /**
   * The records of one resource.
   *
   * @param own its own; empty when there is none
   * @param beside others that exist as long as it does
   */
  public record Records(Optional<Written> own, Map<RecordName, Content.Document> beside) {
    public Records {
      beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }
  }

  /** Returns every blob that a record names. */
  public static List<Cid> blobs(DagFields record) {
    Set<Cid> blobs = new LinkedHashSet<>();
    collect(record, blobs);
    return new ArrayList<>(blobs);
  }

  private static void collect(DagValue value, Set<Cid> blobs) {
    switch (value) {
      case DagFields fields -> {
        if (fields.type().filter("blob"::equals).isPresent()) {
          fields.link("ref").ifPresent(blobs::add);
        }
        for (int i = 0; i < fields.size(); i++) {
          collect(fields.value(i), blobs);
        }
      }
      case DagValue.Items items -> items.items().forEach(item -> collect(item, blobs));
      default -> {} // a scalar names none
    }
  }

  private static DagFields fields(Content.Document document) {
    // A block taken in from elsewhere may be valid without being canonical (mapping note, 3).
    return DagCbor.decodeLenient(document.bytes());
  }

  private static Content.Document document(DagFields fields) {
    return new Content.Document(MediaType.DAG_CBOR, DagCbor.encode(fields));
  }

  private static Written written(Content.Document document, DagFields fields) {
    return new Written(document, blobs(fields));
  }
}
