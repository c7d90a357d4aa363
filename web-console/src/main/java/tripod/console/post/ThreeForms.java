package tripod.console.post;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.UrlPath;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.syntax.PodNames;

/** {@code GET /console/posts/{name}}: one post as each door has it, side by side. */
public final class ThreeForms {
  /** Its address. */
  public static final String PATH = "/console/posts/{name}";

  private final PostPages posts;
  private final PostForms forms;

  /** Makes the page. */
  public ThreeForms(PostPages posts, PostForms forms) {
    this.posts = posts;
    this.forms = forms;
  }

  /** Shows the page. */
  public void get(Context request, Visitor visitor, Session session) {
    Optional<FormsView> found =
        PostPages.path(request)
            .flatMap(
                path -> posts.read(session, (view, names) -> view(request, view, names, path)));
    if (found.isEmpty()) {
      posts.notFound(request, visitor);
      return;
    }
    posts
        .pages()
        .send(
            request,
            200,
            "post/forms.jte",
            posts.guard().frame(visitor, "A post in its three forms", Frame.Place.POSTS),
            found.get());
  }

  private Optional<FormsView> view(Context request, PodReader view, PodNames names, PodPath path) {
    return posts
        .find(view, names, path)
        .map(
            found ->
                new FormsView(
                    found.line(),
                    request.queryParam("new") != null,
                    List.of(
                        forms
                            .record(view, names, path)
                            .map(form -> recordPanel(form, found.post()))
                            .orElseGet(() -> noRecord(found)),
                        forms
                            .object(view, names, path)
                            .map(form -> objectPanel(form, found.post()))
                            .orElseGet(() -> nothing("ap", "ActivityPub", "object")),
                        forms
                            .graph(view, names, path)
                            .map(ThreeForms::graphPanel)
                            .orElseGet(() -> nothing("solid", "Solid", "graph")))));
  }

  static String pathOf(PodPath post) {
    return "/console/posts/" + UrlPath.segment(post.name());
  }

  private static Panel recordPanel(
      PostForms.RecordForm form, tripod.podstore.social.Social.Post post) {
    return new Panel(
        "at",
        "ATProto",
        "Record",
        List.of(
            new Address("Address", form.uri().toString(), ""),
            new Address("CID", form.cid().toString(), "")),
        form.json(),
        FormNotes.record(post));
  }

  private static Panel objectPanel(
      PostForms.ObjectForm form, tripod.podstore.social.Social.Post post) {
    return new Panel(
        "ap",
        "ActivityPub",
        "Object",
        List.of(new Address("Id", form.id(), form.id())),
        form.json(),
        FormNotes.object(post));
  }

  private static Panel graphPanel(PostForms.GraphForm form) {
    return new Panel(
        "solid",
        "Solid",
        "Turtle",
        List.of(new Address("Address", form.iri(), form.iri())),
        form.turtle(),
        FormNotes.graph());
  }

  private static Panel noRecord(OwnPosts.Found found) {
    return new Panel(
        "at",
        "ATProto",
        "Record",
        List.of(),
        "",
        List.of(
            found.line().isPublic()
                    && found.post().audience() == tripod.podstore.social.Audience.PUBLIC
                ? "There is no record of this post yet."
                : "There is no record. Whatever is in a repository can be found by everybody, so"
                    + " only public posts go there; this one is for: "
                    + found.line().audience()
                    + "."));
  }

  private static Panel nothing(String mark, String door, String form) {
    return new Panel(mark, door, form, List.of(), "", List.of("This post has no such form here."));
  }

  /**
   * What the page shows.
   *
   * @param line the post itself
   * @param isNew whether it was written a moment ago
   * @param panels its forms
   */
  record FormsView(OwnPosts.Line line, boolean isNew, List<Panel> panels) {}

  /**
   * One form.
   *
   * @param mark class that colours the door
   * @param door the door
   * @param form what the form is called there
   * @param addresses its names
   * @param source the form itself; empty when there is none
   * @param notes what it cannot say
   */
  record Panel(
      String mark,
      String door,
      String form,
      List<Address> addresses,
      String source,
      List<String> notes) {}

  /** A name of one form, with an address to open or nothing. */
  record Address(String label, String value, String link) {}
}
