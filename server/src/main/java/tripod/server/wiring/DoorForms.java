package tripod.server.wiring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFWriter;
import tripod.activitypub.vocab.As2View;
import tripod.atproto.json.BlockJson;
import tripod.atproto.repo.RepoView;
import tripod.console.post.PostForms;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.SocialGraph;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * What the doors make of a post, for the page that shows it in its three forms.
 *
 * @param lens reads any stored form
 * @param objects writes ActivityStreams
 * @param book knows the names of others
 */
record DoorForms(Lens lens, As2View objects, NameBook book) implements PostForms {
  @Override
  public Optional<RecordForm> record(PodReader view, PodNames names, PodPath post) {
    return SocialPaths.recordAt(post)
        .flatMap(
            name ->
                RepoView.of(view)
                    .record(name)
                    .map(
                        found ->
                            new RecordForm(
                                json(found.block()), found.leaf().cid(), name.uri(names.did()))));
  }

  private static String json(byte[] block) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      BlockJson.write(block, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  @Override
  public Optional<ObjectForm> object(PodReader view, PodNames names, PodPath post) {
    return view.get(post)
        .flatMap(
            resource ->
                lens.read(resource, names)
                    .flatMap(said -> objects.render(said, resource, names))
                    .map(
                        object ->
                            new ObjectForm(object.toPrettyString(), object.path("id").asText())));
  }

  @Override
  public Optional<GraphForm> graph(PodReader view, PodNames names, PodPath post) {
    return view.get(post)
        .flatMap(resource -> turtle(resource, names))
        .map(turtle -> new GraphForm(turtle, names.iri(post.value())));
  }

  private Optional<String> turtle(Resource resource, PodNames names) {
    if (resource.content() instanceof Content.Document document
        && document.mediaType().is(MediaType.TURTLE.essence())) {
      return Optional.of(new String(document.bytes(), java.nio.charset.StandardCharsets.UTF_8));
    }
    return lens.read(resource, names)
        .map(said -> SocialGraph.of(said, resource, names, book))
        .map(DoorForms::written);
  }

  private static String written(Graph graph) {
    graph.getPrefixMapping().setNsPrefix("as", "https://www.w3.org/ns/activitystreams#");
    graph.getPrefixMapping().setNsPrefix("xsd", "http://www.w3.org/2001/XMLSchema#");
    graph.getPrefixMapping().setNsPrefix("tp", "https://w3id.org/tripod/");
    return RDFWriter.create().source(graph).lang(Lang.TURTLE).asString();
  }
}
