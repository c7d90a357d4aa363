package tripod.podstore.social;

import java.util.Locale;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Resource;
import tripod.syntax.ActorIri;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;

/**
 * Writes the pivot as an RDF graph in the terms of ActivityStreams: the shared graph of a resource
 * whose source is in another form (mapping 2 and 4).
 *
 * <p>Without blank nodes: what has no name of its own is named by a fragment of the resource. Pure.
 */
public final class SocialGraph {
  private final Graph graph = GraphFactory.createDefaultGraph();
  private final String id;
  private final Node self;
  private final PodNames names;
  private final NameBook book;

  private SocialGraph(Resource resource, PodNames names, NameBook book) {
    this.id = names.iri(resource.path().value());
    this.self = Terms.iri(id);
    this.names = names;
    this.book = book;
  }

  /** Returns the shared graph of a resource that says something. */
  public static Graph of(Social social, Resource resource, PodNames names, NameBook book) {
    SocialGraph writing = new SocialGraph(resource, names, book.withOwn(names));
    writing.write(Naming.complete(social, writing.book), resource);
    return writing.graph;
  }

  /**
   * Returns the shared graph with what the server knows besides: the record's name and version.
   * Both lie in the resource's description, not in its shared graph (mapping 3).
   */
  public static Graph described(Graph shared, String id, AtUri at, Optional<Cid> cid) {
    Graph graph = GraphFactory.createDefaultGraph();
    shared.find().forEachRemaining(graph::add);
    graph.add(Terms.iri(id), Terms.AT_URI, Terms.iri(at.toIri()));
    cid.ifPresent(c -> graph.add(Terms.iri(id), Terms.CID, text(c.toString())));
    return graph;
  }

  private void write(Social social, Resource resource) {
    switch (social) {
      case Social.Post post -> note(NoteView.of(post, resource, names, book));
      case Social.Like like -> {
        act("Like", object(like.subject()));
        like.reaction().ifPresent(emoji -> add(self, Terms.as("content"), text(emoji)));
        add(self, Terms.as("published"), time(Times.instant(like.published(), resource)));
      }
      case Social.Repost repost -> {
        act("Announce", object(repost.subject()));
        add(self, Terms.as("published"), time(Times.instant(repost.published(), resource)));
        AddressView to = AddressView.of(repost, names, book);
        to.to().forEach(iri -> add(self, Terms.as("to"), Terms.iri(iri)));
        to.cc().forEach(iri -> add(self, Terms.as("cc"), Terms.iri(iri)));
      }
      case Social.Follow follow -> {
        act("Follow", person(follow.subject()));
        add(self, Terms.as("published"), time(Times.instant(follow.published(), resource)));
        // FOL-2: this half is open until the other side has accepted.
        add(self, Terms.ACCEPT_STATE, Terms.PENDING);
      }
      case Social.Block block -> act("Block", person(block.subject()));
      case Social.Profile profile -> RdfCard.write(graph, profile, names);
      case Social.Rsvp rsvp -> act(type(rsvp.answer()), object(rsvp.subject()));
      case Social.Article article ->
          new KindGraph(graph, resource, names).article(article, resource);
      case Social.Event event -> new KindGraph(graph, resource, names).event(event, resource);
      case Social.PeopleList list -> new KindGraph(graph, resource, names).list(list, resource);
      case Social.ThreadGate gate -> {} // it is said of the post
      case Social.ListMember member -> {} // it is said of the list
      case Social.Unknown unknown -> {}
    }
  }

  /** Returns the act that an answer to an event is (EVT-3). */
  public static String type(Social.Answer answer) {
    return switch (answer) {
      case GOING -> "Join";
      case INTERESTED -> "TentativeAccept";
      case NOT_GOING -> "Leave";
    };
  }

  private void act(String type, String object) {
    add(self, Terms.TYPE, Terms.as(type));
    add(self, Terms.as("actor"), Terms.iri(names.actor().value()));
    add(self, Terms.as("object"), Terms.iri(object));
  }

  private static String object(Ref ref) {
    return ref.iri().orElseGet(() -> ref.at().map(AtUri::toIri).orElseThrow());
  }

  private static String person(Person person) {
    return person.actor().map(ActorIri::value).orElseGet(() -> person.did().orElseThrow().value());
  }

