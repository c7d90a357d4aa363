package tripod.atproto.lexicon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tripod.atproto.json.RecordJson;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.RecordKey;

/** Documents and values that nobody would write: refused in words, and never by an accident. */
class LexiconFuzzTest {
  private static final long SEED = 8;
  private static final int DOCUMENTS = 20_000;
  private static final int VALUES = 20;

  private static final String WHOLE =
      """
      {"lexicon":1,"id":"com.example.fuzz.whole","description":"d","defs":{
       "main":{"type":"record","key":"literal:x","record":{"type":"object","required":["a"],
        "nullable":["b"],"properties":{
         "a":{"type":"string","minLength":1,"maxLength":9,"minGraphemes":1,"maxGraphemes":5,
              "format":"record-key","enum":["x","y"],"const":"x","default":"x","knownValues":["z"]},
         "b":{"type":"integer","minimum":-5,"maximum":5,"enum":[1,2],"const":1,"default":1},
         "c":{"type":"array","items":{"type":"ref","ref":"#tree"},"minLength":1,"maxLength":3},
         "d":{"type":"union","refs":["#tree","com.example.other.thing"],"closed":true},
         "e":{"type":"blob","accept":["image/*"],"maxSize":10},
         "f":{"type":"bytes","minLength":1,"maxLength":3},
         "g":{"type":"cid-link"},"h":{"type":"unknown"},"i":{"type":"boolean","const":true},
         "j":{"type":"ref","ref":"#word"},"k":{"type":"null"}}}},
       "tree":{"type":"object","properties":{"a":{"type":"ref","ref":"#tree"},
        "b":{"type":"union","refs":["#tree"]}}},
       "word":{"type":"token"}}}
      """;

  private static final String METHOD =
      """
      {"lexicon":1,"id":"com.example.fuzz.method","defs":{"main":{"type":"procedure",
       "parameters":{"type":"params","required":["a"],"properties":{"a":{"type":"integer"},
        "b":{"type":"array","items":{"type":"string"}}}},
       "input":{"encoding":"application/json","schema":{"type":"object"}},
       "output":{"encoding":"application/json","schema":{"type":"ref","ref":"#main"}},
       "errors":[{"name":"A","description":"a"}],
       "permissions":[{"type":"permission","resource":"repo","collection":["a"]}]}}}
      """;

  private final Random random = new Random(SEED);
  private final List<DagValue> pieces = new ArrayList<>();

  @Test
  void read_changedDocuments_areTakenOrRefused() {
    List<DagFields> whole = List.of(json(WHOLE), json(METHOD));
    whole.forEach(this::collect);
    int taken = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      DagValue changed = changed(whole.get(i % 2), 1 + random.nextInt(3));
      if (!(changed instanceof DagFields document)) {
        continue;
      }
      try {
        LexiconDocument read = LexiconDocument.read(document);
        taken++;
        check(read);
      } catch (PodFailure.Invalid e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("lexicon"), e.getMessage());
      }
    }
    assertTrue(taken > DOCUMENTS / 20, "only " + taken + " were taken");
    assertTrue(taken < DOCUMENTS, "none was refused");
  }

  private void check(LexiconDocument document) {
    Catalog catalog = TestCatalog.of(List.of(document));
    RecordCheck records = new RecordCheck(catalog);
    for (int i = 0; i < VALUES; i++) {
      DagValue value = changed(pieces.get(random.nextInt(pieces.size())), 2);
      if (value instanceof DagFields fields) {
        records.check(document.id(), new RecordKey("x"), fields);
      }
      for (Definition definition : document.definitions().values()) {
        if (definition instanceof Definition.Value kind) {
          new SchemaCheck(catalog).fault(kind.schema(), value);
        }
      }
    }
  }

  private void collect(DagValue value) {
    pieces.add(value);
    switch (value) {
      case DagFields fields -> fields.entries().forEach(entry -> collect(entry.getValue()));
      case DagValue.Items items -> items.items().forEach(this::collect);
      case DagScalar scalar -> {}
    }
  }

  /** Puts, drops or exchanges a piece somewhere in a value. */
  private DagValue changed(DagValue value, int times) {
    DagValue result = value;
    for (int i = 0; i < times; i++) {
      result = changed(result);
    }
    return result;
  }

  private DagValue changed(DagValue value) {
    DagValue piece = pieces.get(random.nextInt(pieces.size()));
    return switch (value) {
      case DagFields fields when !fields.isEmpty() -> {
        int at = random.nextInt(fields.size());
        yield switch (random.nextInt(8)) {
          case 0 -> fields.without(fields.key(at));
          case 1 -> fields.with(fields.key(at), piece);
          case 2 -> fields.with(fields.key(at), DagValue.nil());
          default -> fields.with(fields.key(at), changed(fields.value(at)));
        };
      }
      case DagValue.Items items when !items.items().isEmpty() -> {
        List<DagValue> list = new ArrayList<>(items.items());
        int at = random.nextInt(list.size());
        list.set(at, random.nextBoolean() ? piece : changed(list.get(at)));
        yield DagValue.of(list);
      }
      default -> piece;
    };
  }

  private static DagFields json(String text) {
    return (DagFields) RecordJson.parse(text.getBytes(UTF_8));
  }
}
