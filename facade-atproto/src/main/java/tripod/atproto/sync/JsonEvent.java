package tripod.atproto.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.atproto.json.BlockJson;
import tripod.atproto.json.RecordJson;
import tripod.atproto.repo.CarReader;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/** One event of the JSON stream: what became of one record, or of an account or its names. */
final class JsonEvent {
  /** Fast enough to be done once an event for all who want it. */
  private static final int ZSTD_LEVEL = 3;

  private final String did;
  private final String collection;
  private final byte[] text;
  private volatile byte @Nullable [] compressed;

  private JsonEvent(String did, String collection, byte[] text) {
    this.did = did;
    this.collection = collection;
    this.text = text;
  }

  /** Returns whose record, account or name it is. */
  String did() {
    return did;
  }

  /** Returns the record's collection; empty for what is of none, and so for everybody. */
  String collection() {
    return collection;
  }

  /** Returns the event in JSON. */
  byte[] text() {
    return text;
  }

  /** Returns the event as a zstd frame of its own, without a dictionary. */
  byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      known = Zstd.compress(text, ZSTD_LEVEL);
      compressed = known; // a race makes the same twice
    }
    return known;
  }

  /** Says what a frame tells; nothing when it tells of no record, account or name. */
  static List<JsonEvent> of(FrameBody body, long timeUs) {
    return switch (body.type()) {
      case "#commit" -> commit(body, timeUs);
      case "#identity", "#account" -> List.of(account(body, timeUs));
      default -> List.of();
    };
  }

  private static JsonEvent account(FrameBody body, long timeUs) {
    DagFields message = DagCbor.decodeOwn(body.message());
    String did = message.text("did").orElseThrow();
    String kind = body.type().substring(1);
    byte[] text =
        MessageForms.write(
            out -> {
              head(out, did, timeUs, kind);
              out.writeFieldName(kind);
              RecordJson.write(message, out);
            });
    return new JsonEvent(did, "", text);
  }

  private static List<JsonEvent> commit(FrameBody body, long timeUs) {
    DagFields message = DagCbor.decodeOwn(body.message());
    String did = message.text("repo").orElseThrow();
    String rev = message.text("rev").orElseThrow();
    List<DagValue> ops = message.items("ops");
    if (ops.isEmpty()) {
      return List.of();
    }
    Map<Cid, byte[]> blocks = blocks(message);
    List<JsonEvent> events = new ArrayList<>(ops.size());
    for (DagValue value : ops) {
      DagFields op = value.asFields().orElseThrow();
      String path = op.text("path").orElseThrow();
      int slash = path.indexOf('/');
      String collection = path.substring(0, slash);
      Optional<Cid> cid = op.link("cid");
      byte[] text =
          MessageForms.write(
              out -> {
                head(out, did, timeUs, "commit");
                out.writeObjectFieldStart("commit");
                out.writeStringField("rev", rev);
                out.writeStringField("operation", op.text("action").orElseThrow());
                out.writeStringField("collection", collection);
                out.writeStringField("rkey", path.substring(slash + 1));
                byte[] record = cid.isPresent() ? blocks.get(cid.get()) : null;
                if (record != null) {
                  out.writeFieldName("record");
                  BlockJson.write(record, out);
                  out.writeStringField("cid", cid.orElseThrow().toString());
                }
                out.writeEndObject();
              });
      events.add(new JsonEvent(did, collection, text));
    }
    return events;
  }

  private static void head(JsonGenerator out, String did, long timeUs, String kind)
      throws IOException {
    out.writeStringField("did", did);
    out.writeNumberField("time_us", timeUs);
    out.writeStringField("kind", kind);
  }

  private static Map<Cid, byte[]> blocks(DagFields message) {
    if (!(message.find("blocks") instanceof DagScalar.Bytes car)) {
      return Map.of();
    }
    Map<Cid, byte[]> blocks = new HashMap<>();
    CarReader reader = CarReader.own(new ByteArrayInputStream(car.value()));
    for (var block = reader.next(); block.isPresent(); block = reader.next()) {
      blocks.put(block.get().cid(), block.get().bytes());
    }
    return blocks;
  }
}
