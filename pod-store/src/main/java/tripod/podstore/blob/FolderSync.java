package tripod.podstore.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the names in folders durable, many at once: who asks while a sync runs waits for the next
 * one, which serves all that asked before it began.
 */
final class FolderSync {
  private final ConcurrentHashMap<Path, Folder> folders = new ConcurrentHashMap<>();

  /** One folder in which somebody waits. */
  private static final class Folder {
    final ReentrantLock turn = new ReentrantLock();
    long asked;
    long served;
    int waiting;
  }

  /** Returns when a sync of the folder that began after this call is through. */
  void sync(Path path) throws IOException {
    Folder folder = folders.compute(path, (_, known) -> join(known));
    try {
      long mine = ask(folder);
      folder.turn.lock();
      try {
        if (folder.served < mine) {
          long all = latest(folder);
          force(path);
          folder.served = all;
        }
      } finally {
        folder.turn.unlock();
      }
    } finally {
      folders.compute(path, (_, known) -> leave(folder));
    }
  }

  private static Folder join(@org.jspecify.annotations.Nullable Folder known) {
    Folder folder = known == null ? new Folder() : known;
    folder.waiting++;
    return folder;
  }

  private static @org.jspecify.annotations.Nullable Folder leave(Folder folder) {
    return --folder.waiting == 0 ? null : folder;
  }

  private static long ask(Folder folder) {
    synchronized (folder) {
      return ++folder.asked;
    }
  }

  private static long latest(Folder folder) {
    synchronized (folder) {
      return folder.asked;
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
