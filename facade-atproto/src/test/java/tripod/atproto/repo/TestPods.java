package tripod.atproto.repo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tripod.atproto.record.DagCborCodec;
import tripod.identity.key.DidKey;
import tripod.identity.key.Secp256k1;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Links;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Publication;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.RecordName;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;
import tripod.syntax.AccessMode;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.MediaType;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.RecordKey;

/** A store in memory with one pod that has a repository, its own key and open social containers. */
public final class TestPods implements AutoCloseable {
  public static final Did DID = new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
  static final Handle HANDLE = new Handle("alice.test.example.com");

  /** The time of all tests. */
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final byte[] KEY = new byte[32];

  static {
    KEY[31] = 7;
  }

  public static final DidKey PUBLIC_KEY = DidKey.ofSecp256k1(KEY);

  public final MstCache trees = new MstCache(MstCache.KEYS_MAX);
  final RepoSigner signer = (pod, message) -> Secp256k1.sign(KEY, message);
  final Lens lens;
  final RecordWriter records;
  final RepoEvents events = new RepoEvents(signer, trees);
  public final PodStore store;
  public final PodId pod;
  final PodNames names;
  private boolean isMade;

  public TestPods() {
    this(projections -> MemoryStores.open(InstantSource.fixed(NOW), projections));
  }

  /** Opens what is in a folder, or makes it there. */
  TestPods(Path folder, InstantSource clock) {
    this(projections -> SqlPodStore.open(StoreConfig.sqlite(folder), clock, projections));
  }

  private TestPods(Function<List<Projection>, PodStore> open) {
    RdfCodec card = new RdfCodec(NameBook.EMPTY);
    DagCborCodec blocks = new DagCborCodec(NameBook.EMPTY);
    lens = new Lens(List.of(blocks, card));
    records = new RecordWriter(lens, card);
    PublicGate.PubliclyReadable readable = TestPods::isPublic;
    PublicGate gate = new PublicGate(readable);
    SocialRecords source = new SocialRecords(lens, gate, readable, blocks, id -> names(id));
    store =
        open.apply(
            List.of(
                new Publication(lens, readable, id -> names(id)),
                new Links(lens, id -> names(id)),
                new RepoProjection(source, signer, trees)));
    List<PodId> known = store.pods(Optional.of(PodStore.HOST), 1);
    pod = known.isEmpty() ? store.nextPodId() : known.getFirst();
    names = new PodNames(pod, DID, HANDLE, URI.create("http://alice.test.example.com"), "alice");
    if (!known.isEmpty()) {
      isMade = true;
      return;
    }
    store.create(pod, PodStore.JdbcWork.NONE, this::setUp);
    isMade = true;
    store.write(
        pod,
        writer -> {
          events.created(writer, DID, HANDLE, RepoStatus.ACTIVE);
          return true;
        });
  }

  private Optional<PodNames> names(PodId id) {
    return isMade && id.equals(pod) ? Optional.of(names) : Optional.empty();
  }

  private boolean setUp(PodWriter writer) {
    writer.putAspect(PodPath.ROOT, Aspect.ACL, rules("./", ""));
    for (String open : List.of("/social/", "/profile/", "/records/")) {
      writer.put(new PodPath(open), new Content.Container());
      open(writer, new PodPath(open));
    }
    writer.put(
        new PodPath("/profile/card"),
        new Content.Document(
            MediaType.TURTLE,
            "@prefix foaf: <http://xmlns.com/foaf/0.1/>. <#me> a foaf:Person.".getBytes(UTF_8)));
    return true;
  }

  static void open(PodWriter writer, PodPath container) {
    writer.putAspect(
        container,
        Aspect.ACL,
        rules(
            "./",
            "<#all> a acl:Authorization; acl:agentClass foaf:Agent; acl:accessTo <./>;"
                + " acl:default <./>; acl:mode acl:Read."));
  }

  static void shut(PodWriter writer, PodPath container) {
    writer.putAspect(container, Aspect.ACL, rules("./", ""));
  }

  private static Content.Document rules(String target, String more) {
    return new Content.Document(
        MediaType.TURTLE,
        ("""
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.
        @prefix foaf: <http://xmlns.com/foaf/0.1/>.
        <#owner> a acl:Authorization; acl:agent </profile/card#me>; acl:accessTo <%s>;
          acl:default <%s>; acl:mode acl:Read, acl:Write, acl:Control.
        """
                    .formatted(target, target)
                + more)
            .getBytes(UTF_8));
  }

  private static boolean isPublic(PodReader view, PodPath path) {
    return view.acl(path).rules().stream()
        .anyMatch(rule -> rule.everyone() && rule.modes().contains(AccessMode.READ));
  }

  /** Puts a record in a write of its own. */
  public void put(String collection, String rkey, DagFields record) {
    store.write(
        pod,
        writer -> {
          put(writer, collection, rkey, record);
          return true;
        });
  }

  void put(PodWriter writer, String collection, String rkey, DagFields record) {
    records.put(writer, names, name(collection, rkey), DagCbor.encode(record), List.<Cid>of());
  }

  public static RecordName name(String collection, String rkey) {
    return new RecordName(new Nsid(collection), new RecordKey(rkey));
  }

  RepoHead head() {
    return store.read(pod, reader -> RepoView.of(reader).head()).orElseThrow();
  }

  @Override
  public void close() {
    store.close();
  }
}
