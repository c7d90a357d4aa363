package tripod.server.bench;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * What posts that are written one by one cost on disk, without the event stream and in it.
 *
 * <p>Read from the closed store, so that no log waits to be folded in.
 */
public final class DiskRig {
  private static final int WRITERS = 16;
  private static final String TOKEN = "disk-rig-admin-token";

  private final Engine engine;
  private final List<Integer> sizes;

  /**
   * Prepares a run.
   *
   * @param sizes of the repository at which it is looked at, rising
   */
  public DiskRig(Engine engine, List<Integer> sizes) {
    this.engine = engine;
    this.sizes = List.copyOf(sizes);
  }

  /** Runs on servers of its own. */
  @SuppressWarnings("try") // a server need not be asked for anything: the member knows its address
  public Figures run() {
    Figures figures = new Figures();
    try (Scratch data = Scratch.make();
        HttpClient http = HttpClient.newHttpClient()) {
      List<String> options = engine.serveOptions(data.path());
      List<LabMember> members = new ArrayList<>();
      int port;
      try (ChildServer server = ChildServer.start(data.path(), 0, TOKEN, options)) {
        port = server.origin().getPort();
        members.add(LabMember.create(http, server.origin(), TOKEN, "disk", Date::new));
        Posts.createSingly(members.getFirst(), 1, 1);
      }
      StorageReport empty = StorageReport.of(engine, data);
      StorageReport before = empty;
      int written = 0;
      for (int size : sizes) {
        try (ChildServer server = ChildServer.start(data.path(), port, TOKEN, options)) {
          Posts.createSingly(members.getFirst(), size - written, WRITERS);
        }
        StorageReport now = StorageReport.of(engine, data);
        String at = " at %,d".formatted(size);
        figures
            .add(
                "disk of a post without the stream," + at,
                per(now.otherBytes() - empty.otherBytes(), size),
                "bytes")
            .add(
                "stream of a create on disk," + at,
                per(now.streamBytes() - before.streamBytes(), size - written),
                "bytes")
            .add(
                "frame of a create," + at,
                per(now.payloadBytes() - before.payloadBytes(), size - written),
                "bytes");
        before = now;
        written = size;
      }
    }
    return figures;
  }

  private static double per(long bytes, int posts) {
    return (double) bytes / posts;
  }
}
