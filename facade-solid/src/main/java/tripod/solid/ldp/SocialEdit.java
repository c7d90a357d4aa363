package tripod.solid.ldp;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Lens;
import tripod.podstore.social.LensEdit;
import tripod.podstore.social.RecordPlaces;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.Representations;
import tripod.solid.representation.SocialView;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Puts RDF where social resources live (mapping note, section 4).
 *
 * <p>A resource that was born at another door stays in that door's form as long as the form can say
 * what the edit says; triples that the form has no words for are kept beside it. When the edit goes
 * further, the RDF becomes the source.
 */
final class SocialEdit {
  private final Lens lens;
  private final Representations representations;

  SocialEdit(Lens lens, Representations representations) {
    this.lens = lens;
    this.representations = representations;
  }

  /**
   * Puts a document.
   *
   * @param document as it is stored when RDF is, or becomes, the source
   * @param current what is there
   */
  void put(
      PodWriter writer,
      PodPath path,
      Content.Document document,
      Optional<Resource> current,
      PodNames names) {
    if (current.isPresent() && isSame(current.get().content(), document)) {
      return; // LENS-1: writing back what is there is no news
    }
    if (!SocialPaths.isSocial(path)) {
      writer.put(path, document);
      return;
    }
    if (current.isEmpty() && RecordPlaces.isUsedUp(writer, path)) {
      // DEL-2: other networks know this address as that of something deleted.
      throw new Refusal(409, "something else was here and was deleted; choose another name");
    }
    Resource next = Draft.of(path, document, writer.now());
    Optional<Social> says = lens.read(next, names);
    boolean keepsForm =
        current.isPresent()
            && SocialView.isShown(current.get().content())
            && says.isPresent()
            && keepForm(writer, current.get(), next, names);
    if (!keepsForm) {
      writer.put(path, document, blobs(writer, path, document, says, names));
      if (current.isPresent()) {
        writer.deleteAspect(path, Aspect.ASIDE);
      }
    }
  }

  /** Writes an edit in the form of the door where the resource was born, if that can say it. */
  private boolean keepForm(PodWriter writer, Resource current, Resource next, PodNames names) {
    if (!(current.content() instanceof Content.Document source)) {
      return false;
    }
    Optional<SocialCodec> codec = lens.codec(source);
    if (codec.isEmpty() || !(next.content() instanceof Content.Document given)) {
      return false;
    }
    Optional<SocialCodec.Written> written =
        switch (LensEdit.apply(lens, current, given, names)) {
          case LensEdit.Outcome.Kept kept -> Optional.of(kept.written());
          case LensEdit.Outcome.Switched switched -> Optional.empty();
          case LensEdit.Outcome.Unchanged same ->
              codec
                  .get()
                  .read(current, names)
                  .flatMap(
                      said -> codec.get().write(said, current.path(), Optional.of(source), names));
        };
    if (written.isEmpty()) {
      return false;
    }
    String iri = names.iri(Target.encode(current.path()));
    Optional<Resource> aside = writer.get(current.path(), Aspect.ASIDE);
    Set<Triple> before = representations.graph(current, aside, iri, names).triples();
    Set<Triple> wanted = representations.read(next, iri).triples();
    Set<Triple> shown =
        triples(codec.get().graph(Draft.of(current.path(), written.get().document()), names));
    Set<Triple> removed = new LinkedHashSet<>(before);
    removed.removeAll(wanted);
    removed.retainAll(shown);
    if (!removed.isEmpty()) {
      return false; // the form would say again what the edit took out
    }
    if (!isSame(source, written.get().document())) {
      writer.put(current.path(), written.get().document(), written.get().blobs());
    }
    Set<Triple> extra = new LinkedHashSet<>(wanted);
    extra.removeAll(shown);
    extra.removeAll(triples(codec.get().graph(current, names)));
    extra.addAll(keptBeside(aside, iri, wanted));
    keepBeside(writer, current.path(), aside, extra, names);
    return true;
  }

  /** Returns what was kept beside the form before and is still wanted. */
  private Set<Triple> keptBeside(Optional<Resource> aside, String iri, Set<Triple> wanted) {
    if (aside.isEmpty()) {
      return Set.of();
    }
    Set<Triple> kept = new LinkedHashSet<>(representations.read(aside.get(), iri).triples());
    kept.retainAll(wanted);
    return kept;
  }

  private static void keepBeside(
      PodWriter writer, PodPath path, Optional<Resource> aside, Set<Triple> extra, PodNames names) {
    if (extra.isEmpty()) {
      writer.deleteAspect(path, Aspect.ASIDE);
      return;
    }
    String iri = names.iri(Target.encode(path));
    RdfDocument triples = new RdfDocument(extra, java.util.Map.of());
    Content.Document document = GivenContent.document(triples, MediaType.TURTLE, iri, names);
    if (aside.isEmpty() || !isSame(aside.get().content(), document)) {
      writer.putAspect(path, Aspect.ASIDE, document);
    }
  }

  private static boolean isSame(Content there, Content.Document document) {
    return there instanceof Content.Document known
        && known.mediaType().equals(document.mediaType())
        && Arrays.equals(known.bytes(), document.bytes());
  }

  /** Returns the pod's files that a document names; writing back what it says names them all. */
  private List<Cid> blobs(
      PodWriter writer,
      PodPath path,
      Content.Document document,
      Optional<Social> says,
      PodNames names) {
    return says
        .flatMap(
            social ->
                lens.codec(document)
                    .flatMap(codec -> codec.write(social, path, Optional.of(document), names)))
        .map(SocialCodec.Written::blobs)
        .orElse(List.of())
        .stream()
        .filter(blob -> writer.blob(blob).isPresent())
        .toList();
  }

  private static Set<Triple> triples(Optional<Graph> graph) {
    Set<Triple> triples = new LinkedHashSet<>();
    graph.ifPresent(g -> g.find().forEachRemaining(triples::add));
    return triples;
  }
}
