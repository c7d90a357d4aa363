package tripod.atproto.lexicon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tripod.atproto.json.RecordJson;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;

/** A catalog of documents read from text. */
final class TestCatalog implements Catalog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Nsid, LexiconDocument> documents = new HashMap<>();

  static TestCatalog of(List<LexiconDocument> documents) {
    TestCatalog catalog = new TestCatalog();
    documents.forEach(document -> catalog.documents.put(document.id(), document));
    return catalog;
  }

  static LexiconDocument document(JsonNode json) {
    return LexiconDocument.read((DagFields) RecordJson.parse(bytes(json)));
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Definition find(DefinitionName name) {
    LexiconDocument document = documents.get(name.document());
    return document == null ? null : document.definitions().get(name.name());
  }
}
