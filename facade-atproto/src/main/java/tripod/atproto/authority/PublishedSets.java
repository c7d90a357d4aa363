package tripod.atproto.authority;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import tripod.atproto.json.BlockJson;
import tripod.atproto.json.RecordJson;
import tripod.identity.scope.PermissionSet;
import tripod.identity.scope.PermissionSets;
import tripod.syntax.Nsid;

/** Permission sets among the lexicons (atproto.md 5.7). */
public final class PublishedSets implements PermissionSets {
  private static final JsonMapper JSON = new JsonMapper();

  private final Lexicons lexicons;

  /** Finds sets among lexicons. */
  public PublishedSets(Lexicons lexicons) {
    this.lexicons = lexicons;
  }

  @Override
  public Optional<PermissionSet> find(Nsid name) {
    return lexicons.ask(name, Lexicons.PATIENCE) instanceof Answer.Found found
        ? PermissionSet.parse(name, main(found.lexicon()))
        : Optional.empty();
  }

  private static JsonNode main(Published lexicon) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(lexicon.block().length * 2);
    try (JsonGenerator out = RecordJson.JSON.createGenerator(json)) {
      BlockJson.write(lexicon.block(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    try {
      return JSON.readTree(json.toByteArray()).path("defs").path("main");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
