package tripod.podstore.social;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.PodFailure;
import tripod.syntax.AtUri;
import tripod.syntax.Datetime;
import tripod.syntax.PodNames;

/**
 * The profile as the person's card says it (mapping 7.4): {@code foaf:name} and {@code vcard:fn}
 * are one field, as are {@code foaf:img} and {@code vcard:hasPhoto}. Pure.
 */
public final class RdfCard {
  private static final Node NAME = Terms.iri(Terms.FOAF + "name");
  private static final Node FORMATTED_NAME = Terms.iri(Terms.VCARD + "fn");
  private static final Node NOTE = Terms.iri(Terms.VCARD + "note");
  private static final Node IMG = Terms.iri(Terms.FOAF + "img");
  private static final Node PHOTO = Terms.iri(Terms.VCARD + "hasPhoto");
  private static final Node BANNER = Terms.tp("banner");
  private static final Node URL = Terms.iri(Terms.VCARD + "url");
  private static final Node PRONOUNS = Terms.tp("pronouns");
  private static final Node LABEL = Terms.tp("label");
  private static final Node BOT = Terms.tp("bot");
  private static final Node PINNED = Terms.tp("pinned");
  private static final Node PUBLISHED = Terms.as("published");
  private static final Node FIELD = Terms.as("attachment");
  private static final Node FIELD_TYPE = Terms.iri(Terms.SCHEMA + "PropertyValue");
  private static final Node FIELD_NAME = Terms.iri(Terms.SCHEMA + "name");
  private static final Node FIELD_VALUE = Terms.iri(Terms.SCHEMA + "value");

  /** What a profile may say of the card's owner; every other triple is somebody else's. */
  static final List<Node> PREDICATES =
      List.of(
          NAME,
          FORMATTED_NAME,
          NOTE,
          IMG,
          PHOTO,
          BANNER,
          URL,
          PRONOUNS,
          LABEL,
          BOT,
          PINNED,
          PUBLISHED,
          FIELD);

  private RdfCard() {}

  /**
   * Returns a card in which the two names of one field agree again after an edit that changed one
   * of them.
   *
   * @param before the card before the edit; empty graph for none
   * @param after the card after it
   * @throws PodFailure.Conflict when the edit gave them two values
   */
  public static Graph settle(Graph before, Graph after, PodNames names) {
    Node me = Terms.iri(names.webId().value());
    Graph settled = copy(after);
    settle(before, settled, me, NAME, FORMATTED_NAME, "foaf:name and vcard:fn");
    settle(before, settled, me, IMG, PHOTO, "foaf:img and vcard:hasPhoto");
    return settled;
  }

  private static void settle(
      Graph before, Graph after, Node me, Node one, Node other, String what) {
    Set<Node> ones = objects(after, me, one);
    Set<Node> others = objects(after, me, other);
    if (ones.equals(others) || ones.isEmpty() || others.isEmpty()) {
      return;
    }
    boolean oneChanged = !ones.equals(objects(before, me, one));
    boolean otherChanged = !others.equals(objects(before, me, other));
    if (oneChanged && otherChanged) {
      throw new PodFailure.Conflict(what + " are one field, and two values were given");
    }
    Node loser = oneChanged ? other : one;
    after.remove(me, loser, Node.ANY);
    (oneChanged ? ones : others).forEach(value -> after.add(me, loser, value));
  }

  static Graph copy(Graph graph) {
    Graph copy = GraphFactory.createDefaultGraph();
    graph.find().forEachRemaining(copy::add);
    return copy;
  }

  /** Reads what a card says of its owner. */
  static Social.Profile read(Graph graph, PodNames names) {
    Node me = Terms.iri(names.webId().value());
    return new Social.Profile(
        text(graph, me, NAME).or(() -> text(graph, me, FORMATTED_NAME)),
        text(graph, me, NOTE),
        Optional.empty(),
        media(graph, me, IMG, names).or(() -> media(graph, me, PHOTO, names)),
        media(graph, me, BANNER, names),
        text(graph, me, PRONOUNS),
        objects(graph, me, URL).stream()
            .map(RdfCard::address)
            .flatMap(Optional::stream)
            .findFirst(),
        fields(graph, me),
        labels(graph, me),
        text(graph, me, BOT).filter("true"::equals).isPresent(),
        pinned(graph, me),
        text(graph, me, PUBLISHED).filter(Datetime::isValid).map(Datetime::new));
  }

