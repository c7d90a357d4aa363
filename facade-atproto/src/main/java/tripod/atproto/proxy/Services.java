package tripod.atproto.proxy;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.token.ServiceAuth;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/**
 * Asks services for members: finds them, signs for the member, and hands the answer over while it
 * comes (SEC-20 to SEC-24 are the outgoing client's).
 *
 * <p>At most {@value #PER_CORE} calls for each core run at once, so that a slow service takes half
 * of the doorway's turns at most (SEC-16); one more is refused at once.
 */
public final class Services {
  /** Calls at once, for each core. */
  static final int PER_CORE = 32;

  private final Upstreams upstreams;
  private final DidResolver dids;
  private final OutboundHttp http;
  private final ServiceAuth tokens;
  private final Semaphore turns =
      new Semaphore(PER_CORE * Runtime.getRuntime().availableProcessors());

  /** Asks through one client. */
  public Services(Upstreams upstreams, DidResolver dids, OutboundHttp http, ServiceAuth tokens) {
    this.upstreams = upstreams;
    this.dids = dids;
    this.http = http;
    this.tokens = tokens;
  }

  /** Returns what the host has configured. */
  public Upstreams upstreams() {
    return upstreams;
  }

  /**
   * In whose name a service is asked, and what its token says.
   *
   * @param pod whose key signs
   * @param did who asks
   * @param audience whom the token is for
   * @param method the method it is good for
   */
  public record Signer(PodId pod, Did did, String audience, Nsid method) {}

  /**
   * A question to a service.
   *
   * @param verb GET, HEAD or POST
   * @param method the method
   * @param query the query as it came, without the question mark; empty for none
   * @param fields what is handed on of the caller's header
   * @param body what is sent
   */
  public record Question(
      String verb, Nsid method, String query, List<OutboundRequest.Header> fields, Body body) {
    public Question {
      fields = List.copyOf(fields);
    }

    /** Returns a GET of a method. */
    public static Question get(Nsid method, String query) {
      return new Question("GET", method, query, List.of(), new Body.None());
    }
  }

  /** What is sent with a question. */
  public sealed interface Body {
    /** Nothing. */
    record None() implements Body {}

    /** Bytes that are here. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(byte[] bytes) implements Body {}

    /** A file that is still coming; its length is -1 where it is not known. */
    record Coming(InputStream content, long length) implements Body {}
  }

  /**
   * Asks a service.
   *
   * @param signer in whose name; empty to ask as nobody
   * @throws ProxyFailure if it cannot be found, or too many are asked
   * @throws tripod.identity.http.OutboundFailure if it may not be asked or does not answer
   */
  public <T> T ask(
      ServiceName service,
      Optional<Signer> signer,
      Question question,
      OutboundHttp.Reader<T> reader) {
    OutboundRequest request = request(origin(service), signer, question);
    if (!turns.tryAcquire()) {
      throw new ProxyFailure.Busy();
    }
    try {
      return switch (question.body()) {
        case Body.None none -> http.stream(request, reader);
        case Body.Whole whole -> http.stream(request.with(whole.bytes()), reader);
        case Body.Coming coming ->
            http.upload(
                request, new OutboundHttp.Upload(coming.content(), coming.length()), reader);
      };
    } finally {
      turns.release();
    }
  }

  /** Asks for a small document and holds it whole. */
  public OutboundResponse document(
      ServiceName service, Optional<Signer> signer, Question question) {
    return http.send(request(origin(service), signer, question));
  }

  private OutboundRequest request(URI origin, Optional<Signer> signer, Question question) {
    String query = question.query().isEmpty() ? "" : "?" + ForwardedFields.legal(question.query());
    OutboundRequest.Limit limit =
        question.body() instanceof Body.Coming
            ? OutboundRequest.Limit.PROXY_UPLOAD
            : OutboundRequest.Limit.PROXY;
    OutboundRequest request =
        new OutboundRequest(
            question.verb(),
            URI.create(origin + "/xrpc/" + question.method() + query),
            question.fields(),
            Optional.empty(),
            limit,
            0);
    return signer
        .map(
            who ->
                tokens.mint(
                    who.pod(),
                    who.did(),
                    who.audience(),
                    Optional.of(who.method()),
                    ServiceAuth.LIFE))
        .map(token -> request.with("Authorization", "Bearer " + token))
        .orElse(request);
  }

  /**
   * Returns where a service is asked.
   *
   * @throws ProxyFailure.NotFound if its document does not say
   */
  private URI origin(ServiceName service) {
    Optional<URI> configured = upstreams.origin(service);
    if (configured.isPresent()) {
      return configured.get();
    }
    DidDocument document = document(service.did());
    DidDocument.Service entry = document.services().get(service.entry());
    if (entry == null) {
      throw new ProxyFailure.NotFound("could not resolve proxy did service " + service);
    }
    URI endpoint = entry.endpoint();
    return URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority());
  }

  private DidDocument document(Did did) {
    try {
      return dids.resolve(did)
          .orElseThrow(() -> new ProxyFailure.NotFound("could not resolve proxy did " + did));
    } catch (IdentityFailure.Unavailable e) {
      throw new ProxyFailure.BadAnswer("could not resolve proxy did " + did + " now");
    }
  }
}
