package tripod.atproto.authority;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tripod.atproto.json.RecordJson;
import tripod.atproto.lexicon.RecordCheck;
import tripod.atproto.repo.RepoExport;
import tripod.atproto.repo.TestPods;
import tripod.identity.TestDatabase;
import tripod.identity.TestRoom;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.Nsid;

/** One server that asks, and another that has lexicons, with the way between in the test's hand. */
class LexiconsTest {
  private static final String SCHEMA = "com.atproto.lexicon.schema";
  private static final Nsid THING = new Nsid("com.example.shop.thing");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Did OTHER = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

  private static TestRoom room;

  private final TestPods theirs = new TestPods();
  private final PodStore ours;
  private final Map<String, List<String>> txt = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Instant now = Instant.parse("2026-11-26T00:00:00Z");
  private Did signer = TestPods.DID;
  private String key = TestPods.PUBLIC_KEY.toString();
  private String keyAfterRefresh = key;
  private CountDownLatch gate = new CountDownLatch(0);
  private Optional<OutboundFailure> trouble = Optional.empty();
  private Optional<OutboundResponse> instead = Optional.empty();
  private Lexicons lexicons;

  LexiconsTest() {
    ours = MemoryStores.open(InstantSource.system(), List.of());
    txt.put("_lexicon.shop.example.com", List.of("did=" + TestPods.DID));
    theirs.put(SCHEMA, THING.value(), thing(THING, 5));
    lexicons = open(100);
  }

  @BeforeAll
  static void openRoom() {
    room = new TestRoom(TestDatabase.h2());
  }

  @AfterAll
  static void closeRoom() {
    room.close();
  }

  @AfterEach
  void close() {
    lexicons.close();
    ours.close();
    theirs.close();
  }

  private Lexicons open(int lexiconsMax) {
    AuthoritySearch search =
        new AuthoritySearch(
            ours,
            room.accounts,
            new Resolver(),
            name -> txt.getOrDefault(name, List.of()),
            this::send);
    return new Lexicons(search, new LexiconShelf(ours, lexiconsMax), room.accounts, () -> now);
  }

  @Test
  void check_typeOfAForeignAuthority_isAskedForWhenInsistedOn() {
    DagFields good = json("{'$type':'com.example.shop.thing','name':'pot'}");
    assertEquals(new RecordCheck.Result.Unknown(THING), check(good, false));
    assertEquals(0, asked.get());
    assertEquals(new RecordCheck.Result.Valid(), check(good, true));
    assertEquals(
        new RecordCheck.Result.Invalid("record/name has 6 bytes, at most 5 are allowed"),
        check(json("{'name':'bucket'}"), false));
    assertEquals(1, asked.get());
  }

  @Test
  void ask_afterARestart_isAnsweredFromTheShelf() {
    Published first = found(lexicons.ask(THING, LONG));
    assertEquals("at://" + TestPods.DID + "/" + SCHEMA + "/" + THING, first.uri().toString());
    lexicons.close();
    lexicons = open(100);
    Published second = found(lexicons.ask(THING, LONG));
    assertEquals(first.cid(), second.cid());
    assertEquals(new RecordCheck.Result.Valid(), check(json("{'name':'pot'}"), false));
    assertEquals(1, asked.get());
  }

  @Test
  void find_olderThanADay_isUsedAndAskedForAgain() {
    found(lexicons.ask(THING, LONG));
    theirs.put(SCHEMA, THING.value(), thing(THING, 50));
    now = now.plus(Duration.ofHours(25));
    Published again = found(lexicons.ask(THING, LONG));
    assertEquals(2, asked.get());
    assertEquals(new RecordCheck.Result.Valid(), check(json("{'name':'bucket'}"), false));
    assertEquals(again.cid(), found(lexicons.ask(THING, LONG)).cid());

    now = now.plus(Duration.ofHours(25));
    trouble = Optional.of(new OutboundFailure.TimedOut("gone", null));
    assertEquals(again.cid(), found(lexicons.ask(THING, LONG)).cid());
    now = now.plus(Duration.ofDays(90));
    assertInstanceOf(Answer.NotNow.class, lexicons.ask(THING, LONG));
  }

