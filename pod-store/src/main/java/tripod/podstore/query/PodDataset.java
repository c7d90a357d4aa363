package tripod.podstore.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import tripod.podstore.Content;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.syntax.PodId;

/**
 * The graphs of one pod that one reader may read, in memory; made from stored bytes, kept current
 * from the journal.
 */
final class PodDataset implements AutoCloseable {
  /** Most documents of a pod that is asked this way. */
  static final int DOCUMENTS_MAX = 50_000;

  /** Journal entries that are followed one by one; behind more, the dataset is made anew. */
  private static final int FOLLOW_MAX = 10_000;

  private final PodStore store;
  private final PodId pod;
  private final GraphSource graphs;
  private final String origin;
  private final SailRepository repository = new SailRepository(new MemoryStore());
  private final Set<PodPath> shown = new HashSet<>();
  private final Set<PodPath> hidden = new HashSet<>();
  private long number = -1;
  private boolean closed;
  private volatile long statements;

  /** Reads a resource as a graph; empty for what has none. */
  interface GraphSource {
    Optional<Graph> graph(Resource resource, String base);
  }

  PodDataset(PodStore store, PodId pod, String origin, GraphSource graphs) {
    this.store = store;
    this.pod = pod;
    this.origin = origin;
    this.graphs = graphs;
    repository.init();
  }

  long statements() {
    return statements;
  }

  RepositoryConnection connect() {
    return repository.getConnection();
  }

  /** Brings the dataset to the pod's present state, and to what its reader may read now. */
  synchronized void refresh(Predicate<PodPath> readable) {
    long head = store.journal().head();
    Optional<Set<PodPath>> touched = number < 0 ? Optional.empty() : touchedSince(number, head);
    try (RepositoryConnection connection = repository.getConnection()) {
      connection.begin();
      if (touched.isEmpty()) {
        connection.clear();
        shown.clear();
        hidden.clear();
      }
      store.read(
          pod,
          view -> {
            for (PodPath path : touched.orElseGet(() -> all(view))) {
              load(view, path, readable, connection);
            }
            return 0;
          });
      follow(readable, connection);
      connection.commit();
      statements = connection.size();
    }
    number = head;
  }

  private Optional<Set<PodPath>> touchedSince(long since, long head) {
    var touched = new HashSet<PodPath>();
    long at = since;
    int entries = 0;
    while (at < head) {
      List<Journal.Entry> step = store.journal().commits(at, PodLimits.LIST_MAX);
      if (step.isEmpty()) {
        break;
      }
      for (Journal.Entry entry : step) {
        if (entry.pod().equals(pod)) {
          entry.touches().forEach(touch -> touched.add(touch.path()));
        }
      }
      at = step.getLast().number();
      entries += step.size();
      if (entries > FOLLOW_MAX) {
        return Optional.empty();
      }
    }
    return Optional.of(touched);
  }

  private static Set<PodPath> all(PodReader view) {
    var paths = new HashSet<PodPath>();
    var containers = new ArrayList<PodPath>(List.of(PodPath.ROOT));
    containers.addAll(view.containersUnder(PodPath.ROOT));
    for (PodPath container : containers) {
      Optional<String> after = Optional.empty();
      List<Resource> page;
      do {
        page = view.members(container, after, false, PodLimits.LIST_MAX);
        for (Resource member : page) {
          if (member.content() instanceof Content.Document) {
            paths.add(member.path());
          }
          after = Optional.of(nameOf(member.path()));
        }
        if (paths.size() > DOCUMENTS_MAX) {
          throw new PodFailure.TooLarge(
              "the pod has more than " + DOCUMENTS_MAX + " documents to ask");
        }
      } while (page.size() == PodLimits.LIST_MAX);
    }
    return paths;
  }

  private static String nameOf(PodPath path) {
    return path.isContainer() ? path.name() + "/" : path.name();
  }

  private void load(
      PodReader view, PodPath path, Predicate<PodPath> readable, RepositoryConnection connection) {
    IRI name = name(path);
    if (shown.remove(path)) {
      connection.clear(name);
    }
    hidden.remove(path);
    Optional<Resource> resource = view.get(path);
    if (resource.isEmpty() || !(resource.get().content() instanceof Content.Document)) {
      return;
    }
    if (!readable.test(path)) {
      hidden.add(path);
      return;
    }
    shown.add(path);
    graphs
        .graph(resource.get(), name.stringValue())
        .ifPresent(graph -> add(graph, name, connection));
  }

  private static void add(Graph graph, IRI name, RepositoryConnection connection) {
    String scope = Integer.toHexString(name.hashCode()) + "-";
    graph
        .find()
        .forEachRemaining(
            triple ->
                connection.add(
                    Terms.resource(triple.getSubject(), scope),
                    Terms.iri(triple.getPredicate().getURI()),
                    Terms.value(triple.getObject(), scope),
                    name));
  }

  /** Looks again at who may read what: that can change without the document being touched. */
  private void follow(Predicate<PodPath> readable, RepositoryConnection connection) {
    for (PodPath path : List.copyOf(shown)) {
      if (!readable.test(path)) {
        shown.remove(path);
        hidden.add(path);
        connection.clear(name(path));
      }
    }
    List<PodPath> opened = hidden.stream().filter(readable).toList();
    if (!opened.isEmpty()) {
      store.read(
          pod,
          view -> {
            opened.forEach(path -> load(view, path, readable, connection));
            return 0;
          });
    }
  }

  private IRI name(PodPath path) {
    return Terms.iri(origin + tripod.podstore.rdf.Graphs.base(path).substring("pod:".length()));
  }

  /** Says whether it was let go of; whoever still has it gets another. */
  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    repository.shutDown();
  }
}
