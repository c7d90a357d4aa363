package tripod.podstore.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.SyntaxException;

/** Blobs as files of a folder, {@code files/POD/CID}. */
public final class BlobFolder implements BlobStore {
  private final Path files;
  private final FolderSync folders = new FolderSync();

  /**
   * Opens a folder, making it when missing.
   *
   * @param data the data folder, in which it is
   */
  public BlobFolder(Path data) throws IOException {
    files = data.resolve("files");
    Files.createDirectories(files);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The name is made before the bytes are synced: on most file systems the sync of the file then
   * writes both, and that of the folder finds little left to do. Until both are through nobody is
   * told, and no row names the file.
   */
  @Override
  public void keep(PodId pod, Received received) throws IOException {
    Path folder = made(pod);
    move(received.file(), folder.resolve(received.cid().toString()), folder);
    received.moved();
    received.sync();
    folders.sync(folder);
  }

  /** Moves a file; the folder may have been removed since it was made. */
  private static void move(Path from, Path to, Path folder) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(folder);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Makes a pod's folder; a new one is durable when the one above it is synced. */
  private Path made(PodId pod) throws IOException {
    Path folder = of(pod);
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      folders.sync(files);
    }
    return folder;
  }

  private Path of(PodId pod) {
    return files.resolve(Long.toString(pod.value()));
  }

  @Override
  public Optional<InputStream> open(PodId pod, Cid blob, long offset, long length)
      throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(of(pod).resolve(blob.toString()), StandardOpenOption.READ);
      channel.position(offset);
      InputStream all = Channels.newInputStream(channel);
      return Optional.of(length == Long.MAX_VALUE ? all : new Part(all, length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void remove(PodId pod, Cid blob) throws IOException {
    Files.deleteIfExists(of(pod).resolve(blob.toString()));
  }

  @Override
  public void removeAll(PodId pod) throws IOException {
    Path folder = of(pod);
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  @Override
  public List<Kept> list(PodId pod, Optional<Cid> after, int limit) throws IOException {
    Path folder = of(pod);
    if (!Files.exists(folder)) {
      return List.of();
    }
    String behind = after.map(Cid::toString).orElse("");
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = String.valueOf(file.getFileName());
        if (name.compareTo(behind) > 0) {
          names.add(name);
        }
      }
    }
    List<Kept> kept = new ArrayList<>();
    for (String name : names.stream().sorted().limit(Math.min(limit, LIST_MAX)).toList()) {
      kept(folder, name).ifPresent(kept::add);
    }
    return kept;
  }

  private static Optional<Kept> kept(Path folder, String name) throws IOException {
    try {
      Cid cid = Cid.parse(name);
      BasicFileAttributes file =
          Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
      return Optional.of(new Kept(cid, file.size(), file.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException | SyntaxException e) {
      return Optional.empty(); // removed meanwhile, or not ours
    }
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
