package tripod.podstore.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.query.Binding;
import org.eclipse.rdf4j.query.BindingSet;
import org.eclipse.rdf4j.query.BooleanQuery;
import org.eclipse.rdf4j.query.GraphQuery;
import org.eclipse.rdf4j.query.GraphQueryResult;
import org.eclipse.rdf4j.query.MalformedQueryException;
import org.eclipse.rdf4j.query.Query;
import org.eclipse.rdf4j.query.QueryEvaluationException;
import org.eclipse.rdf4j.query.QueryInterruptedException;
import org.eclipse.rdf4j.query.QueryLanguage;
import org.eclipse.rdf4j.query.TupleQuery;
import org.eclipse.rdf4j.query.TupleQueryResult;
import org.eclipse.rdf4j.query.algebra.Service;
import org.eclipse.rdf4j.query.algebra.helpers.AbstractQueryModelVisitor;
import org.eclipse.rdf4j.query.parser.ParsedQuery;
import org.eclipse.rdf4j.query.parser.sparql.SPARQLParser;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.podstore.rdf.DepthScan;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.PodId;

/**
 * Answers SPARQL questions over what a reader may read of a pod.
 *
 * <p>Safe between threads. Each document is a named graph under its web address; without GRAPH all
 * of them are asked together.
 */
public final class PodQuery implements AutoCloseable {
  /** Longest text of a question in bytes. */
  public static final int QUERY_BYTES_MAX = 64 * 1024;

  /** Longest time a question may take, in seconds. */
  public static final int QUERY_S_MAX = 5;

  /** Most rows or triples of one answer. */
  public static final int ROWS_MAX = 10_000;

  /** Most questions that are answered at once. */
  public static final int QUERIES_AT_ONCE = 2;

  /** Most statements kept in memory, over all datasets. */
  public static final int STATEMENTS_MAX = 2_000_000;

  private final PodStore store;
  private final PodDataset.GraphSource graphs;
  private final Semaphore turns = new Semaphore(QUERIES_AT_ONCE);
  private final Cache<Key, PodDataset> datasets =
      Caffeine.newBuilder()
          .maximumWeight(STATEMENTS_MAX)
          .weigher((Key _, PodDataset dataset) -> (int) Math.max(1, dataset.statements()))
          .removalListener(
              (@Nullable Key _, @Nullable PodDataset dataset, RemovalCause cause) ->
                  retire(dataset, cause))
          .build();

  private record Key(PodId pod, String reader, URI origin) {}

  /** Asks documents as they are stored. */
  public PodQuery(PodStore store) {
    this(store, PodQuery::stored);
  }

  /**
   * Asks documents in another form than they are stored in.
   *
   * @param graphs what to ask of a resource, given its web address; empty for nothing
   */
  public PodQuery(PodStore store, BiFunction<Resource, String, Optional<Graph>> graphs) {
    this.store = store;
    this.graphs = graphs::apply;
  }

