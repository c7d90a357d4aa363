package tripod.solid.ldp;

import io.javalin.http.Context;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.identity.route.ByteRange;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.Denied;
import tripod.solid.representation.Accept;
import tripod.solid.representation.EntityTag;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.solid.representation.Representations;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/** GET, HEAD and OPTIONS of everything a pod holds (Solid Protocol 5.1 and 5.2). */
final class GetResource {
  private final PodStore store;
  private final AccessGate gate;
  private final Representations representations;
  private final ContainerListing listing;
  private final ResourceHeaders headers;

  GetResource(PodStore store, AccessGate gate, Representations representations) {
    this.store = store;
    this.gate = gate;
    this.representations = representations;
    this.listing = new ContainerListing(store, gate);
    this.headers = new ResourceHeaders(gate);
  }

  void handle(Context context, Visit visit) {
    Seen seen = store.read(visit.names().pod(), view -> Seen.of(view, visit.target(), false));
    Set<AccessMode> modes = gate.modes(visit.names(), seen.acl(), visit.agent());
    requireReadable(visit, modes);
    if (seen.resource().isEmpty()) {
      missing(visit, seen);
    }
    if (!modes.contains(AccessMode.CONTROL)
        && seen.subject().filter(r -> representations.isHidden(r, visit.names())).isPresent()) {
      throw new Denied(!visit.agent().isAuthenticated()); // ART-3, VIS-5
    }
    headers.describe(context, visit, seen, modes);
    if (context.req().getMethod().equals("OPTIONS")) {
      context.status(204);
      return;
    }
    Resource resource = seen.resource().orElseThrow();
    switch (resource.content()) {
      case Content.Container c -> container(context, visit, seen, modes);
      case Content.File file -> file(context, visit, resource, file);
      case Content.Document document -> document(context, visit, seen, document);
    }
  }

  private static void requireReadable(Visit visit, Set<AccessMode> modes) {
    AccessMode needed =
        switch (visit.target().aspect()) {
          case SELF, META, NATIVE -> AccessMode.READ;
          case ACL -> AccessMode.CONTROL;
          // What other views cannot show may be meant for nobody but the writers.
          case ASIDE -> AccessMode.WRITE;
        };
    if (!modes.contains(needed)) {
      throw new Denied(!visit.agent().isAuthenticated());
    }
  }

  /** Answers for what is not there, without telling strangers (SEC-73). */
  private void missing(Visit visit, Seen seen) {
    if (!gate.modes(visit.names(), seen.containerAcl(), visit.agent()).contains(AccessMode.READ)
        && seen.subject().isEmpty()) {
      throw new Denied(!visit.agent().isAuthenticated());
    }
    if (visit.target().isSelf() && seen.twin().isPresent()) {
      throw new Refusal(
          301,
          "the resource's own address differs in the last slash",
          Map.of("Location", visit.iri(seen.twin().get())));
    }
    throw new Refusal(404, "there is nothing here");
  }