  /** Adds what a profile says to a graph. */
  static void write(Graph graph, Social.Profile profile, PodNames names) {
    Node me = Terms.iri(names.webId().value());
    profile.displayName().ifPresent(name -> add(graph, me, name, NAME, FORMATTED_NAME));
    profile.description().ifPresent(words -> add(graph, me, words, NOTE));
    media(graph, me, profile.avatar(), names, IMG, PHOTO);
    media(graph, me, profile.banner(), names, BANNER);
    profile.pronouns().ifPresent(words -> add(graph, me, words, PRONOUNS));
    profile.website().filter(Terms::isIri).ifPresent(page -> graph.add(me, URL, Terms.iri(page)));
    profile.labels().forEach(label -> add(graph, me, label, LABEL));
    if (profile.bot()) {
      graph.add(me, BOT, Terms.truth());
    }
    profile
        .pinned()
        .flatMap(ref -> ref.at().map(AtUri::toIri).or(ref::iri))
        .filter(Terms::isIri)
        .ifPresent(iri -> graph.add(me, PINNED, Terms.iri(iri)));
    profile.created().ifPresent(time -> graph.add(me, PUBLISHED, Terms.time(time)));
    int number = 0;
    for (Social.Field field : profile.fields()) {
      Node node = Terms.iri(names.iri(SocialPaths.CARD.value()) + "#field-" + ++number);
      graph.add(me, FIELD, node);
      graph.add(node, Terms.TYPE, FIELD_TYPE);
      add(graph, node, field.name(), FIELD_NAME);
      add(graph, node, field.valueHtml(), FIELD_VALUE);
    }
  }

  private static void add(Graph graph, Node subject, String text, Node... predicates) {
    for (Node predicate : predicates) {
      graph.add(subject, predicate, NodeFactory.createLiteralString(text));
    }
  }

  private static void media(
      Graph graph, Node me, Optional<Media> media, PodNames names, Node... predicates) {
    media
        .flatMap(picture -> NoteView.address(picture, names))
        .filter(Terms::isIri)
        .ifPresent(
            address -> {
              for (Node predicate : predicates) {
                graph.add(me, predicate, Terms.iri(address));
              }
            });
  }

  private static Optional<String> text(Graph graph, Node subject, Node predicate) {
    return objects(graph, subject, predicate).stream()
        .filter(Node::isLiteral)
        .map(Node::getLiteralLexicalForm)
        .min(Comparator.naturalOrder());
  }

  static Set<Node> objects(Graph graph, Node subject, Node predicate) {
    Set<Node> objects = new LinkedHashSet<>();
    graph
        .find(subject, predicate, Node.ANY)
        .mapWith(Triple::getObject)
        .forEachRemaining(objects::add);
    return objects;
  }

  private static Optional<String> address(Node node) {
    return node.isURI()
        ? Optional.of(node.getURI())
        : node.isLiteral() ? Optional.of(node.getLiteralLexicalForm()) : Optional.empty();
  }

  private static Optional<Media> media(Graph graph, Node me, Node predicate, PodNames names) {
    return objects(graph, me, predicate).stream()
        .filter(Node::isURI)
        .map(Node::getURI)
        .min(Comparator.naturalOrder())
        .map(iri -> MediaAddress.media(iri, Media.Kind.IMAGE, names));
  }

  private static Set<String> labels(Graph graph, Node me) {
    Set<String> labels = new LinkedHashSet<>();
    objects(graph, me, LABEL).stream()
        .filter(Node::isLiteral)
        .map(Node::getLiteralLexicalForm)
        .sorted()
        .forEach(labels::add);
    return labels;
  }

  private static Optional<Ref> pinned(Graph graph, Node me) {
    return objects(graph, me, PINNED).stream()
        .filter(Node::isURI)
        .map(Node::getURI)
        .min(Comparator.naturalOrder())
        .map(RefReading::of);
  }

  private static List<Social.Field> fields(Graph graph, Node me) {
    List<Node> nodes = new ArrayList<>(objects(graph, me, FIELD));
    nodes.removeIf(node -> !graph.contains(node, Terms.TYPE, FIELD_TYPE));
    nodes.sort(Comparator.comparing(Node::toString, RdfCard::byNumber));
    List<Social.Field> fields = new ArrayList<>();
    for (Node node : nodes) {
      fields.add(
          new Social.Field(
              text(graph, node, FIELD_NAME).orElse(""), text(graph, node, FIELD_VALUE).orElse("")));
    }
    return fields;
  }

  /** Orders {@code #tag-2} before {@code #tag-10}. */
  static int byNumber(String a, String b) {
    return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
  }
}