  private static Optional<Graph> stored(Resource resource, String base) {
    if (!(resource.content() instanceof Content.Document document)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Graphs.read(document, base));
    } catch (PodFailure.Invalid | PodFailure.TooLarge e) {
      return Optional.empty(); // what does not read as a graph has nothing to say here
    }
  }

  private static void retire(@Nullable PodDataset dataset, RemovalCause cause) {
    if (dataset != null && cause != RemovalCause.REPLACED) {
      dataset.close();
    }
  }

  /**
   * Answers a question.
   *
   * @param reader names who asks; the same name must always come with the same rights
   * @param origin the web origin of the pod
   * @param readable which paths the reader may read now
   * @throws PodFailure.Invalid when the text is no query, or one that would reach outside
   * @throws PodFailure.TooLarge when it takes too long or brings too much
   */
  public Answer ask(
      PodId pod, String reader, URI origin, Predicate<PodPath> readable, String sparql) {
    check(sparql, origin);
    takeTurn();
    try {
      var key = new Key(pod, reader, origin);
      while (true) {
        PodDataset dataset =
            Objects.requireNonNull(
                datasets.get(
                    key, k -> new PodDataset(store, k.pod(), k.origin().toString(), graphs)));
        synchronized (dataset) {
          if (!dataset.isClosed()) {
            return answer(key, dataset, readable, sparql);
          }
        }
      }
    } catch (QueryInterruptedException | AssertionError e) {
      // Where assertions are on, an iteration that the time limit closed says so with one.
      throw tooLong(e);
    } catch (QueryEvaluationException e) {
      throw new PodFailure.Invalid("the query cannot be answered", e);
    } finally {
      turns.release();
    }
  }

  private Answer answer(Key key, PodDataset dataset, Predicate<PodPath> readable, String sparql) {
    long before = dataset.statements();
    dataset.refresh(readable);
    if (before != dataset.statements()) {
      datasets.put(key, dataset); // it is to be weighed again
    }
    try (RepositoryConnection connection = dataset.connect()) {
      return answer(connection.prepareQuery(QueryLanguage.SPARQL, sparql, key.origin() + "/"));
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(QUERY_S_MAX, TimeUnit.SECONDS)) {
        throw new PodFailure.Unavailable(
            "too many queries at once", new IllegalStateException("query turns"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PodFailure.Unavailable("interrupted while waiting for a turn", e);
    }
  }

  private static PodFailure tooLong(Throwable cause) {
    return (PodFailure)
        new PodFailure.TooLarge("the query took longer than " + QUERY_S_MAX + " s")
            .initCause(cause);
  }

  private static void check(String sparql, URI origin) {
    byte[] text = sparql.getBytes(StandardCharsets.UTF_8);
    if (text.length > QUERY_BYTES_MAX) {
      throw new PodFailure.TooLarge(
          "a query of " + text.length + " bytes; at most " + QUERY_BYTES_MAX + " are taken");
    }
    DepthScan.turtle(text);
    try {
      ParsedQuery parsed = new SPARQLParser().parseQuery(sparql, origin + "/");
      parsed.getTupleExpr().visit(new NoService());
    } catch (MalformedQueryException e) {
      throw new PodFailure.Invalid("not a SPARQL query: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new PodFailure.Invalid("the query is nested too deeply", e);
    }
  }

  /** Nothing outside of the pod is asked. */
  private static final class NoService extends AbstractQueryModelVisitor<PodFailure> {
    @Override
    public void meet(Service node) {
      throw new PodFailure.Invalid("SERVICE is not allowed");
    }
  }

  private static Answer answer(Query query) {
    query.setMaxExecutionTime(QUERY_S_MAX);
    return switch (query) {
      case BooleanQuery ask -> new Answer.Truth(ask.evaluate());
      case TupleQuery select -> solutions(select);
      case GraphQuery construct -> triples(construct);
      default -> throw new PodFailure.Invalid("a kind of query that is not answered");
    };
  }

  private static Answer solutions(TupleQuery select) {
    var blanks = new HashMap<String, Node>();
    var rows = new ArrayList<Map<String, Node>>();
    try (TupleQueryResult result = select.evaluate()) {
      List<String> variables = result.getBindingNames();
      while (result.hasNext()) {
        checkRows(rows.size());
        BindingSet solution = result.next();
        var row = new LinkedHashMap<String, Node>();
        for (Binding binding : solution) {
          row.put(binding.getName(), Terms.node(binding.getValue(), blanks));
        }
        rows.add(row);
      }
      return new Answer.Solutions(variables, rows);
    }
  }

  private static Answer triples(GraphQuery construct) {
    var blanks = new HashMap<String, Node>();
    Graph graph = GraphFactory.createDefaultGraph();
    int count = 0;
    try (GraphQueryResult result = construct.evaluate()) {
      while (result.hasNext()) {
        checkRows(count++);
        Statement statement = result.next();
        graph.add(
            Triple.create(
                Terms.node(statement.getSubject(), blanks),
                Terms.node(statement.getPredicate(), blanks),
                Terms.node(statement.getObject(), blanks)));
      }
    }
    return new Answer.Triples(graph);
  }

  private static void checkRows(int count) {
    if (count >= ROWS_MAX) {
      throw new PodFailure.TooLarge("more than " + ROWS_MAX + " rows; ask with a LIMIT");
    }
  }

  /** Lets go of all datasets. */
  @Override
  public void close() {
    datasets.invalidateAll();
    datasets.cleanUp();
  }
}
