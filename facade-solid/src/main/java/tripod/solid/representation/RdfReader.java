package tripod.solid.representation;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParserBuilder;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandler;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;
import tripod.podstore.rdf.JsonLdReading;
import tripod.podstore.rdf.LimitedSink;

/**
 * Reads documents of the syntaxes in {@link RdfSyntax}, strictly and within limits.
 *
 * <p>Immutable and safe between threads. Relative IRIs are resolved against the base that is given,
 * nothing is ever fetched.
 */
public final class RdfReader {
  /** RIOT's warnings are about style; what it calls an error ends the reading. */
  private static final ErrorHandler STRICT =
      new ErrorHandler() {
        @Override
        public void warning(String message, long line, long col) {}

        @Override
        public void error(String message, long line, long col) {
          throw new RiotException("line " + line + ", column " + col + ": " + message);
        }

        @Override
        public void fatal(String message, long line, long col) {
          throw new RiotException("line " + line + ", column " + col + ": " + message);
        }
      };

  /**
   * Reads a document.
   *
   * @throws MalformedRdf when it cannot be read, or passes a limit
   */
  public RdfDocument read(byte[] bytes, RdfSyntax syntax, String base) {
    Set<Triple> triples = new LinkedHashSet<>();
    LimitedSink sink = parse(bytes, syntax, base, triples::add);
    return new RdfDocument(triples, sink.prefixes());
  }

  /**
   * Reads a document only to see that it can be read.
   *
   * @throws MalformedRdf when it cannot, or passes a limit
   */
  public void check(byte[] bytes, RdfSyntax syntax, String base) {
    parse(bytes, syntax, base, triple -> {});
  }

  private static LimitedSink parse(
      byte[] bytes, RdfSyntax syntax, String base, Consumer<Triple> kept) {
    LimitedSink sink =
        new LimitedSink(
            triple -> {
              TermCheck.check(triple);
              kept.accept(triple);
            });
    try {
      switch (syntax) {
        case TURTLE -> riot(bytes, Lang.TURTLE, base, sink);
        case N_TRIPLES -> riot(bytes, Lang.NTRIPLES, base, sink);
        case JSON_LD -> jsonLd(bytes, base, sink);
      }
    } catch (PodFailure.Invalid | PodFailure.TooLarge e) {
      // What a client sent is not the store's business yet: it is this door's refusal.
      throw new MalformedRdf(String.valueOf(e.getMessage()), e);
    } catch (StackOverflowError e) {
      // SEC-04: the last net under the scan; no known input reaches it.
      throw new MalformedRdf("nested too deep", e);
    }
    return sink;
  }

  /** Reads JSON-LD 1.1 as the store does, with bundled contexts alone (SEC-32). */
  private static void jsonLd(byte[] bytes, String base, LimitedSink sink) {
    NestingScan.utf8(bytes);
    JsonLdReading.read(bytes, base, false, sink::triple);
  }

  private static void riot(byte[] bytes, Lang lang, String base, LimitedSink sink) {
    NestingScan.utf8(bytes); // the parser would put a replacement where there is no character
    NestingScan.turtle(bytes);
    try {
      RDFParserBuilder.create()
          .source(new ByteArrayInputStream(bytes))
          .forceLang(lang)
          .base(base)
          .checking(false) // TermCheck does, far faster; lexical forms are the writer's own.
          .errorHandler(STRICT)
          .parse(sink);
    } catch (RiotException | org.apache.jena.irix.IRIException e) {
      throw new MalformedRdf(plain(e.getMessage()), e);
    } catch (org.apache.jena.shared.JenaException e) {
      throw new MalformedRdf("not " + lang.getName(), e);
    }
  }

  private static String plain(@Nullable String message) {
    if (message == null) {
      return "cannot be read";
    }
    return message.length() > 300 ? message.substring(0, 300) + "…" : message;
  }
}
