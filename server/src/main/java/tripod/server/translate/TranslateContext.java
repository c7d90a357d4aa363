package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.social.KnownBlob;
import tripod.podstore.social.KnownPerson;
import tripod.podstore.social.KnownPost;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Ref;
import tripod.syntax.ActorIri;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * Who and what a translation speaks of: the names of people, of posts of others, and files, from
 * one JSON file. The first person with all three names is the pod's owner.
 */
public final class TranslateContext {
  private final PodNames owner;
  private final NameBook book;

  private TranslateContext(PodNames owner, NameBook book) {
    this.owner = owner;
    this.book = book;
  }

  /** Returns what others call the pod. */
  public PodNames owner() {
    return owner;
  }

  /** Returns what is known of others. */
  public NameBook book() {
    return book;
  }

  /**
   * Reads a context.
   *
   * @throws PodFailure.Invalid when nobody in it has a DID, a handle, an actor and a WebID
   */
  public static TranslateContext read(JsonNode context) {
    Map<String, KnownPerson> people = new HashMap<>();
    Map<String, KnownPerson> byName = new HashMap<>();
    PodNames owner = null;
    for (JsonNode actor : context.path("actors")) {
      KnownPerson person = person(actor);
      byName.put(actor.path("name").asText(), person);
      person.did().ifPresent(did -> people.put(did.value(), person));
      person.actor().ifPresent(iri -> people.put(iri.value(), person));
      person.url().ifPresent(url -> people.put(url, person));
      text(actor, "webid").ifPresent(webId -> people.put(webId, person));
      if (owner == null && actor.has("webid") && person.did().isPresent()) {
        owner = names(person);
      }
    }
    if (owner == null) {
      throw new PodFailure.Invalid("the context names nobody who could own a pod");
    }
    Map<String, KnownPost> posts = new HashMap<>();
    for (JsonNode record : context.path("records")) {
      KnownPost post = post(record, byName);
      post.at().ifPresent(at -> posts.put(at.toString(), post));
      post.iri().ifPresent(iri -> posts.put(iri, post));
    }
    Map<Cid, KnownBlob> blobs = new HashMap<>();
    for (Map.Entry<String, JsonNode> blob : context.path("blobs").properties()) {
      byte[] bytes = Base64.getDecoder().decode(blob.getValue().path("base64").asText());
      blobs.put(
          Cid.parse(blob.getKey()),
          new KnownBlob(MediaType.parse(blob.getValue().path("mimeType").asText()), bytes.length));
    }
    return new TranslateContext(
        owner, new Book(people, posts, blobs, text(context, "atWebProfile")));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.path(name).isTextual() ? Optional.of(node.get(name).textValue()) : Optional.empty();
  }

  private static KnownPerson person(JsonNode actor) {
    return new KnownPerson(
        text(actor, "did").map(Did::new),
        text(actor, "handle").map(Handle::new),
        text(actor, "actor").map(ActorIri::new),
        text(actor, "acct"),
        text(actor, "url"));
  }

  private static PodNames names(KnownPerson person) {
    Did did = person.did().orElseThrow();
    URI actor = person.actor().orElseThrow().uri();
    String acct = person.acct().orElseThrow();
    return new PodNames(
        new PodId(2),
        did,
        person.handle().orElseThrow(),
        URI.create(actor.getScheme() + "://" + actor.getRawAuthority()),
        acct.substring(0, acct.indexOf('@')));
  }

  private static KnownPost post(JsonNode record, Map<String, KnownPerson> byName) {
    JsonNode root = record.path("record").path("reply").path("root");
    String note = text(record, "note").orElse("").toLowerCase(Locale.ROOT);
    return new KnownPost(
        text(record, "uri").map(AtUri::parse),
        text(record, "cid").map(Cid::parse),
        text(record, "ap"),
        text(record, "apUrl").or(() -> text(record, "web")).or(() -> text(record, "ap")),
        root.isObject()
            ? Optional.of(
                new Ref(
                    text(root, "uri").map(AtUri::parse),
                    text(root, "cid").map(Cid::parse),
                    Optional.empty()))
            : Optional.empty(),
        Optional.ofNullable(byName.get(record.path("author").asText())),
        !note.contains("followers-only") && !note.contains("private"));
  }

  private record Book(
      Map<String, KnownPerson> people,
      Map<String, KnownPost> posts,
      Map<Cid, KnownBlob> blobs,
      Optional<String> webProfile)
      implements NameBook {
    @Override
    public Optional<KnownPerson> person(Did did) {
      return Optional.ofNullable(people.get(did.value()));
    }

    @Override
    public Optional<KnownPerson> person(String iri) {
      return Optional.ofNullable(people.get(iri));
    }

    @Override
    public Optional<KnownPost> post(AtUri uri) {
      return Optional.ofNullable(posts.get(uri.toString()));
    }

    @Override
    public Optional<KnownPost> post(String iri) {
      return Optional.ofNullable(posts.get(iri));
    }

    @Override
    public Optional<KnownBlob> blob(Cid blob) {
      return Optional.ofNullable(blobs.get(blob));
    }

    @Override
    public String profilePage(Did did) {
      return webProfile.map(base -> base + did).orElseGet(() -> NameBook.super.profilePage(did));
    }
  }
}
