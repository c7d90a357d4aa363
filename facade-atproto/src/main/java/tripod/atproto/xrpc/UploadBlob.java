package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.podstore.Blobs;
import tripod.podstore.PodStore;
import tripod.syntax.MediaType;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;
import tripod.syntax.SyntaxException;

/** {@code com.atproto.repo.uploadBlob}. */
final class UploadBlob implements Handler {
  /** Largest file in bytes (SEC-11). */
  static final long BYTES_MAX = 50L * 1024 * 1024;

  private static final Nsid METHOD = new Nsid("com.atproto.repo.uploadBlob");

  private final PodStore store;
  private final Authentication authentication;
  private final ServiceCallers services;
  private final Takedowns takedowns;

  UploadBlob(
      PodStore store, Authentication authentication, ServiceCallers services, Takedowns takedowns) {
    this.store = store;
    this.authentication = authentication;
    this.services = services;
    this.takedowns = takedowns;
  }

  @Override
  public void handle(Context context) {
    PodId pod = uploader(context).pod();
    Blobs.Blob blob;
    try (InputStream in = context.bodyInputStream()) {
      blob = store.blobs().put(pod, in, declared(context), BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (takedowns.of(pod).blobs().contains(blob.cid())) {
      throw XrpcFailure.invalid("Blob has been taken down, cannot re-upload");
    }
    Answer.json(
        context,
        out -> {
          out.writeObjectFieldStart("blob");
          out.writeStringField("$type", "blob");
          out.writeObjectFieldStart("ref");
          out.writeStringField("$link", blob.cid().toString());
          out.writeEndObject();
          out.writeStringField("mimeType", blob.mediaType().essence());
          out.writeNumberField("size", blob.size());
          out.writeEndObject();
        });
  }

  /** An account that is being moved here uploads while it sleeps, or a service does for it. */
  private Account uploader(Context context) {
    return services
        .account(context, METHOD)
        .orElseGet(
            () -> authentication.caller(context).blob(declared(context).essence()).account());
  }

  private static MediaType declared(Context context) {
    try {
      return Optional.ofNullable(context.contentType())
          .map(MediaType::parse)
          .orElse(MediaType.OCTET_STREAM);
    } catch (SyntaxException e) {
      return MediaType.OCTET_STREAM;
    }
  }
}
