package tripod.podstore.blob;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import tripod.podstore.PodFailure;

/**
 * Refuses to fill a disk to its end, so that reading, deleting and exporting still work on a full
 * one (SEC-91).
 */
public final class DiskRoom {
  /** Least free space that is kept, in bytes. */
  public static final long RESERVE_BYTES_MIN = 256L << 20;

  /** Least part of the disk that is kept free: one in so many. */
  public static final int RESERVE_PART = 20;

  /** How long one look at the disk counts, in milliseconds. */
  private static final long FRESH_MS = 500;

  private final Space space;
  private final InstantSource clock;
  private volatile Look last = new Look(Long.MIN_VALUE, 0);

  /** What a disk says of itself. */
  public interface Space {
    /** Returns the size of the disk in bytes. */
    long total() throws IOException;

    /** Returns what is still free, in bytes. */
    long usable() throws IOException;
  }

  private record Look(long at, long spare) {}

  /** Watches over a disk. */
  public DiskRoom(Space space, InstantSource clock) {
    this.space = space;
    this.clock = clock;
  }

  /** Watches over the disk that holds a folder. */
  public static DiskRoom of(Path folder, InstantSource clock) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    return new DiskRoom(
        new Space() {
          @Override
          public long total() throws IOException {
            return disk.getTotalSpace();
          }

          @Override
          public long usable() throws IOException {
            return disk.getUsableSpace();
          }
        },
        clock);
  }

  /**
   * Lets a write of so many bytes pass.
   *
   * @throws PodFailure.Full when it would go into the reserve
   */
  public void require(long bytes) {
    long now = clock.millis();
    Look look = last;
    if (Math.abs(now - look.at()) >= FRESH_MS || look.at() == Long.MIN_VALUE) {
      look = new Look(now, spare());
      last = look;
    }
    if (look.spare() < bytes) {
      throw new PodFailure.Full("the disk has no room left but for its reserve");
    }
  }

  private long spare() {
    try {
      long reserve = Math.max(space.total() / RESERVE_PART, RESERVE_BYTES_MIN);
      return space.usable() - reserve;
    } catch (IOException e) {
      throw new PodFailure.Unavailable("the disk does not say how much room it has", e);
    }
  }
}