  @Test
  void ask_inVain_isNotRepeatedForFiveMinutes() {
    Nsid none = new Nsid("com.example.shop.none");
    assertEquals(new Answer.None("the authority has no lexicon " + none), lexicons.ask(none, LONG));
    lexicons.ask(none, LONG);
    assertEquals(1, asked.get());
    now = now.plus(Duration.ofMinutes(6));
    theirs.put(SCHEMA, none.value(), thing(none, 5));
    found(lexicons.ask(none, LONG));
    assertEquals(2, asked.get());
  }

  @Test
  void ask_domainThatNamesNobodyOrTwo_isNone() {
    assertInstanceOf(
        Answer.None.class, lexicons.ask(new Nsid("com.example.shop.deeper.thing"), LONG));
    txt.put("_lexicon.shop.example.com", List.of("did=" + TestPods.DID, "did=" + OTHER));
    assertInstanceOf(Answer.None.class, lexicons.ask(THING, LONG));
    assertEquals(0, asked.get());
  }

  @Test
  void ask_proofSignedByAnotherKey_isNone() {
    key = room.hostKeys.rotationDidKey();
    keyAfterRefresh = key;
    assertEquals(
        new Answer.None("the proof is not signed by " + TestPods.DID), lexicons.ask(THING, LONG));
  }

  @Test
  void SEC_83_ask_keyThatWasExchanged_isReadAfreshOnce() {
    key = room.hostKeys.rotationDidKey();
    found(lexicons.ask(THING, LONG));
  }

  @Test
  void SEC_35_ask_proofOfAnotherRepository_isNone() {
    txt.put("_lexicon.shop.example.com", List.of("did=" + OTHER));
    signer = OTHER;
    assertEquals(new Answer.None("the proof is not signed by " + OTHER), lexicons.ask(THING, LONG));
  }

  @Test
  void SEC_35_ask_anyByteOfAProofChanged_isNeverFound() {
    byte[] proof = proof(THING);
    for (int i = 0; i < proof.length; i += 3) {
      byte[] changed = proof.clone();
      changed[i] ^= 0x10;
      instead = Optional.of(new OutboundResponse(200, URI.create("http://x"), Map.of(), changed));
      now = now.plus(Duration.ofMinutes(6));
      assertInstanceOf(Answer.None.class, lexicons.ask(THING, LONG), "byte " + i);
    }
  }

  @Test
  void ask_documentThatIsNoLexiconOrCalledOtherwise_isNone() {
    Nsid wrong = new Nsid("com.example.shop.wrong");
    theirs.put(SCHEMA, wrong.value(), thing(THING, 5));
    assertInstanceOf(Answer.None.class, lexicons.ask(wrong, LONG));
    Nsid broken = new Nsid("com.example.shop.broken");
    theirs.put(SCHEMA, broken.value(), json("{'$type':'" + SCHEMA + "','lexicon':2}"));
    assertInstanceOf(Answer.None.class, lexicons.ask(broken, LONG));
  }

  @Test
  void ask_authorityThatDoesNotAnswer_costsNoMoreThanThePatience() {
    gate = new CountDownLatch(1);
    assertEquals(
        new Answer.NotNow("the authority does not answer in time"),
        lexicons.ask(THING, Duration.ofMillis(20)));
    gate.countDown();
    found(lexicons.ask(THING, LONG));
    assertEquals(1, asked.get());
  }

  @Test
  void check_manyUnknownTypes_asksForAFewAlone() {
    Lexicons.Checking checking = lexicons.checking(true);
    for (int i = 0; i < 20; i++) {
      assertInstanceOf(
          RecordCheck.Result.Unknown.class,
          checking.check(TestPods.name("com.example.shop.none" + i, "x"), json("{'a':1}")));
    }
    assertEquals(8, asked.get());
  }

