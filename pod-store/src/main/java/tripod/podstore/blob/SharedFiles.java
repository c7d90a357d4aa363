package tripod.podstore.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * The files of the first format, in which all pods shared them: {@code blobs/xx/yy/CID}, where the
 * letters are the end of the name.
 */
public final class SharedFiles {
  private final Path data;
  private final Path shared;

  /** Looks into a data folder. */
  public SharedFiles(Path data) {
    this.data = data;
    this.shared = data.resolve("blobs");
  }

  /** Says whether there are any. */
  public boolean isThere() {
    return Files.isDirectory(shared);
  }

  /** Gives a pod its own name for a file; what is not there is passed over. */
  public void giveTo(PodId pod, Cid blob) throws IOException {
    String name = blob.toString();
    int end = name.length();
    Path from = shared.resolve(name.substring(end - 4, end - 2)).resolve(name.substring(end - 2));
    Path folder = data.resolve("files").resolve(Long.toString(pod.value()));
    if (Files.exists(from.resolve(name)) && !Files.exists(folder.resolve(name))) {
      Files.createDirectories(folder);
      Files.createLink(folder.resolve(name), from.resolve(name));
    }
  }

  /** Removes the old names when every pod has its own. */
  public void remove() throws IOException {
    for (Path old : List.of(shared, data.resolve("trash"))) {
      if (!Files.isDirectory(old)) {
        continue;
      }
      try (Stream<Path> all = Files.walk(old)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
