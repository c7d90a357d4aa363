package tripod.atproto.repo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tripod.identity.key.DidKey;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Tid;

/**
 * A relay that takes nothing on trust: signature, revision, what a commit follows from, and that
 * undoing it on what it shows gives the tree before. What it refuses is the host's fault.
 *
 * @see <a href="https://atproto.com/specs/sync">AT Protocol: sync</a>
 */
final class RelayModel {
  static final Duration REV_AHEAD_MAX = Duration.ofMinutes(5);
  private static final int BLOCKS_MAX = 2_000_000;
  private static final int OPS_MAX = 200;
  private static final int SYNC_BLOCKS_MAX = 10_000;

  private final Function<Did, DidKey> keys;
  private final boolean isLenient;
  private final Function<Did, byte[]> fetch;
  private final Map<Did, Account> accounts = new HashMap<>();
  private long lastSeq;
  private int commits;
  private int fetches;

  /** What the relay knows of one account. */
  static final class Account {
    boolean isActive = true;
    @Nullable Tid rev;
    @Nullable Cid root;
    Map<String, Cid> records = new TreeMap<>();
  }

  /**
   * Makes one.
   *
   * @param isLenient whether commits without the newer fields are taken
   * @param fetch gets a whole repository
   */
  RelayModel(Function<Did, DidKey> keys, boolean isLenient, Function<Did, byte[]> fetch) {
    this.keys = keys;
    this.isLenient = isLenient;
    this.fetch = fetch;
  }

  /** Begins to know an account that it has heard of before. */
  Account account(Did did) {
    return accounts.computeIfAbsent(did, _ -> new Account());
  }

  int commits() {
    return commits;
  }