  @Test
  void ask_moreThanTheShelfHolds_dropsTheOldest() {
    lexicons.close();
    lexicons = open(2);
    for (String name : List.of("a", "b", "c")) {
      Nsid nsid = new Nsid("com.example.shop." + name);
      theirs.put(SCHEMA, nsid.value(), thing(nsid, 5));
      found(lexicons.ask(nsid, LONG));
      now = now.plusSeconds(1);
    }
    LexiconShelf shelf = new LexiconShelf(ours, 2);
    assertTrue(shelf.get(new Nsid("com.example.shop.a"), now).isEmpty());
    assertTrue(shelf.get(new Nsid("com.example.shop.b"), now).isPresent());
    assertTrue(shelf.get(new Nsid("com.example.shop.c"), now).isPresent());
  }

  @Test
  void permissionSet_isReadFromItsLexicon() {
    Nsid name = new Nsid("com.example.shop.authBuy");
    theirs.put(
        SCHEMA,
        name.value(),
        json(
            "{'$type':'com.atproto.lexicon.schema','lexicon':1,'id':'com.example.shop.authBuy',"
                + "'defs':{'main':{'type':'permission-set','title':'Buy things',"
                + "'title:lang':{'de':'Einkaufen'},'permissions':["
                + "{'type':'permission','resource':'repo','collection':['com.example.shop.order']},"
                + "{'type':'permission','resource':'repo','collection':['app.bsky.feed.post']},"
                + "{'type':'permission','resource':'rpc','lxm':['com.example.shop.pay'],"
                + "'inheritAud':true}]}}}"));
    var set = new PublishedSets(lexicons).find(name).orElseThrow();
    assertEquals(Optional.of("Buy things"), set.title());
    assertEquals(Optional.of("Einkaufen"), set.in("de-AT").title());
    assertEquals(Optional.of("Buy things"), set.in("fr").title());
    assertEquals(2, set.entries().size());
    assertTrue(new PublishedSets(lexicons).find(THING).isEmpty());
  }

  private static Published found(Answer answer) {
    return assertInstanceOf(Answer.Found.class, answer).lexicon();
  }

  private RecordCheck.Result check(DagFields record, boolean insist) {
    return lexicons.checking(insist).check(TestPods.name(THING.value(), "pot"), record);
  }

  private static DagFields thing(Nsid id, int bytesMax) {
    return json(
        "{'$type':'com.atproto.lexicon.schema','lexicon':1,'id':'"
            + id
            + "','defs':{'main':{'type':'record','key':'any','record':{'type':'object',"
            + "'properties':{'name':{'type':'string','maxLength':"
            + bytesMax
            + "}}}}}}");
  }

  private static DagFields json(String text) {
    return (DagFields) RecordJson.parse(text.replace('\'', '"').getBytes(UTF_8));
  }

  private byte[] proof(Nsid name) {
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    new RepoExport(theirs.store, theirs.trees)
        .writeProof(theirs.pod, TestPods.name(SCHEMA, name.value()), car);
    return car.toByteArray();
  }

  private OutboundResponse send(OutboundRequest request) {
    asked.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new OutboundFailure.TimedOut("closed", e);
    }
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    String query = request.uri().getQuery();
    Nsid name = new Nsid(query.substring(query.lastIndexOf('=') + 1));
    return instead.orElseGet(() -> new OutboundResponse(200, request.uri(), Map.of(), proof(name)));
  }

  private final class Resolver implements DidResolver {
    @Override
    public Optional<DidDocument> resolve(Did did) {
      return Optional.of(document(did, key));
    }

    @Override
    public Optional<DidDocument> refresh(Did did) {
      return Optional.of(document(did, keyAfterRefresh));
    }

    private DidDocument document(Did did, String signingKey) {
      assertEquals(signer, did);
      return new DidDocument(
          did,
          List.of(),
          Map.of("atproto", signingKey),
          Map.of(
              "atproto_pds",
              new DidDocument.Service(
                  "AtprotoPersonalDataServer", URI.create("https://pds.example.com"))),
          new JsonMapper().createObjectNode());
    }

    @Override
    public Optional<Did> resolveHandle(Handle handle) {
      return Optional.empty();
    }

    @Override
    public Optional<Handle> verifiedHandle(Did did) {
      return Optional.empty();
    }
  }
}
