package tripod.console.post;

import java.util.ArrayList;
import java.util.List;
import tripod.podstore.social.Social;

/** Says in plain words what each form of a post cannot say. Pure. */
final class FormNotes {
  private FormNotes() {}

  static List<String> record(Social.Post post) {
    List<String> notes = new ArrayList<>();
    if (!TextLength.of(post.text()).fitsRecord()) {
      notes.add(
          "This post is longer than a record may be. Here it is cut, with a link to the rest.");
    }
    if (post.html().isPresent()) {
      notes.add("Headings, lists and other rich text of this post are plain text here.");
    }
    if (post.warning().isPresent()) {
      notes.add("The warning stands in front of the text here: a record has no place for one.");
    }
    if (post.updated().isPresent()) {
      notes.add("A record does not say when it was edited. Its new CID is the only sign.");
    }
    if (post.languages().size() > 3) {
      notes.add("Of its languages, three are named here.");
    }
    notes.add("A record cannot say who may read it: in a repository, everybody may.");
    return notes;
  }

  static List<String> object(Social.Post post) {
    List<String> notes = new ArrayList<>();
    if (post.languages().size() > 1) {
      notes.add("It names one language of several.");
    }
    if (!post.labels().isEmpty()) {
      notes.add("Its labels became one word here: sensitive, or not.");
    }
    notes.add(
        "An object cannot prove its content: it has an address, and no hash that pins what it says."
            + " Links have no exact place in the text, only in the HTML.");
    return notes;
  }

  static List<String> graph() {
    return List.of(
        "A graph has no order and no exact bytes: two servers may write the same statements"
            + " differently, so nothing here can be signed as it stands. It may say more than the"
            + " other two, if an app has added to it.");
  }
}
