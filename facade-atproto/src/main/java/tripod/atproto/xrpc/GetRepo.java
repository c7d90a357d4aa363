package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.repo.CarWriter;
import tripod.atproto.repo.RepoExport;
import tripod.identity.Account;
import tripod.syntax.Tid;

/**
 * {@code com.atproto.sync.getRepo}.
 *
 * <p>An archive of one commit is always the same bytes, so that one who was cut off asks for the
 * rest with {@code Range} and, in {@code If-Range}, the {@code ETag}; when the repository has moved
 * on the whole comes anew. What is sent compressed cannot be asked for in parts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, 14: range requests</a>
 */
final class GetRepo implements Handler {
  /** Exports at once (SEC-16). */
  static final int AT_ONCE_MAX = 4;

  /** How long an export may wait for its turn. */
  private static final Duration TURN_MAX = Duration.ofSeconds(10);

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ABORT = -1;
  private static final Logger LOG = LoggerFactory.getLogger(GetRepo.class);

  private final RepoExport exports;
  private final Repos repos;
  private final Semaphore turns = new Semaphore(AT_ONCE_MAX);

  GetRepo(RepoExport exports, Repos repos) {
    this.exports = exports;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) throws IOException {
    Account account = repos.available(context);
    Optional<Tid> since = Request.optional(context, "since").map(Tid::new);
    takeTurn(context);
    try {
      exports.export(account.pod(), since, export -> answer(context, export, since));
    } catch (RuntimeException e) {
      giveUp(context, e);
    } finally {
      turns.release();
    }
  }

  private void takeTurn(Context context) {
    try {
      if (turns.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.header("Retry-After", Long.toString(TURN_MAX.toSeconds()));
    throw new XrpcFailure(503, "NotEnoughResources", "too many exports are running");
  }

  /** An archive that broke off must not look whole: then the connection ends with it. */
  private static void giveUp(Context context, RuntimeException failure) throws IOException {
    if (!context.res().isCommitted()) {
      context.res().reset();
      throw failure;
    }
    if (failure instanceof UncheckedIOException) {
      LOG.debug("whoever asked for an archive went away", failure);
    } else {
      LOG.error("an archive broke off", failure);
    }
    context.res().sendError(ABORT);
  }

  private static boolean answer(Context context, RepoExport.Export export, Optional<Tid> since) {
    String name = export.head().commit() + since.map(rev -> "-" + rev.value()).orElse("");
    boolean isPlain = !accepts(context, "gzip");
    String tag = '"' + name + (isPlain ? "" : "-gzip") + '"';
    context.header("ETag", tag);
    context.header("Vary", "Authorization, Accept-Encoding");
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return true;
    }
    Answer.binary(context, CarWriter.MEDIA_TYPE);
    if (isPlain) {
      context.header("Accept-Ranges", "bytes");
      Optional<ByteRange> range =
          ByteRange.of(context.header("Range")).filter(r -> applies(context, tag));
      if (range.isPresent()) {
        return part(context, export, range.get());
      }
    }
    send(context, export, 0, Long.MAX_VALUE);
    return true;
  }

  private static boolean accepts(Context context, String coding) {
    String field = context.header("Accept-Encoding");
    return field != null && field.contains(coding);
  }

  private static boolean applies(Context context, String tag) {
    String wanted = context.header("If-Range");
    return wanted == null || wanted.equals(tag);
  }

  private static boolean part(Context context, RepoExport.Export export, ByteRange range) {
    PartStream counter = new PartStream(OutputStream.nullOutputStream(), 0, 0);
    export.writeTo(counter);
    long size = counter.seen();
    if (range.first() >= size) {
      context.status(416);
      context.header("Content-Range", "bytes */" + size);
      return false;
    }
    long last = Math.min(range.last(), size - 1);
    context.status(206);
    context.header("Content-Range", "bytes " + range.first() + "-" + last + "/" + size);
    context.res().setContentLengthLong(last - range.first() + 1);
    send(context, export, range.first(), last + 1);
    return true;
  }

  private static void send(Context context, RepoExport.Export export, long from, long to) {
    try {
      OutputStream out = new java.io.BufferedOutputStream(context.outputStream(), BUFFER_BYTES);
      export.writeTo(new PartStream(out, from, to));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
