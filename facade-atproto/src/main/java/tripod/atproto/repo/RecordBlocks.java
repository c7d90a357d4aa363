package tripod.atproto.repo;

import java.util.List;
import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.syntax.Cid;

/**
 * Fetches the blocks of records in the order of their keys, a page of a container at a time.
 *
 * <p>Belongs to one view and one thread.
 */
final class RecordBlocks {
  private final PodReader reader;
  private final RepoView view;
  private PodPath container = PodPath.ROOT;
  private List<Resource> page = List.of();
  private int next;

  RecordBlocks(RepoView view) {
    this.view = view;
    this.reader = view.reader();
  }

  /** Returns the block of a record. */
  byte[] block(String key, Cid cid) {
    PodPath path = RecordName.ofKey(key).path();
    PodPath home = path.parent().orElseThrow();
    if (!home.equals(container)) {
      container = home;
      load(Optional.empty());
    }
    String name = path.name();
    while (next < page.size() && page.get(next).path().name().compareTo(name) < 0) {
      next++;
      if (next == page.size() && page.size() == PodLimits.LIST_MAX) {
        load(Optional.of(page.getLast().path().name()));
      }
    }
    if (next < page.size()) {
      Resource resource = page.get(next);
      if (resource.path().equals(path)
          && resource.cid().filter(cid::equals).isPresent()
          && resource.content() instanceof Content.Document document) {
        return document.bytes();
      }
    }
    return single(view, key, cid);
  }

  /** Returns the block of a record without expecting its neighbours to be asked for. */
  static byte[] single(RepoView view, String key, Cid cid) {
    return RepoRows.leaf(view.rows(), key)
        .filter(leaf -> leaf.cid().equals(cid))
        .flatMap(view::block)
        .orElseThrow(() -> new IllegalStateException("record " + key + " has no block " + cid));
  }

  private void load(Optional<String> after) {
    // A card or a folder of strangers is not worth a page.
    page =
        container.equals(PodPath.ROOT.member("profile/"))
            ? List.of()
            : reader.members(container, after, false, PodLimits.LIST_MAX);
    next = 0;
  }
}
