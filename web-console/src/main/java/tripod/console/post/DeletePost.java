package tripod.console.post;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.podstore.PodPath;

/** {@code /console/posts/{name}/delete}: asks once, then deletes. */
public final class DeletePost {
  /** Its address. */
  public static final String PATH = ThreeForms.PATH + "/delete";

  private final PostPages posts;
  private final PostWriter writer;

  /** Makes the page. */
  public DeletePost(PostPages posts, PostWriter writer) {
    this.posts = posts;
    this.writer = writer;
  }

  /** Asks. */
  public void get(Context request, Visitor visitor, Session session) {
    Optional<OwnPosts.Found> found =
        PostPages.path(request)
            .flatMap(path -> posts.read(session, (view, names) -> posts.find(view, names, path)));
    if (found.isEmpty()) {
      posts.notFound(request, visitor);
      return;
    }
    posts
        .pages()
        .send(
            request,
            200,
            "post/delete.jte",
            posts.guard().frame(visitor, "Delete a post", Frame.Place.POSTS),
            new DeleteView(found.get().line(), visitor.formToken()));
  }

  /** Deletes. */
  public void post(Context request, Visitor visitor, Session session) {
    Optional<PodPath> path = PostPages.path(request);
    if (path.isEmpty() || !writer.delete(session.account(), path.get())) {
      posts.notFound(request, visitor);
      return;
    }
    posts.pages().sendOn(request, Home.PATH);
  }

  /** What the page shows. */
  record DeleteView(OwnPosts.Line line, String token) {}
}
