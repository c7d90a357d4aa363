package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.Journal;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/** Reads frames of the stream as a relay does. */
record TestFrames(String type, DagFields body) {
  static List<TestFrames> all(Journal journal) {
    List<TestFrames> frames = new ArrayList<>();
    for (Journal.Emission emission : journal.stream(RepoFrames.STREAM, 0, 10_000)) {
      TestFrames frame = read(emission.payload());
      assertEquals(emission.number(), frame.body().integer("seq").orElseThrow());
      frames.add(frame);
    }
    return frames;
  }

  static TestFrames read(byte[] frame) {
    tripod.podstore.cbor.DagCborReader in = tripod.podstore.cbor.DagCborReader.of(frame);
    assertEquals(2, in.map());
    assertEquals("t", in.text());
    String type = in.text();
    assertEquals("op", in.text());
    assertEquals(1, in.integer());
    return new TestFrames(
        type, fields(java.util.Arrays.copyOfRange(frame, in.position(), frame.length)));
  }

  private static DagFields fields(byte[] body) {
    return DagCbor.decodeOwn(body);
  }

  /** Undoes the operations on what the frame shows and compares with what it says was before. */
  void assertInverts() {
    Map<Cid, byte[]> blocks = blocks();
    Cid commitCid = body.link("commit").orElseThrow();
    RepoCommit commit = RepoCommit.read(blocks.get(commitCid));
    assertEquals(body.text("rev").orElseThrow(), commit.rev().orElseThrow().value());
    assertTrue(TestPods.PUBLIC_KEY.verify(commit.unsigned(), commit.sig()), "signature");
    List<RepoOp> ops = new ArrayList<>();
    for (DagValue value : body.items("ops")) {
      DagFields op = value.asFields().orElseThrow();
      RepoOp read = new RepoOp(op.text("path").orElseThrow(), op.link("prev"), op.link("cid"));
      assertEquals(op.text("action").orElseThrow(), read.action());
      read.after().ifPresent(cid -> assertTrue(blocks.containsKey(cid), "record block"));
      ops.add(read);
    }
    Mst tree = PartialMst.read(commit.data(), blocks);
    for (RepoOp op : ops) {
      assertEquals(op.after(), tree.get(op.key()));
    }
    Optional<Cid> before = body.link("prevData");
    if (before.isPresent()) {
      assertEquals(before.get(), PartialMst.undo(tree, ops));
    } else {
      assertEquals(Mst.EMPTY.rootCid(), commit.data());
    }
  }

  Map<Cid, byte[]> blocks() {
    byte[] car = ((DagScalar.Bytes) body.get("blocks").orElseThrow()).value();
    return blocks(car);
  }

  static Map<Cid, byte[]> blocks(byte[] car) {
    CarReader reader = new CarReader(new ByteArrayInputStream(car));
    Map<Cid, byte[]> blocks = new HashMap<>();
    for (var b = reader.next(); b.isPresent(); b = reader.next()) {
      blocks.put(b.get().cid(), b.get().bytes());
    }
    return blocks;
  }
}
