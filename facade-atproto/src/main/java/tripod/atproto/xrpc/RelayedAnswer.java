package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tripod.atproto.proxy.ForwardedFields;
import tripod.atproto.proxy.ProxyFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;

/** Hands a service's answer to the caller: as it comes, or held whole. */
final class RelayedAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ERROR_BYTES_MAX = 64 * 1024;
  private static final int ERROR_CHARS_MAX = 2_000;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BYTES_MAX = OutboundRequest.Limit.PROXY.bytesMax();
  private static final String GZIP = "gzip";

  private RelayedAnswer() {}

  /** That an answer was given. */
  enum Done {
    /** It was. */
    DONE
  }

  /** Returns what hands an answer on as it comes. */
  static OutboundHttp.Reader<Done> to(Context context) {
    return (head, body) -> pass(context, head, body);
  }

  /** Hands an answer on as it comes; a fault of the service is said anew in our words. */
  static Done pass(Context context, OutboundResponse head, InputStream body) {
    refuseFault(head, body);
    context.status(head.status());
    fields(context, head);
    Optional<String> coding = coding(head);
    coding.ifPresent(name -> context.header("Content-Encoding", name));
    type(context, head);
    // Past the compressing stream of the server: the bytes are handed on as they were sent.
    // The length of packed bytes is not told: an answer that is whole is no longer taken back.
    head.header("content-length")
        .filter(length -> coding.isEmpty() && length.matches("\\d{1,18}"))
        .ifPresent(length -> context.res().setContentLengthLong(Long.parseLong(length)));
    if (context.req().getMethod().equals("HEAD")) {
      return Done.DONE;
    }
    try {
      copy(body, context.res().getOutputStream(), coding.isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OutboundFailure | ProxyFailure e) {
      if (!context.res().isCommitted()) {
        begin(context);
        throw e;
      }
      abort(context);
    }
    return Done.DONE;
  }

  /** Takes back what was said of a body that is not sent; other fields stay. */
  private static void begin(Context context) {
    context.res().resetBuffer();
    context.res().setHeader("Content-Encoding", null);
    context.res().setHeader("Content-Length", null);
  }

  /** Ends the connection, so that nobody takes half an answer for a whole one. */
  private static void abort(Context context) {
    try {
      context.res().sendError(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SEC-23: what is compressed is counted as it will be when it is not. */
  private static void copy(InputStream body, OutputStream out, boolean packed) throws IOException {
    if (!packed) {
      body.transferTo(out);
      return;
    }
    InputStream seen = new Tee(body, out);
    try {
      read(new GZIPInputStream(seen), BYTES_MAX, OutputStream.nullOutputStream());
      seen.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      throw new ProxyFailure.BadAnswer("the service's answer is not compressed as it says");
    }
  }

  /** Answers with a body that is held whole. */
  static Done whole(Context context, OutboundResponse head, byte[] body) {
    context.status(head.status());
    fields(context, head);
    type(context, head);
    context.result(body);
    return Done.DONE;
  }

  /** Reads an answer whole, as it is when it is not compressed. */
  static byte[] read(OutboundResponse head, InputStream body) {
    return read(head, body, BYTES_MAX);
  }

  private static byte[] read(OutboundResponse head, InputStream body, int bytesMax) {
    try {
      var bytes = new ByteArrayOutputStream(BUFFER_BYTES);
      read(coding(head).isPresent() ? new GZIPInputStream(body) : body, bytesMax, bytes);
      body.transferTo(OutputStream.nullOutputStream()); // to the end, so that the line is kept
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new ProxyFailure.BadAnswer("the service's answer does not read");
    }
  }

  private static void read(InputStream in, int bytesMax, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long count = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      count += n;
      if (count > bytesMax) {
        throw new OutboundFailure.TooLarge("the answer has over " + bytesMax + " bytes");
      }
      out.write(buffer, 0, n);
    }
  }

  private static Optional<String> coding(OutboundResponse head) {
    Optional<String> coding =
        head.header("content-encoding").filter(name -> !name.equalsIgnoreCase("identity"));
    if (coding.isPresent() && !coding.get().equalsIgnoreCase(GZIP)) {
      throw new ProxyFailure.BadAnswer("the service answered in a coding that was not asked for");
    }
    return coding;
  }

  private static void fields(Context context, OutboundResponse head) {
    ForwardedFields.answered(head).forEach(context::header);
    context.header("Vary", "Authorization, Accept-Encoding");
    // What a stranger's server says is not this origin's: no browser may run it here.
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", "default-src 'none'; sandbox");
  }

  private static void type(Context context, OutboundResponse head) {
    Answer.binary(context, head.header("content-type").orElse("application/octet-stream"));
  }

  /** Says a service's fault as an XRPC error, with the fields that go with it. */
  private static void refuseFault(OutboundResponse head, InputStream body) {
    if (head.status() < 300) {
      return;
    }
    if (head.status() < 400) {
      throw new ProxyFailure.BadAnswer("the service sent the request elsewhere");
    }
    throw fault(head, read(head, body, ERROR_BYTES_MAX));
  }

  /** Returns a service's fault; its own 500 is our 502. */
  static XrpcFailure fault(OutboundResponse head, byte[] body) {
    int status = head.status() == 500 ? 502 : Math.min(head.status(), 599);
    JsonNode said = parsed(body);
    return new XrpcFailure(
            status,
            text(said, "error").orElseGet(() -> XrpcErrors.nameOf(status)),
            text(said, "message").orElse("the service answered with status " + head.status()))
        .with(ForwardedFields.answered(head));
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return DepthScan.isShallow(body)
          ? Optional.ofNullable(JSON.readTree(body)).orElseGet(JSON::createObjectNode)
          : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static Optional<String> text(JsonNode said, String name) {
    return Optional.ofNullable(said.path(name).textValue())
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, Math.min(text.length(), ERROR_CHARS_MAX)));
  }

  /** Hands on what is read of it. */
  private static final class Tee extends FilterInputStream {
    private final OutputStream out;

    Tee(InputStream in, OutputStream out) {
      super(in);
      this.out = out;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      if (one >= 0) {
        out.write(one);
      }
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (n > 0) {
        out.write(bytes, offset, n);
      }
      return n;
    }
  }
}