  private void note(NoteView note) {
    add(self, Terms.TYPE, Terms.as("Note"));
    add(self, Terms.as("attributedTo"), Terms.iri(note.author()));
    note.to().forEach(iri -> add(self, Terms.as("to"), Terms.iri(iri)));
    note.cc().forEach(iri -> add(self, Terms.as("cc"), Terms.iri(iri)));
    add(self, Terms.as("published"), time(note.published()));
    note.updated().ifPresent(at -> add(self, Terms.as("updated"), time(at)));
    note.summary().ifPresent(words -> add(self, Terms.as("summary"), text(words)));
    if (note.sensitive()) {
      add(self, Terms.as("sensitive"), Terms.truth());
    }
    add(self, Terms.as("content"), content(note));
    note.inReplyTo().ifPresent(iri -> add(self, Terms.as("inReplyTo"), Terms.iri(iri)));
    note.quote().ifPresent(iri -> add(self, Terms.QUOTE, Terms.iri(iri)));
    urls(note);
    tags(note);
    attachments(note);
  }

  private static Node content(NoteView note) {
    return note.oneLanguage()
        ? NodeFactory.createLiteralLang(note.content(), note.language().orElseThrow().value())
        : text(note.content());
  }

  private void urls(NoteView note) {
    Node page = part("url", 1);
    add(self, Terms.as("url"), page);
    add(page, Terms.TYPE, Terms.as("Link"));
    add(page, Terms.as("mediaType"), text("text/html"));
    add(page, Terms.as("href"), self);
    note.at()
        .ifPresent(
            at -> {
              Node record = part("url", 2);
              add(self, Terms.as("url"), record);
              add(record, Terms.TYPE, Terms.as("Link"));
              add(record, Terms.as("rel"), text("alternate"));
              add(record, Terms.as("href"), Terms.iri(at.toIri()));
            });
  }

  private void tags(NoteView note) {
    int number = 0;
    for (NoteView.Tag tag : note.tags()) {
      Node node = part("tag", ++number);
      add(self, Terms.as("tag"), node);
      add(node, Terms.as("href"), Terms.iri(tag.href()));
      add(node, Terms.as("name"), text(tag.name()));
      switch (tag) {
        case NoteView.Tag.Mention mention -> add(node, Terms.TYPE, Terms.as("Mention"));
        case NoteView.Tag.Hashtag hashtag -> add(node, Terms.TYPE, Terms.as("Hashtag"));
        case NoteView.Tag.Quote quote -> {
          add(node, Terms.TYPE, Terms.as("Link"));
          add(node, Terms.as("mediaType"), text(NoteView.AS2_TYPE));
        }
      }
    }
  }

  private void attachments(NoteView note) {
    int number = 0;
    for (Media media : note.media()) {
      Optional<String> address = NoteView.address(media, names);
      if (address.isPresent()) {
        Node node = part("attachment", ++number);
        add(self, Terms.as("attachment"), node);
        add(node, Terms.TYPE, Terms.as(as2Type(media.kind())));
        media
            .mediaType()
            .ifPresent(type -> add(node, Terms.as("mediaType"), text(type.toString())));
        add(node, Terms.as("url"), Terms.iri(address.get()));
        media
            .alt()
            .filter(alt -> !alt.isEmpty())
            .ifPresent(alt -> add(node, Terms.as("name"), text(alt)));
      }
    }
    if (note.card().isPresent() && TextHtml.isWeb(note.card().get().uri())) {
      Node node = part("attachment", ++number);
      add(self, Terms.as("attachment"), node);
      add(node, Terms.TYPE, Terms.as("Link"));
      add(node, Terms.as("href"), Terms.iri(note.card().get().uri()));
      add(node, Terms.as("name"), text(note.card().get().title()));
    }
  }

  /** Returns the ActivityStreams class of a medium. */
  private static String as2Type(Media.Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private Node part(String name, int number) {
    return Terms.iri(id + "#" + name + "-" + number);
  }

  private void add(Node subject, Node predicate, Node object) {
    if (!object.isURI() || Terms.isIri(object.getURI())) {
      graph.add(subject, predicate, object);
    }
  }

  private static Node text(String text) {
    return NodeFactory.createLiteralString(text);
  }

  private static Node time(java.time.Instant time) {
    return NodeFactory.createLiteralDT(Times.shown(time), XSDDatatype.XSDdateTime);
  }
}
