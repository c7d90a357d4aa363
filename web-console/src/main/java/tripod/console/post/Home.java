package tripod.console.post;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Account;
import tripod.podstore.PodPath;

/** {@code /console}: a place to write, and the member's own posts. */
public final class Home {
  /** Its address. */
  public static final String PATH = "/console";

  private final PostPages posts;
  private final PostWriter writer;

  /** Makes the page. */
  public Home(PostPages posts, PostWriter writer) {
    this.posts = posts;
    this.writer = writer;
  }

  /** Shows the page. */
  public void get(Context request, Visitor visitor, Session session) {
    String language = LanguageChoice.preferred(request.header("Accept-Language"));
    show(
        request,
        visitor,
        session,
        200,
        new PostInput("", "public", language, false),
        Optional.empty(),
        Optional.empty());
  }

  /** Writes a post, or shows what would become of it. */
  public void post(Context request, Visitor visitor, Session session) {
    PostInput input = PostInput.of(request);
    Optional<String> fault = input.fault();
    if (input.wantsPreview() || fault.isPresent()) {
      show(
          request,
          visitor,
          session,
          input.wantsPreview() ? 200 : 422,
          input,
          input.wantsPreview() ? Optional.empty() : fault,
          Optional.of(Preview.of(input.text(), input.chosen())));
      return;
    }
    PodPath made =
        writer.write(
            session.account(), input.text(), input.chosen(), LanguageChoice.read(input.language()));
    posts.pages().sendOn(request, ThreeForms.pathOf(made) + "?new=1");
  }

  /** Answers the script with what would become of a text. */
  public void preview(Context request, Visitor visitor, Session session) {
    PostInput input = PostInput.of(request);
    posts.pages().sendPart(request, "post/preview.jte", Preview.of(input.text(), input.chosen()));
  }

  private void show(
      Context request,
      Visitor visitor,
      Session session,
      int status,
      PostInput input,
      Optional<String> error,
      Optional<Preview> preview) {
    Optional<String> after =
        Optional.ofNullable(request.queryParam("after")).filter(name -> !name.isEmpty());
    posts
        .pages()
        .send(
            request,
            status,
            "post/home.jte",
            posts.guard().frame(visitor, "Your posts", Frame.Place.POSTS),
            new HomeView(
                input,
                LanguageChoice.with(input.language()),
                error,
                preview.orElseGet(() -> Preview.of(input.text(), input.chosen())),
                posts.list(session, after),
                after.isPresent(),
                session.account().state() == Account.State.DEACTIVATED,
                RoomLeft.of(posts.usage(session)),
                visitor.formToken()));
  }

  /**
   * What the page shows.
   *
   * @param input what stands in the form
   * @param languages to choose from
   * @param error what keeps it from being posted
   * @param preview what would become of it
   * @param posts the list
   * @param isLater whether the list begins after its first page
   * @param isAsleep whether the account is deactivated
   * @param room how much the pod takes up
   * @param token form token
   */
  record HomeView(
      PostInput input,
      List<LanguageChoice> languages,
      Optional<String> error,
      Preview preview,
      OwnPosts.Listing posts,
      boolean isLater,
      boolean isAsleep,
      RoomLeft room,
      String token) {}
}
