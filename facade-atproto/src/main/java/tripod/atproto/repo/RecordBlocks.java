package tripod.atproto.repo;

import java.util.List;
import java.util.Optional;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;

/**
 * Fetches the blocks of records in the order of their keys, a page of a container at a time.
 *
 * <p>Belongs to one view and one thread.
 */
final class RecordBlocks {
  private static final PodPath CARDS = PodPath.ROOT.member("profile/");

  private final PodReader reader;
  private final RepoView view;

  /** What the keys of the collection at hand begin with; no key begins with a slash. */
  private String prefix = "/";

  private PodPath container = PodPath.ROOT;
  private List<PodReader.Block> page = List.of();
  private Optional<String> behind = Optional.empty();
  private int next;

  RecordBlocks(RepoView view) {
    this.view = view;
    this.reader = view.reader();
  }

  /** Returns the block of a record. */
  byte[] block(String key, Cid cid) {
    if (!key.startsWith(prefix)) {
      enter(key);
    }
    // Mostly the next one of the page: to see that takes its CID alone.
    if (isNext(cid)) {
      return take();
    }
    String name = RecordName.ofKey(key).path().name();
    while (next < page.size() && page.get(next).name().compareTo(name) < 0) {
      take();
    }
    return isNext(cid) ? take() : single(view, key, cid);
  }

  /** Returns the block of a record without expecting its neighbours to be asked for. */
  static byte[] single(RepoView view, String key, Cid cid) {
    return RepoRows.leaf(view.rows(), key)
        .filter(leaf -> leaf.cid().equals(cid))
        .flatMap(view::block)
        .orElseThrow(() -> new IllegalStateException("record " + key + " has no block " + cid));
  }

  private boolean isNext(Cid cid) {
    return next < page.size() && page.get(next).cid().equals(cid);
  }

  private byte[] take() {
    byte[] block = page.get(next++).bytes();
    fill();
    return block;
  }

  /** Goes on to the next page that has a block. */
  private void fill() {
    while (next == page.size() && behind.isPresent()) {
      load(behind);
    }
  }

  private void enter(String key) {
    prefix = key.substring(0, key.indexOf('/') + 1);
    container = RecordName.ofKey(key).path().parent().orElseThrow();
    page = List.of();
    behind = Optional.empty();
    next = 0;
    // A card or a folder of strangers is not worth a page.
    if (!container.equals(CARDS)) {
      load(Optional.empty());
      fill();
    }
  }

  private void load(Optional<String> after) {
    PodReader.Blocks loaded = reader.blocks(container, after, false, PodLimits.LIST_MAX);
    page = loaded.blocks();
    behind = loaded.behind();
    next = 0;
  }
}
