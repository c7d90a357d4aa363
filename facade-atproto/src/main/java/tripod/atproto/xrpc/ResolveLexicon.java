package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import tripod.atproto.authority.Answer.Found;
import tripod.atproto.authority.Answer.None;
import tripod.atproto.authority.Answer.NotNow;
import tripod.atproto.authority.Lexicons;
import tripod.atproto.authority.Published;
import tripod.atproto.json.BlockJson;
import tripod.syntax.Nsid;

/** {@code com.atproto.lexicon.resolveLexicon}. */
final class ResolveLexicon implements Handler {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Lexicons lexicons;

  ResolveLexicon(Lexicons lexicons) {
    this.lexicons = lexicons;
  }

  @Override
  public void handle(Context context) {
    String text = Request.param(context, "nsid");
    if (!Nsid.isValid(text)) {
      throw XrpcFailure.invalid("nsid must be a valid nsid");
    }
    Published lexicon =
        switch (lexicons.ask(new Nsid(text), PATIENCE)) {
          case Found found -> found.lexicon();
          case None none -> throw XrpcFailure.of("LexiconNotFound", none.reason());
          case NotNow now -> throw XrpcFailure.of("LexiconNotFound", now.reason());
        };
    Answer.json(
        context,
        out -> {
          out.writeStringField("uri", lexicon.uri().toString());
          out.writeStringField("cid", lexicon.cid().toString());
          out.writeFieldName("schema");
          BlockJson.write(lexicon.block(), out);
        });
  }
}
