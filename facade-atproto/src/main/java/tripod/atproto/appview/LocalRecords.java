package tripod.atproto.appview;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tripod.atproto.json.BlockJson;
import tripod.atproto.json.RecordJson;
import tripod.atproto.repo.RepoLeaf;
import tripod.atproto.repo.RepoView;
import tripod.podstore.social.RecordName;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.Tid;

/**
 * What a member wrote after a revision, as far as answers show it.
 *
 * @param profile the profile, if it is new
 * @param posts new posts, oldest first, at most {@value #POSTS_MAX}
 */
public record LocalRecords(Optional<LocalRecord> profile, List<LocalRecord> posts) {
  /** How many posts are put in. */
  static final int POSTS_MAX = 10;

  /** How many of the newest posts are looked at: their keys are in the order of time. */
  private static final int LOOKED_AT = 50;

  private static final Nsid POST = new Nsid("app.bsky.feed.post");
  private static final ObjectMapper JSON = new ObjectMapper(RecordJson.JSON);

  public LocalRecords {
    posts = List.copyOf(posts);
  }

  /**
   * Reads what came after a revision. The write path keeps no index for it: posts are looked at
   * newest first, and the profile by its key.
   */
  public static LocalRecords since(RepoView view, Did did, Tid rev) {
    LocalRecords none = new LocalRecords(Optional.empty(), List.of());
    if (view.head().filter(head -> head.rev().compareTo(rev) > 0).isEmpty()) {
      return none;
    }
    List<RepoLeaf> newest = view.leaves(POST, Optional.empty(), true, LOOKED_AT);
    Optional<RepoLeaf> card = view.leaf(RecordName.OF_PROFILE);
    List<RepoLeaf> posts =
        newest.stream()
            .filter(leaf -> leaf.rev().compareTo(rev) > 0)
            .sorted(Comparator.comparing(RepoLeaf::rev))
            .limit(POSTS_MAX)
            .toList();
    Optional<RepoLeaf> profile = card.filter(leaf -> leaf.rev().compareTo(rev) > 0);
    if (posts.isEmpty() && profile.isEmpty()) {
      return none;
    }
    boolean isKnown =
        Stream.concat(newest.stream(), card.stream()).anyMatch(leaf -> isUpTo(leaf, rev));
    if (!isKnown && !hasUpTo(view, rev)) {
      return none; // the account was probably just moved here
    }
    return new LocalRecords(
        profile.flatMap(leaf -> read(view, did, leaf)),
        posts.stream().flatMap(leaf -> read(view, did, leaf).stream()).toList());
  }

  private static boolean isUpTo(RepoLeaf leaf, Tid rev) {
    return leaf.rev().compareTo(rev) <= 0;
  }

  private static boolean hasUpTo(RepoView view, Tid rev) {
    List<RepoLeaf> samples = new ArrayList<>();
    for (Nsid collection : view.collections()) {
      samples.addAll(view.leaves(collection, Optional.empty(), false, POSTS_MAX));
    }
    return samples.stream().anyMatch(leaf -> isUpTo(leaf, rev));
  }

  private static Optional<LocalRecord> read(RepoView view, Did did, RepoLeaf leaf) {
    return view.block(leaf)
        .flatMap(LocalRecords::json)
        .map(
            value ->
                new LocalRecord(
                    "at://" + did + "/" + leaf.key(), leaf.cid(), leaf.rev().instant(), value));
  }

  /** Returns a record as JSON. */
  public static Optional<ObjectNode> json(byte[] block) {
    try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
      BlockJson.write(block, (JsonGenerator) buffer);
      return JSON.readTree(buffer.asParser()) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Says whether there is nothing. */
  public boolean isEmpty() {
    return profile.isEmpty() && posts.isEmpty();
  }

  /** Returns when the oldest of it was committed. */
  public Optional<Instant> oldest() {
    return Stream.concat(profile.stream(), posts.stream())
        .map(LocalRecord::indexedAt)
        .min(Comparator.naturalOrder());
  }
}
