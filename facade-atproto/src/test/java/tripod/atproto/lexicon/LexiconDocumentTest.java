package tripod.atproto.lexicon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.atproto.json.RecordJson;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

class LexiconDocumentTest {
  private static final String DOCUMENT = "{'lexicon':1,'id':'house.tripod.test.thing','defs':{%s}}";
  private static final String RECORD =
      "'main':{'type':'record','key':'any','record':{'type':'object','properties':{%s}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'a':{'type':'integer','minimum':3,'maximum':2} | minimum greater than its maximum",
        "'a':{'type':'integer','minimum':3,'default':2} | default that must be from 3",
        "'a':{'type':'string','enum':['x'],'const':'y'} | const that is not in its enum",
        "'a':{'type':'string','maxLength':-1} | must not be negative",
        "'a':{'type':'string','maxLength':'1'} | must be an integer",
        "'a':{'type':'array'} | items is missing",
        "'a':{'type':'array','items':{'type':'token'}} | cannot stand here",
        "'a':{'type':'object','required':['b']} | does not have: b",
        "'a':{'type':'object','properties':{'b':{'type':'ref','ref':'x'}}} | no name of a definition",
        "'a':{'type':'object','properties':{'b':{'type':'union'}}} | must have refs",
        "'a':{'type':'blob','accept':['picture']} | no media type",
        "'a':{'type':'boolean','const':true,'default':false} | default that is not its const",
        "'a-b':{'type':'token'} | cannot define a-b",
        "'main':{'type':'record','key':'every','record':{'type':'object'}} | no kind of key",
        "'main':{'type':'query','parameters':{'type':'params','properties':{'a':{'type':'blob'}}}}"
            + " | no plain value",
        "'main':{'type':'query','errors':[{'name':'Two Words'}]} | no name for an error",
        "'main':{'type':'query','output':{'schema':{'type':'object'}}} | encoding is missing",
        "'main':{'type':'permission-set','permissions':[{'type':'permission','resource':'repo',"
            + "'action':['read']}]} | has an action",
      })
  void read_whatTheLanguageForbids_isRefusedWithAReason(String definitions, String reason) {
    PodFailure.Invalid failure = assertThrows(PodFailure.Invalid.class, () -> read(definitions));
    String message = String.valueOf(failure.getMessage());
    assertEquals(true, message.contains(reason), message);
  }

  @Test
  void read_whatIsNewerThanTheHouse_isTaken() {
    LexiconDocument document =
        read(
            "'main':{'type':'space','whatever':true},"
                + "'part':{'type':'object','properties':{'f':{'type':'float'},"
                + "'s':{'type':'string','format':'colour'}}}");
    assertInstanceOf(Definition.Other.class, document.main().orElseThrow());
    assertInstanceOf(
        RecordCheck.Result.Unknown.class, check(document, "{'$type':'house.tripod.test.thing'}"));
    assertNull(
        new SchemaCheck(TestCatalog.of(List.of()))
            .fault(
                ((Definition.Value) document.definitions().get("part")).schema(),
                json("{'f':{},'s':'green'}")));
  }

  @Test
  void check_referenceIntoADocumentNobodyKnows_isUnknownAndNamesIt() {
    LexiconDocument document =
        read(RECORD.formatted("'a':{'type':'ref','ref':'house.tripod.other.part'}"));
    assertEquals(
        new RecordCheck.Result.Unknown(new Nsid("house.tripod.other.part")),
        check(document, "{'a':5}"));
    assertEquals(new RecordCheck.Result.Valid(), check(document, "{'b':5}"));
  }

  @Test
  void check_typeWithMain_isRefused() {
    LexiconDocument document =
        read(
            RECORD.formatted("'a':{'type':'union','refs':['#part','house.tripod.test.whole#main']}")
                + ",'part':{'type':'object'}");
    assertEquals(
        new RecordCheck.Result.Valid(),
        check(document, "{'a':{'$type':'house.tripod.test.thing#part'}}"));
    assertEquals(
        new RecordCheck.Result.Invalid("record/a must have a $type without #main"),
        check(document, "{'a':{'$type':'house.tripod.test.whole#main'}}"));
    assertInstanceOf(
        RecordCheck.Result.Unknown.class,
        check(document, "{'a':{'$type':'house.tripod.test.whole'}}"));
  }

  @Test
  void check_definitionThatRefersToItself_goesAsDeepAsTheValue() {
    LexiconDocument document =
        read(
            RECORD.formatted("'a':{'type':'ref','ref':'#tree'}")
                + ",'tree':{'type':'object','properties':{'left':{'type':'ref','ref':'#tree'},"
                + "'leaf':{'type':'integer'}}}");
    assertEquals(
        new RecordCheck.Result.Invalid("record/a/left/left/leaf must be an integer"),
        check(document, "{'a':{'left':{'left':{'leaf':'x'}}}}"));
  }

  @Test
  void check_tokenAndNull_areWhatTheyAre() {
    LexiconDocument document =
        read(
            "'main':{'type':'record','key':'any','record':{'type':'object','nullable':['n'],"
                + "'properties':{'t':{'type':'ref','ref':'#word'},'n':{'type':'integer'}}}},"
                + "'word':{'type':'token'}");
    assertEquals(
        new RecordCheck.Result.Valid(),
        check(document, "{'t':'house.tripod.test.thing#word','n':null}"));
    assertEquals(
        new RecordCheck.Result.Invalid("record/t must be house.tripod.test.thing#word"),
        check(document, "{'t':'word'}"));
    assertEquals(
        new RecordCheck.Result.Invalid("record/t must be house.tripod.test.thing#word"),
        check(document, "{'t':null}"));
  }

  @Test
  void check_schemaRecord_isADocumentUnderItsName() {
    RecordCheck check = new RecordCheck(Catalog.own());
    DagFields schema = json(DOCUMENT.formatted("'main':{'type':'token'}"));
    assertEquals(
        new RecordCheck.Result.Valid(),
        check.check(RecordCheck.SCHEMA, new RecordKey("house.tripod.test.thing"), schema));
    assertEquals(
        new RecordCheck.Result.Invalid(
            "record/id is house.tripod.test.thing, its key house.tripod.test.other"),
        check.check(RecordCheck.SCHEMA, new RecordKey("house.tripod.test.other"), schema));
    assertInstanceOf(
        RecordCheck.Result.Invalid.class,
        check.check(
            RecordCheck.SCHEMA,
            new RecordKey("house.tripod.test.thing"),
            json(DOCUMENT.formatted("'main':{'type':'ref','ref':'#x'}"))));
  }

  private static RecordCheck.Result check(LexiconDocument document, String record) {
    return new RecordCheck(TestCatalog.of(List.of(document)))
        .check(document.id(), new RecordKey("x"), json(record));
  }

  private static LexiconDocument read(String definitions) {
    return LexiconDocument.read(json(DOCUMENT.formatted(definitions)));
  }

  private static DagFields json(String text) {
    return (DagFields) RecordJson.parse(text.replace('\'', '"').getBytes(UTF_8));
  }
}