  int fetches() {
    return fetches;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Takes a frame; says whether it is handed on, and fails when the host is at fault. */
  boolean take(TestFrames frame, Instant now) {
    DagFields body = frame.body();
    long seq = body.integer("seq").orElseThrow();
    if (seq <= lastSeq) {
      return false;
    }
    lastSeq = seq;
    return switch (frame.type()) {
      case "#identity" -> true;
      case "#account" -> account(body);
      case "#sync" -> sync(body, now);
      case "#commit" -> commit(frame, now);
      default -> throw new AssertionError("unknown frame " + frame.type());
    };
  }

  private boolean account(DagFields body) {
    Account account = account(new Did(body.text("did").orElseThrow()));
    account.isActive = body.truth("active").orElseThrow();
    check(account.isActive == body.text("status").isEmpty(), "a status, or being active");
    return true;
  }

  private boolean sync(DagFields body, Instant now) {
    Did did = new Did(body.text("did").orElseThrow());
    Account account = account(did);
    if (!account.isActive) {
      return false;
    }
    byte[] car = ((tripod.podstore.cbor.DagScalar.Bytes) body.get("blocks").orElseThrow()).value();
    check(car.length <= SYNC_BLOCKS_MAX, "a #sync of a few bytes");
    Map<Cid, byte[]> blocks = TestFrames.blocks(car);
    check(blocks.size() == 1, "the commit alone in a #sync");
    RepoCommit commit = RepoCommit.read(blocks.values().iterator().next());
    Tid rev = checkCommit(did, commit, body, now);
    if (account.rev != null && rev.compareTo(account.rev) < 0) {
      return false;
    }
    if (!commit.data().equals(account.root) && !isLenient) {
      fetch(did, account);
    } else {
      account.root = commit.data();
      account.rev = rev;
    }
    return true;
  }

  private void fetch(Did did, Account account) {
    fetches++;
    byte[] car = fetch.apply(did);
    if (car.length == 0) {
      return; // a scenario has nothing to fetch
    }
    Map<Cid, byte[]> blocks = TestFrames.blocks(car);
    RepoCommit commit =
        RepoCommit.read(blocks.get(new CarReader(new java.io.ByteArrayInputStream(car)).root()));
    check(keys.apply(did).verify(commit.unsigned(), commit.sig()), "a signature that verifies");
    account.records = new TreeMap<>();
    PartialMst.read(commit.data(), blocks)
        .forEach(
            (key, cid) -> {
              check(blocks.containsKey(cid), "every record in an export");
              account.records.put(key, cid);
            });
    account.root = commit.data();
    account.rev = commit.rev().orElseThrow();
  }

  private Tid checkCommit(Did did, RepoCommit commit, DagFields body, Instant now) {
    check(commit.did().equals(did), "the commit's own identity");
    check(commit.version() == RepoCommit.VERSION, "version 3");
    Tid rev = commit.rev().orElseThrow();
    check(rev.value().equals(body.text("rev").orElseThrow()), "the commit's own revision");
    check(!rev.instant().isAfter(now.plus(REV_AHEAD_MAX)), "a revision that is not ahead");
    check(keys.apply(did).verify(commit.unsigned(), commit.sig()), "a signature that verifies");
    return rev;
  }

  private boolean commit(TestFrames frame, Instant now) {
    DagFields body = frame.body();
    Did did = new Did(body.text("repo").orElseThrow());
    Account account = account(did);
    String said = body.text("rev").orElseThrow();
    if (!account.isActive
        || !Tid.isValid(said)
        || (account.rev != null && new Tid(said).compareTo(account.rev) <= 0)) {
      return false;
    }
    check(!body.truth("tooBig").orElse(false), "no commit that is too big");
    check(!body.truth("rebase").orElse(false), "no rebase");
    byte[] car = ((tripod.podstore.cbor.DagScalar.Bytes) body.get("blocks").orElseThrow()).value();
    check(car.length <= BLOCKS_MAX, "at most " + BLOCKS_MAX + " bytes of blocks");
    check(body.items("ops").size() <= OPS_MAX, "at most " + OPS_MAX + " changes");
    Map<Cid, byte[]> blocks = TestFrames.blocks(car);
    Cid cid = body.link("commit").orElseThrow();
    check(blocks.containsKey(cid), "the commit among the blocks");
    RepoCommit commit = RepoCommit.read(blocks.get(cid));
    Tid rev = checkCommit(did, commit, body, now);
    Mst tree = PartialMst.read(commit.data(), blocks);
    List<RepoOp> ops = ops(body, blocks, tree);
    if (!isLenient) {
      checkChain(account, body);
      Optional<Cid> before = body.link("prevData");
      check(before.isPresent() || account.rev == null, "prevData");
      before.ifPresent(
          root -> check(PartialMst.undo(tree, ops).equals(root), "a commit that can be undone"));
      for (RepoOp op : ops) {
        Optional<Cid> known = Optional.ofNullable(account.records.get(op.key()));
        check(
            known.isEmpty() || known.equals(op.before()),
            "what was known of " + op.key() + " as what was there before");
        if (op.after().isPresent()) {
          account.records.put(op.key(), op.after().get());
        } else {
          account.records.remove(op.key());
        }
      }
    }
    account.rev = rev;
    account.root = commit.data();
    commits++;
    return true;
  }

  private static void checkChain(Account account, DagFields body) {
    if (account.rev == null) {
      return;
    }
    String since = body.text("since").orElse("nothing");
    check(
        account.rev.value().equals(since),
        "a commit since " + account.rev + ", not since " + since);
    check(
        Optional.ofNullable(account.root).equals(body.link("prevData")),
        "a commit upon the tree " + account.root);
  }

  private List<RepoOp> ops(DagFields body, Map<Cid, byte[]> blocks, Mst tree) {
    List<RepoOp> ops = new ArrayList<>();
    for (DagValue value : body.items("ops")) {
      DagFields op = value.asFields().orElseThrow();
      String path = op.text("path").orElseThrow();
      Optional<Cid> after = op.link("cid");
      after.ifPresent(record -> check(blocks.containsKey(record), "the record of " + path));
      if (isLenient && op.link("prev").isEmpty() && after.isEmpty()) {
        continue; // the older form does not say what was deleted
      }
      RepoOp read = new RepoOp(path, op.link("prev"), after);
      if (!isLenient) {
        check(read.action().equals(op.text("action").orElseThrow()), "the right word");
        check(tree.get(path).equals(after), "the tree as the change says");
      }
      ops.add(read);
    }
    return ops;
  }

  private static void check(boolean truth, String expected) {
    if (!truth) {
      throw new AssertionError("the relay expected " + expected);
    }
  }
}
