package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import tripod.podstore.Blobs;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfReader;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Takes bodies in and makes stored content of them. */
final class GivenContent {
  private final PodStore store;
  private final RdfReader reader;

  GivenContent(PodStore store, RdfReader reader) {
    this.store = store;
    this.reader = reader;
  }

  /**
   * Reads a body that becomes a document or a file; the exact bytes are kept.
   *
   * @throws Refusal when its type or size is not taken
   * @throws tripod.solid.representation.MalformedRdf when it says it is RDF and is not
   */
  Received receive(Context request, PodNames names, MediaType type) {
    Optional<RdfSyntax> syntax = RdfSyntax.reading(type);
    if (syntax.isPresent()) {
      requireUtf8(type);
      return new Received(type, Body.read(request, Body.RDF_BYTES_MAX), syntax, Optional.empty());
    }
    if (isOurOwnForm(type)) {
      // A block is a signed record by nature; records are written at their own door alone.
      throw new Refusal(415, "this type is not taken here");
    }
    Blobs.Blob blob =
        store
            .blobs()
            .put(names.pod(), Body.stream(request, Body.FILE_BYTES_MAX), type, Body.FILE_BYTES_MAX);
    return new Received(type, new byte[0], syntax, Optional.of(blob));
  }

  /** Reads a body that must be RDF, or empty. */
  RdfDocument graph(Context request, Optional<MediaType> type, String base) {
    return parsed(Body.read(request, Body.RDF_BYTES_MAX), type, base);
  }

  /** The same for a body that was read before. */
  RdfDocument parsed(byte[] bytes, Optional<MediaType> type, String base) {
    if (bytes.length == 0) {
      return RdfDocument.empty();
    }
    RdfSyntax syntax =
        type.flatMap(RdfSyntax::reading)
            .orElseThrow(() -> new Refusal(415, "only RDF can be said of this resource"));
    requireUtf8(type.orElseThrow());
    return reader.read(bytes, syntax, base);
  }

  /** Returns the stored form of a graph that we write, without the pod's domain. */
  static Content.Document document(
      RdfDocument graph, MediaType type, String document, PodNames names) {
    RdfSyntax syntax = RdfSyntax.exactly(type).orElse(RdfSyntax.TURTLE);
    byte[] bytes =
        GraphWriter.bytes(graph, syntax, IriForm.relativeTo(document, names.origin().toString()));
    return new Content.Document(syntax.mediaType(), bytes);
  }

  /** Returns the stored form of what a client says about a container. */
  static Optional<Content.Document> description(
      RdfDocument body, String container, PodNames names) {
    Set<Triple> own = ManagedTriples.clientsOwn(body.triples(), container);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> prefixes = new LinkedHashMap<>(body.prefixes());
    return Optional.of(
        document(new RdfDocument(own, prefixes), MediaType.TURTLE, container + ".meta", names));
  }

  private static void requireUtf8(MediaType type) {
    Optional<String> charset = type.parameter("charset");
    if (charset.isPresent() && !charset.get().equalsIgnoreCase("utf-8")) {
      throw new Refusal(415, "RDF is taken in UTF-8");
    }
  }

  private static boolean isOurOwnForm(MediaType type) {
    return type.is(MediaType.DAG_CBOR) || type.subtype().startsWith("vnd.tripod.");
  }

  /**
   * A body that was taken in.
   *
   * @param bytes of a document; empty for a file
   * @param syntax of a document
   * @param file of anything else
   */
  record Received(
      MediaType type, byte[] bytes, Optional<RdfSyntax> syntax, Optional<Blobs.Blob> file) {
    /** Puts it. */
    void put(
        PodWriter writer,
        PodPath path,
        Optional<Resource> current,
        SocialEdit social,
        PodNames names) {
      if (file.isPresent()) {
        Blobs.Blob blob = file.get();
        writer.put(path, new Content.File(type, blob.cid(), blob.size()), List.of(blob.cid()));
      } else {
        social.put(writer, path, new Content.Document(type, bytes), current, names);
      }
    }

    /** Reads a document only to see that it can be read. */
    Received checked(RdfReader reader, String base) {
      syntax.ifPresent(known -> reader.check(bytes, known, base));
      return this;
    }
  }
}
