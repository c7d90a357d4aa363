package tripod.solid.ldp;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.identity.access.Agent;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.podstore.query.Answer;
import tripod.podstore.query.PodQuery;
import tripod.solid.acl.AccessGate;
import tripod.solid.representation.Accept;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.MalformedRdf;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.solid.representation.Representations;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Answers SPARQL questions over one pod at {@value #PATH}: over exactly what the asker could read
 * by getting the documents one by one, in the form they would have come in.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-protocol/#query-operation">SPARQL 1.1 Protocol,
 *     section 2.1</a>
 */
final class SparqlQuery {
  /** Where every pod answers. */
  static final String PATH = "/.sparql";

  private static final MediaType QUERY = MediaType.parse("application/sparql-query");
  private static final MediaType FORM = MediaType.parse("application/x-www-form-urlencoded");
  private static final MediaType RESULTS = MediaType.parse("application/sparql-results+json");
  private static final MediaType JSON = MediaType.parse("application/json");

  /** What a form adds to the text at most: every byte of it as three. */
  static final int FORM_BYTES_MAX = 3 * PodQuery.QUERY_BYTES_MAX + 1024;

  private final PodStore store;
  private final AccessGate gate;
  private final Representations representations;
  private final PodQuery queries;
  private final Map<String, PodNames> asked = new ConcurrentHashMap<>();

  SparqlQuery(PodStore store, AccessGate gate, Representations representations) {
    this.store = store;
    this.gate = gate;
    this.representations = representations;
    this.queries = new PodQuery(store, this::graph);
  }

  void handle(Context context, PodNames names, Agent agent) {
    String method = context.req().getMethod();
    if (method.equals("OPTIONS")) {
      context.header("Allow", "GET, HEAD, OPTIONS, POST");
      context.status(204);
      return;
    }
    String text =
        switch (method) {
          case "GET", "HEAD" -> parameter(context.req().getQueryString());
          case "POST" -> posted(context);
          default ->
              throw new Refusal(
                  405, "only questions are answered here", Map.of("Allow", "GET, HEAD, POST"));
        };
    asked.put(names.origin().toString(), names);
    Answer answer = ask(names, agent, text);
    context.header("Cache-Control", "private, no-cache");
    context.header("Vary", "Accept, Authorization, Origin");
    switch (answer) {
      case Answer.Solutions solutions -> results(context, SparqlJson.of(solutions));
      case Answer.Truth truth -> results(context, SparqlJson.of(truth));
      case Answer.Triples triples -> triples(context, triples.graph());
    }
  }

  private Answer ask(PodNames names, Agent agent, String text) {
    try {
      return queries.ask(
          names.pod(), agent.toString(), names.origin(), path -> mayRead(names, agent, path), text);
    } catch (PodFailure.Invalid malformed) {
      throw new Refusal(400, String.valueOf(malformed.getMessage()));
    }
  }

  private boolean mayRead(PodNames names, Agent agent, PodPath path) {
    return store.read(
        names.pod(), view -> gate.modes(names, view.acl(path), agent).contains(AccessMode.READ));
  }

  /** A document as GET shows it; what does not read as a graph has nothing to say. */
  private Optional<Graph> graph(Resource resource, String iri) {
    PodNames names = asked.get(iri.substring(0, iri.indexOf('/', iri.indexOf("//") + 2)));
    if (names == null || !Representations.isGraph(resource.content())) {
      return Optional.empty();
    }
    try {
      Graph graph = GraphFactory.createDefaultGraph();
      for (Triple triple :
          representations.graph(resource, Optional.empty(), iri, names).triples()) {
        graph.add(triple);
      }
      return Optional.of(graph);
    } catch (MalformedRdf | PodFailure.Invalid | PodFailure.TooLarge e) {
      return Optional.empty();
    }
  }

  private static String posted(Context context) {
    Optional<MediaType> type = Body.type(context);
    if (type.filter(t -> t.is(QUERY)).isPresent()) {
      return utf8(Body.read(context, PodQuery.QUERY_BYTES_MAX));
    }
    if (type.filter(t -> t.is(FORM)).isPresent()) {
      return parameter(utf8(Body.read(context, FORM_BYTES_MAX)));
    }
    throw new Refusal(415, "a query comes as " + QUERY + " or " + FORM);
  }

  private static String parameter(@org.jspecify.annotations.Nullable String form) {
    Optional<String> query = Optional.empty();
    for (String pair : (form == null ? "" : form).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      switch (name) {
        case "query" -> {
          if (query.isPresent()) {
            throw new Refusal(400, "one query at a time");
          }
          query = Optional.of(decoded(pair.substring(Math.max(equals + 1, 0))));
        }
        case "default-graph-uri", "named-graph-uri", "update", "using-graph-uri" ->
            throw new Refusal(400, "the parameter " + name + " is not known here");
        default -> {}
      }
    }
    return query.orElseThrow(() -> new Refusal(400, "the parameter query is missing"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(400, "the parameter query is not encoded as a form");
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "a query is in UTF-8");
    }
  }

  private static void results(Context context, String json) {
    MediaType chosen = choose(context, List.of(RESULTS, JSON));
    context.contentType(chosen.toString());
    context.result(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void triples(Context context, Graph graph) {
    MediaType chosen = choose(context, ResourceHeaders.rdfTypes());
    Set<Triple> triples = Set.copyOf(graph.find().toList());
    context.contentType(chosen.toString());
    context.result(
        GraphWriter.bytes(
            new RdfDocument(triples, Map.of()),
            RdfSyntax.exactly(chosen).orElseThrow(),
            IriForm.ABSOLUTE));
  }

  private static MediaType choose(Context context, List<MediaType> offers) {
    String accept = context.header("Accept");
    return (accept == null ? Accept.ANYTHING : Accept.parse(accept))
        .choose(offers)
        .orElseThrow(() -> new Refusal(406, "offered here: " + offers));
  }

  void close() {
    queries.close();
  }
}