  private void container(Context context, Visit visit, Seen seen, Set<AccessMode> modes) {
    MediaType chosen = choose(context, ResourceHeaders.rdfTypes());
    RdfSyntax syntax = RdfSyntax.exactly(chosen).orElseThrow();
    EntityTag tag = ContainerListing.tag(seen, syntax);
    Resource container = seen.resource().orElseThrow();
    if (answersFromCache(context, tag, seen.modified())) {
      return;
    }
    ResourceHeaders.contain(context, chosen);
    context.contentType(chosen.toString());
    if (context.req().getMethod().equals("HEAD")) {
      return;
    }
    RdfDocument description =
        seen.beside()
            .map(meta -> representations.read(meta, visit.iri() + Aspect.META.suffix()))
            .orElseGet(RdfDocument::empty);
    boolean all = modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.CONTROL);
    listing.write(context, visit, container, description, syntax, all);
  }

  private void document(Context context, Visit visit, Seen seen, Content.Document document) {
    MediaType chosen = choose(context, offers(document));
    boolean stored = chosen.is(document.mediaType());
    String form =
        RdfSyntax.exactly(chosen).map(syntax -> String.valueOf(syntax.mark())).orElse("o");
    if (answersFromCache(context, new EntityTag(seen.state(), form), seen.modified())) {
      return;
    }
    ResourceHeaders.contain(context, chosen);
    byte[] bytes =
        stored ? document.bytes() : converted(visit, seen, RdfSyntax.exactly(chosen).orElseThrow());
    context.contentType(stored ? document.mediaType().toString() : chosen.toString());
    part(context, bytes);
  }

  private byte[] converted(Visit visit, Seen seen, RdfSyntax syntax) {
    Resource resource = seen.resource().orElseThrow();
    RdfDocument graph =
        visit.target().aspect() == Aspect.NATIVE
            ? Representations.record(resource, visit.iri())
            : representations.shown(resource, seen.beside(), visit.iri(), visit.names());
    return GraphWriter.bytes(graph, syntax, IriForm.ABSOLUTE);
  }

  /** The form a document was put in first, then the others it can be shown in. */
  private static List<MediaType> offers(Content.Document document) {
    MediaType own = document.mediaType();
    List<MediaType> offers = new ArrayList<>(4);
    if (!Representations.isGraph(document)) {
      return List.of(own);
    }
    boolean isSyntax = RdfSyntax.exactly(own).isPresent();
    if (isSyntax || own.is(MediaType.ACTIVITY_JSON)) {
      offers.add(own);
    }
    for (MediaType type : ResourceHeaders.rdfTypes()) {
      if (!type.is(own)) {
        offers.add(type);
      }
    }
    if (offers.stream().noneMatch(own::is)) {
      offers.add(own);
    }
    return offers;
  }

  private void file(Context context, Visit visit, Resource resource, Content.File file) {
    MediaType type = choose(context, List.of(file.mediaType()));
    EntityTag tag = new EntityTag(resource.rev().value(), "o");
    if (answersFromCache(context, tag, resource.modified())) {
      return;
    }
    ResourceHeaders.contain(context, type);
    context.contentType(file.mediaType().toString());
    context.header("Accept-Ranges", "bytes");
    Optional<ByteRange> range = range(context, tag, file.size());
    long length = range.map(ByteRange::length).orElse(file.size());
    if (context.req().getMethod().equals("HEAD")) {
      context.res().setContentLengthLong(length);
      return;
    }
    Optional<InputStream> content =
        store
            .blobs()
            .open(
                visit.names().pod(),
                file.blob(),
                range.map(ByteRange::first).orElse(0L),
                range.isPresent() ? length : Long.MAX_VALUE);
    context.res().setContentLengthLong(length);
    context.result(content.orElseThrow(() -> new Refusal(410, "the file's bytes are gone")));
  }

  /** Answers with bytes that are in memory, or the part of them that was asked for. */
  private static void part(Context context, byte[] bytes) {
    context.header("Accept-Ranges", "bytes");
    if (context.header("Range") == null) {
      context.result(bytes);
      return;
    }
    Optional<ByteRange> range = range(context, null, bytes.length);
    context.result(
        range
            .map(r -> java.util.Arrays.copyOfRange(bytes, (int) r.first(), (int) r.last() + 1))
            .orElse(bytes));
  }

  private static Optional<ByteRange> range(
      Context context, @org.jspecify.annotations.Nullable EntityTag tag, long size) {
    String field = context.header("Range");
    String condition = context.header("If-Range");
    boolean fits = condition == null || (tag != null && condition.strip().equals(tag.toString()));
    if (field == null || !fits || !context.req().getMethod().equals("GET")) {
      return Optional.empty();
    }
    Optional<ByteRange> range = ByteRange.parse(field, size);
    range.ifPresent(
        part -> {
          context.status(206);
          context.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        });
    return range;
  }

  private static MediaType choose(Context context, List<MediaType> offers) {
    String accept = context.header("Accept");
    return (accept == null ? Accept.ANYTHING : Accept.parse(accept))
        .choose(offers)
        .orElseThrow(
            () ->
                new Refusal(
                    406,
                    "offered here: "
                        + offers.stream()
                            .map(MediaType::toString)
                            .collect(java.util.stream.Collectors.joining(", "))));
  }

  private static boolean answersFromCache(Context context, EntityTag tag, Instant modified) {
    context.header("ETag", tag.toString());
    context.header("Last-Modified", ResourceHeaders.date(modified));
    context.header("Cache-Control", "private, no-cache");
    if (!Preconditions.of(context).isKnown(tag, modified)) {
      return false;
    }
    context.status(304);
    return true;
  }
}
