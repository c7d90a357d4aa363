package tripod.atproto.lexicon;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tripod.atproto.Vectors;
import tripod.atproto.json.RecordJson;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** The published vectors of the language, and the published lexicons themselves. */
class LexiconVectorsTest {
  private static final String FOLDER = "atproto/lexicon/";

  @TestFactory
  Stream<DynamicTest> read_validDocument_isRead() {
    return cases("lexicon-valid.json")
        .map(c -> test(c, () -> TestCatalog.document(c.get("lexicon"))));
  }

  @TestFactory
  Stream<DynamicTest> read_invalidDocument_isRefused() {
    return cases("lexicon-invalid.json")
        .map(
            c ->
                test(
                    c,
                    () ->
                        assertThrows(
                            PodFailure.Invalid.class,
                            () -> TestCatalog.document(c.get("lexicon")))));
  }

  @TestFactory
  Stream<DynamicTest> check_validRecord_isValid() {
    RecordCheck check = catalogCheck();
    return cases("record-data-valid.json")
        .map(c -> test(c, () -> assertEquals(new RecordCheck.Result.Valid(), result(check, c))));
  }

  @TestFactory
  Stream<DynamicTest> check_invalidRecord_isInvalid() {
    RecordCheck check = catalogCheck();
    return cases("record-data-invalid.json")
        .map(
            c ->
                test(
                    c, () -> assertInstanceOf(RecordCheck.Result.Invalid.class, result(check, c))));
  }

  @Test
  void read_everyPublishedLexicon_isRead() {
    List<Path> files = TestCatalog.files(Vectors.path("lexicons"));
    assertAll(
        files.stream()
            .map(
                file ->
                    () -> {
                      JsonNode json = Vectors.json(file);
                      assertEquals(
                          json.get("id").asText(), TestCatalog.document(json).id().value());
                    }));
  }

  @Test
  void ownDefinitions_equalThePublished() {
    Map<Nsid, LexiconDocument> published =
        new TreeMap<>(java.util.Comparator.comparing(Nsid::value));
    for (Path file : TestCatalog.files(Vectors.path("lexicons"))) {
      LexiconDocument document = TestCatalog.document(Vectors.json(file));
      published.put(document.id(), document);
    }
    TestCatalog all = TestCatalog.of(List.copyOf(published.values()));
    assertAll(
        OwnLexicons.ALL.entrySet().stream()
            .map(
                own ->
                    () ->
                        assertEquals(
                            whole(all, all.find(own.getKey())),
                            whole(all, own.getValue()),
                            own.getKey().toString())));
    assertEquals(
        20L,
        OwnLexicons.ALL.values().stream().filter(Definition.RecordKind.class::isInstance).count());
  }

  /** Puts in place of each reference what it refers to. */
  private static Object whole(Catalog catalog, Definition definition) {
    return switch (definition) {
      case Definition.RecordKind kind -> List.of(kind.key(), whole(catalog, kind.fields()));
      case Definition.Value value -> whole(catalog, value.schema());
      default -> definition;
    };
  }

  private static Object whole(Catalog catalog, Schema schema) {
    return switch (schema) {
      case Schema.Ref ref -> whole(catalog, catalog.find(ref.to()));
      case Schema.Items items ->
          List.of(whole(catalog, items.item()), items.countMin(), items.countMax());
      case Schema.Union union -> List.of(all(catalog, union.kinds()), union.closed());
      case Schema.Fields fields ->
          List.of(all(catalog, fields.properties()), fields.required(), fields.nullable());
      default -> schema;
    };
  }

  private static Map<String, Object> all(Catalog catalog, Map<String, Schema> schemas) {
    return schemas.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> whole(catalog, entry.getValue())));
  }

  private static RecordCheck catalogCheck() {
    List<LexiconDocument> documents = new ArrayList<>();
    for (Path file : TestCatalog.files(Vectors.path(FOLDER + "catalog"))) {
      documents.add(TestCatalog.document(Vectors.json(file)));
    }
    return new RecordCheck(TestCatalog.of(documents));
  }

  private static RecordCheck.Result result(RecordCheck check, JsonNode vector) {
    DagFields record = (DagFields) RecordJson.parse(TestCatalog.bytes(vector.get("data")));
    return check.check(
        new Nsid(record.type().orElseThrow()), new RecordKey(vector.get("rkey").asText()), record);
  }

  private static Stream<JsonNode> cases(String file) {
    return StreamSupport.stream(Vectors.json(FOLDER + file).spliterator(), false);
  }

  private static DynamicTest test(JsonNode vector, org.junit.jupiter.api.function.Executable body) {
    return DynamicTest.dynamicTest(vector.get("name").asText(), body);
  }
}
