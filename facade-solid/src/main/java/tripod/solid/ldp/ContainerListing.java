package tripod.solid.ldp;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.PodLimits;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.representation.EntityTag;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/**
 * Writes what a container holds, as an index range at a time, so that ten thousand members need no
 * more memory than a thousand (Solid Protocol 4.2).
 *
 * <p>Each range is a read of its own: a slow reader holds no view of the store open. Somebody who
 * may not write here sees only the members they may read (SEC-73).
 */
final class ContainerListing {
  private static final String MEDIA_TYPES = "http://www.w3.org/ns/iana/media-types/";
  private static final Map<String, String> PREFIXES = prefixes();

  private final PodStore store;
  private final AccessGate gate;

  ContainerListing(PodStore store, AccessGate gate) {
    this.store = store;
    this.gate = gate;
  }

  private static Map<String, String> prefixes() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("ldp", ManagedTriples.LDP);
    prefixes.put("dcterms", "http://purl.org/dc/terms/");
    prefixes.put("stat", "http://www.w3.org/ns/posix/stat#");
    prefixes.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    return prefixes;
  }

  /** The state changes with membership and description; the form with anything in the pod. */
  static EntityTag tag(Seen seen, RdfSyntax syntax) {
    return new EntityTag(seen.state(), syntax.mark() + "." + seen.number());
  }

  /**
   * Writes the listing.
   *
   * @param description what a person wrote about the container
   * @param all whether members are listed that the agent cannot read
   */
  void write(
      Context context,
      Visit visit,
      Resource container,
      RdfDocument description,
      RdfSyntax syntax,
      boolean all) {
    try {
      OutputStream out = context.res().getOutputStream();
      Map<String, String> prefixes = new LinkedHashMap<>(PREFIXES);
      description.prefixes().forEach(prefixes::putIfAbsent);
      GraphWriter writer = GraphWriter.of(syntax, out, prefixes, IriForm.ABSOLUTE);
      Node self = NodeFactory.createURI(visit.iri());
      writer.node(self, ofContainer(container, visit.target().path().isRoot()));
      GraphWriter.bySubject(description.triples()).forEach(writer::node);
      members(writer, visit, self, all);
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void members(GraphWriter writer, Visit visit, Node self, boolean all) {
    Optional<String> after = Optional.empty();
    List<Resource> page;
    do {
      Optional<String> behind = after;
      List<Member> members = new ArrayList<>();
      page =
          store.read(
              visit.names().pod(),
              view -> {
                List<Resource> range =
                    view.members(visit.target().path(), behind, false, PodLimits.LIST_MAX);
                range.forEach(member -> members.add(look(view, member, all)));
                return range;
              });
      List<Resource> shown = all ? page : readable(visit, members);
      if (!shown.isEmpty()) {
        List<Node> names = new ArrayList<>(shown.size());
        shown.forEach(member -> names.add(NodeFactory.createURI(visit.iri(member.path()))));
        writer.node(self, Map.of(ManagedTriples.CONTAINS, names));
        for (int i = 0; i < shown.size(); i++) {
          writer.node(names.get(i), ofMember(shown.get(i)));
        }
      }
      if (!page.isEmpty()) {
        after = Optional.of(page.getLast().path().memberName());
      }
    } while (page.size() == PodLimits.LIST_MAX);
  }

  private static Member look(PodReader view, Resource member, boolean all) {
    return new Member(member, all ? Optional.empty() : Optional.of(view.acl(member.path())));
  }

  /** Members that inherit share one decision a page. */
  private List<Resource> readable(Visit visit, List<Member> members) {
    Map<List<Object>, Boolean> decided = new HashMap<>();
    List<Resource> readable = new ArrayList<>(members.size());
    for (Member member : members) {
      EffectiveAcl acl = member.acl.orElseThrow();
      boolean may =
          decided.computeIfAbsent(
              List.of(acl.holder(), acl.isOwn()),
              any -> gate.modes(visit.names(), acl, visit.agent()).contains(AccessMode.READ));
      if (may) {
        readable.add(member.resource);
      }
    }
    return readable;
  }

  private static Map<Node, List<Node>> ofContainer(Resource container, boolean isRoot) {
    Map<Node, List<Node>> properties = new LinkedHashMap<>();
    List<Node> types =
        new ArrayList<>(
            List.of(
                ManagedTriples.RESOURCE, ManagedTriples.CONTAINER, ManagedTriples.BASIC_CONTAINER));
    if (isRoot) {
      types.add(NodeFactory.createURI("http://www.w3.org/ns/pim/space#Storage"));
    }
    properties.put(RDF.type.asNode(), types);
    times(properties, container.modified());
    return properties;
  }

  private Map<Node, List<Node>> ofMember(Resource member) {
    Map<Node, List<Node>> properties = new LinkedHashMap<>();
    if (member.path().isContainer()) {
      properties.put(
          RDF.type.asNode(),
          List.of(
              ManagedTriples.RESOURCE, ManagedTriples.CONTAINER, ManagedTriples.BASIC_CONTAINER));
    } else {
      MediaType type = member.content().mediaType();
      properties.put(
          RDF.type.asNode(),
          List.of(
              ManagedTriples.RESOURCE,
              NodeFactory.createURI(MEDIA_TYPES + type.essence() + "#Resource")));
      properties.put(ManagedTriples.STAT_SIZE, List.of(integer(member.content().size())));
    }
    times(properties, member.modified());
    return properties;
  }

  private static void times(Map<Node, List<Node>> properties, Instant modified) {
    Instant seconds = modified.truncatedTo(ChronoUnit.SECONDS); // as Last-Modified has it
    properties.put(
        ManagedTriples.MODIFIED,
        List.of(NodeFactory.createLiteralDT(seconds.toString(), XSDDatatype.XSDdateTime)));
    properties.put(ManagedTriples.STAT_MTIME, List.of(integer(seconds.getEpochSecond())));
  }

  private static Node integer(long value) {
    return NodeFactory.createLiteralDT(Long.toString(value), XSDDatatype.XSDinteger);
  }

  /**
   * A member, with the rules that count for it where they matter.
   *
   * @param acl empty when everything is shown
   */
  private record Member(Resource resource, Optional<EffectiveAcl> acl) {}
}
