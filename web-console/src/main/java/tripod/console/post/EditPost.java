package tripod.console.post;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.podstore.PodPath;
import tripod.syntax.Tid;

/** {@code /console/posts/{name}/edit}: gives a post another text. */
public final class EditPost {
  /** Its address. */
  public static final String PATH = ThreeForms.PATH + "/edit";

  private final PostPages posts;
  private final PostWriter writer;

  /** Makes the page. */
  public EditPost(PostPages posts, PostWriter writer) {
    this.posts = posts;
    this.writer = writer;
  }

  /** Shows the form. */
  public void get(Context request, Visitor visitor, Session session) {
    Optional<PodPath> path = PostPages.path(request);
    Optional<OwnPosts.Found> found = path.flatMap(p -> find(session, p));
    if (found.isEmpty()) {
      posts.notFound(request, visitor);
      return;
    }
    PostInput input =
        new PostInput(found.get().post().text(), "", found.get().line().language(), false);
    show(request, visitor, 200, found.get(), input, found.get().rev().value(), Optional.empty());
  }

  /** Saves the text, or shows what would become of it. */
  public void post(Context request, Visitor visitor, Session session) {
    Optional<PodPath> path = PostPages.path(request);
    Optional<OwnPosts.Found> found = path.flatMap(p -> find(session, p));
    if (path.isEmpty() || found.isEmpty()) {
      posts.notFound(request, visitor);
      return;
    }
    PostInput typed = PostInput.of(request);
    // Who may see it is not asked again: only the words change.
    PostInput input = new PostInput(typed.text(), "me", typed.language(), typed.wantsPreview());
    String seen = Optional.ofNullable(request.formParam("seen")).orElse("");
    Optional<String> fault = input.fault();
    if (input.wantsPreview() || fault.isPresent()) {
      int status = input.wantsPreview() ? 200 : 422;
      Optional<String> error = input.wantsPreview() ? Optional.empty() : fault;
      show(request, visitor, status, found.get(), input, seen, error);
      return;
    }
    if (!found.get().rev().value().equals(seen)) {
      show(
          request,
          visitor,
          409,
          found.get(),
          input,
          found.get().rev().value(),
          Optional.of(
              "The post was changed somewhere else while you were writing. What you typed is still"
                  + " here: save again to put it in place of the other change."));
      return;
    }
    writer.edit(
        session.account(),
        path.get(),
        new Tid(seen),
        input.text(),
        LanguageChoice.read(input.language()));
    posts.pages().sendOn(request, ThreeForms.pathOf(path.get()));
  }

  private Optional<OwnPosts.Found> find(Session session, PodPath path) {
    return posts.read(session, (view, names) -> posts.find(view, names, path));
  }

  private void show(
      Context request,
      Visitor visitor,
      int status,
      OwnPosts.Found found,
      PostInput input,
      String seen,
      Optional<String> error) {
    posts
        .pages()
        .send(
            request,
            status,
            "post/edit.jte",
            posts.guard().frame(visitor, "Edit a post", Frame.Place.POSTS),
            new EditView(
                found.line(),
                input,
                AudienceChoice.ALL.stream()
                    .filter(choice -> choice.audience() == found.post().audience())
                    .map(AudienceChoice::value)
                    .findFirst()
                    .orElse("me"),
                LanguageChoice.with(input.language()),
                error,
                Preview.of(input.text(), found.post().audience()),
                seen,
                visitor.formToken()));
  }

  /**
   * What the page shows.
   *
   * @param line the post as it is
   * @param input what stands in the form
   * @param audience of the post, which stays
   * @param languages to choose from
   * @param error what keeps it from being saved
   * @param preview what would become of it
   * @param seen revision that the form was made from
   * @param token form token
   */
  record EditView(
      OwnPosts.Line line,
      PostInput input,
      String audience,
      List<LanguageChoice> languages,
      Optional<String> error,
      Preview preview,
      String seen,
      String token) {}
}
