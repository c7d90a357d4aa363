package tripod.atproto.lexicon;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;

/**
 * A lexicon document, read and checked.
 *
 * @param id its name
 * @param definitions what it defines, by name
 * @see <a href="https://atproto.com/specs/lexicon#lexicon-files">Lexicon: lexicon files</a>
 */
public record LexiconDocument(Nsid id, Map<String, Definition> definitions) {
  private static final int LANGUAGE = 1;
  private static final List<String> ACTIONS = List.of("create", "update", "delete");

  public LexiconDocument {
    definitions = Map.copyOf(definitions);
  }

  /** Returns the definition that the document is about; empty when it only defines parts. */
  public Optional<Definition> main() {
    return Optional.ofNullable(definitions.get(DefinitionName.MAIN));
  }

  /**
   * Reads a document.
   *
   * @throws PodFailure.Invalid when it is none, saying where and why
   */
  public static LexiconDocument read(DagFields json) {
    LexiconNode node = new LexiconNode("", json);
    long language =
        node.integer("lexicon").orElseThrow(() -> node.fault("must say lexicon: " + LANGUAGE));
    if (language != LANGUAGE) {
      throw node.fault("is of the language " + language + ", expected " + LANGUAGE);
    }
    String id = node.needText("id");
    if (!Nsid.isValid(id)) {
      throw node.fault("has an id that is no nsid");
    }
    node.integer("revision");
    node.text("description");
    Reader reader = new Reader(new SchemaReader(new Nsid(id)));
    Map<String, Definition> definitions = new HashMap<>();
    for (Map.Entry<String, LexiconNode> def : node.need("defs").nodes()) {
      if (!DefinitionName.isName(def.getKey())) {
        throw node.fault("cannot define " + def.getKey());
      }
      definitions.put(
          def.getKey(), reader.read(def.getValue(), def.getKey().equals(DefinitionName.MAIN)));
    }
    if (definitions.isEmpty()) {
      throw node.fault("defines nothing");
    }
    return new LexiconDocument(new Nsid(id), definitions);
  }

  private record Reader(SchemaReader schemas) {
    private Definition read(LexiconNode node, boolean main) {
      node.text("description");
      String type = node.needText("type");
      return switch (type) {
        case "record" -> primary(node, main, recordKind(node));
        case "query" ->
            primary(
                node,
                main,
                new Definition.Query(parameters(node), body(node, "output"), errors(node)));
        case "procedure" ->
            primary(
                node,
                main,
                new Definition.Procedure(
                    parameters(node), body(node, "input"), body(node, "output"), errors(node)));
        case "subscription" ->
            primary(
                node,
                main,
                new Definition.Subscription(parameters(node), message(node), errors(node)));
        case "permission-set" -> primary(node, main, permissions(node));
        case "token" -> new Definition.Token();
        case "ref", "union", "unknown", "params" ->
            throw node.fault("is of a type that cannot be defined: " + type);
        default ->
            switch (schemas.read(node)) {
              case Schema.Other other -> new Definition.Other(other.type());
              case Schema schema -> new Definition.Value(schema);
            };
      };
    }

    private static Definition primary(LexiconNode node, boolean main, Definition definition) {
      if (!main) {
        throw node.fault("is of a type that stands under " + DefinitionName.MAIN + " alone");
      }
      return definition;
    }

    private Definition recordKind(LexiconNode node) {
      String key = node.needText("key");
      return new Definition.RecordKind(
          KeyKind.of(key).orElseThrow(() -> node.fault("has no kind of key: " + key)),
          schemas.fields(node.need("record")));
    }

    private Schema.Fields parameters(LexiconNode node) {
      return node.node("parameters").map(schemas::parameters).orElse(Schema.Fields.NONE);
    }

    private Optional<Definition.Body> body(LexiconNode node, String name) {
      return node.node(name)
          .map(
              body -> {
                body.text("description");
                Optional<Schema> schema = body.node("schema").map(schemas::read);
                schema
                    .filter(s -> !isBody(s))
                    .ifPresent(
                        s -> {
                          throw body.fault("must have an object, a ref or a union as its schema");
                        });
                return new Definition.Body(body.needText("encoding"), schema);
              });
    }

    private static boolean isBody(Schema schema) {
      return schema instanceof Schema.Fields
          || schema instanceof Schema.Ref
          || schema instanceof Schema.Union
          || schema instanceof Schema.Other;
    }

    private Optional<Schema> message(LexiconNode node) {
      Optional<Schema> schema =
          node.node("message").flatMap(message -> message.node("schema")).map(schemas::read);
      schema
          .filter(s -> !isBody(s))
          .ifPresent(
              s -> {
                throw node.fault("must have a union as its message");
              });
      return schema;
    }

    private static List<String> errors(LexiconNode node) {
      Set<String> names = new LinkedHashSet<>();
      for (var item : node.items("errors")) {
        LexiconNode error = node.node("errors", item);
        String name = error.needText("name");
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
          throw error.fault("has no name for an error: " + name);
        }
        error.text("description");
        names.add(name);
      }
      return List.copyOf(names);
    }

    private static Definition permissions(LexiconNode node) {
      node.text("title");
      node.checkTexts("title:lang");
      node.text("detail");
      node.checkTexts("detail:lang");
      node.items("permissions").forEach(item -> checkPermission(node.node("permissions", item)));
      return new Definition.Permissions();
    }

    private static void checkPermission(LexiconNode node) {
      if (!node.needText("type").equals("permission")) {
        throw node.fault("must be of the type permission");
      }
      node.needText("resource");
      node.texts("collection");
      node.texts("lxm");
      node.text("aud");
      node.truth("inheritAud");
      if (!ACTIONS.containsAll(node.texts("action"))) {
        throw node.fault("has an action that is none of " + String.join(", ", ACTIONS));
      }
    }
  }
}
