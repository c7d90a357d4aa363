package tripod.atproto.repo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tripod.podstore.PodWriter;
import tripod.podstore.cbor.DagCborWriter;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * Ready-made frames of {@code com.atproto.sync.subscribeRepos}, put into the journal's stream with
 * the commit they tell of.
 *
 * <p>Each is two objects: a header and the message. The number is left as eight bytes that the
 * store fills in; it is large enough for that to be its shortest form.
 *
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
final class RepoFrames {
  /** The journal's stream. */
  static final String STREAM = "atproto.firehose";

  /** Largest archive in a {@code #commit}, in bytes; relays refuse more. */
  static final int BLOCKS_BYTES_MAX = 2_000_000;

  /** Most changes in a {@code #commit}. */
  static final int OPS_MAX = 200;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PodWriter writer;
  private int numberAt;

  RepoFrames(PodWriter writer) {
    this.writer = writer;
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  /** Tells of a commit. */
  void commit(RepoHead head, Optional<RepoPoint> before, List<RepoOp> ops, byte[] blocks) {
    DagCborWriter out = header("#commit", 512 + blocks.length + ops.size() * 160);
    out.map(before.isPresent() ? 12 : 11).text("ops").list(ops.size());
    for (RepoOp op : ops) {
      op(out, op);
    }
    out.text("rev").text(head.rev().value());
    number(out);
    out.text("repo").text(head.did().value()).text("time").text(time(writer.now()));
    out.text("blobs").list(0).text("since");
    before.ifPresentOrElse(old -> out.text(old.rev().value()), out::nil);
    out.text("blocks").bytes(blocks).text("commit").link(head.commit());
    out.text("rebase").truth(false).text("tooBig").truth(false);
    before.ifPresent(old -> out.text("prevData").link(old.root()));
    emit(out);
  }

  private static void op(DagCborWriter out, RepoOp op) {
    out.map(op.before().isPresent() ? 4 : 3).text("cid");
    op.after().ifPresentOrElse(out::link, out::nil);
    out.text("path").text(op.key());
    op.before().ifPresent(cid -> out.text("prev").link(cid));
    out.text("action").text(op.action());
  }

  /** Tells where a repository stands, without saying what changed. */
  void sync(RepoHead head) {
    byte[] blocks = archive(head);
    DagCborWriter out = header("#sync", 256 + blocks.length);
    out.map(5).text("did").text(head.did().value()).text("rev").text(head.rev().value());
    number(out);
    out.text("time").text(time(writer.now())).text("blocks").bytes(blocks);
    emit(out);
  }

  /** Tells that an identity's document or handle may have changed. */
  void identity(Did did, Handle handle) {
    DagCborWriter out = header("#identity", 256);
    out.map(4).text("did").text(did.value());
    number(out);
    out.text("time").text(time(writer.now())).text("handle").text(handle.value());
    emit(out);
  }

  /** Tells what an account may do. */
  void account(Did did, RepoStatus status) {
    DagCborWriter out = header("#account", 256);
    out.map(status.isActive() ? 4 : 5).text("did").text(did.value());
    number(out);
    out.text("time").text(time(writer.now())).text("active").truth(status.isActive());
    if (!status.isActive()) {
      out.text("status").text(status.word());
    }
    emit(out);
  }

  private static DagCborWriter header(String type, int expectedBytes) {
    return new DagCborWriter(expectedBytes).map(2).text("t").text(type).text("op").integer(1);
  }

  private void number(DagCborWriter out) {
    out.text("seq");
    numberAt = out.size() + 1;
    out.integer(Long.MAX_VALUE); // always eight bytes behind its head
  }

  private void emit(DagCborWriter out) {
    writer.emit(STREAM, out.toByteArray(), numberAt);
  }

  private static byte[] archive(RepoHead head) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 + head.block().length);
    try {
      new CarWriter(bytes, List.of(head.commit())).block(head.commit(), head.block());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
