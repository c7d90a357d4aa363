package tripod.solid.acl;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import tripod.identity.access.Groups;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.solid.representation.MalformedRdf;
import tripod.solid.representation.RdfReader;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.PodNames;

/**
 * Group documents of the pods of this server (SEC-71): {@code vcard:hasMember} of the group named.
 *
 * <p>Read afresh each time, so that a membership ends when the document says so. Groups elsewhere
 * have no members here.
 */
public final class LocalGroups implements Groups {
  /** Most members of a group that are looked at. */
  private static final int MEMBERS_MAX = 10_000;

  private static final Node HAS_MEMBER =
      NodeFactory.createURI("http://www.w3.org/2006/vcard/ns#hasMember");

  private final PodStore store;
  private final RdfReader reader;
  private final Function<String, Optional<PodNames>> podOfHost;

  /**
   * Makes the groups of a server.
   *
   * @param podOfHost names of the pod under a host name without a port
   */
  public LocalGroups(
      PodStore store, RdfReader reader, Function<String, Optional<PodNames>> podOfHost) {
    this.store = store;
    this.reader = reader;
    this.podOfHost = podOfHost;
  }

  @Override
  public boolean contains(String group, String member) {
    try {
      URI iri = URI.create(group);
      String host = iri.getHost();
      String path = iri.getPath();
      if (host == null || path == null) {
        return false;
      }
      Optional<PodNames> names = podOfHost.apply(host).filter(pod -> pod.path(group).isPresent());
      return names.isPresent() && members(names.get(), new PodPath(path), group).contains(member);
    } catch (IllegalArgumentException | PodFailure | MalformedRdf e) {
      return false; // SEC-71: what cannot be had has no members.
    }
  }

  private Set<String> members(PodNames names, PodPath path, String group) {
    Optional<Resource> found = store.read(names.pod(), view -> view.get(path));
    Set<String> members = new HashSet<>();
    if (found.isPresent() && found.get().content() instanceof Content.Document document) {
      Optional<RdfSyntax> syntax = RdfSyntax.reading(document.mediaType());
      if (syntax.isPresent()) {
        Node subject = NodeFactory.createURI(group);
        for (Triple triple :
            reader.read(document.bytes(), syntax.get(), withoutFragment(group)).triples()) {
          if (members.size() < MEMBERS_MAX
              && triple.getSubject().equals(subject)
              && triple.getPredicate().equals(HAS_MEMBER)
              && triple.getObject().isURI()) {
            members.add(triple.getObject().getURI());
          }
        }
      }
    }
    return members;
  }

  private static String withoutFragment(String iri) {
    int hash = iri.indexOf('#');
    return hash < 0 ? iri : iri.substring(0, hash);
  }
}
