package tripod.console.look;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tripod.identity.route.PathParams;

/**
 * Style sheet, scripts and the mark, read once from the class path and named by a digest of all of
 * them, so that a browser may keep them for good.
 *
 * <p>Immutable and safe between threads.
 */
public final class Assets {
  /** Path on the service host, with the digest and the file's name still to come. */
  public static final String PATH = "/console/assets/";

  private static final int VERSION_CHARS = 16;
  private static final String OWN = "/tripod/console/assets/";
  private static final String WEBJAR = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/";

  private final Map<String, Asset> files;
  private final String version;

  /** Reads the files. */
  public Assets() {
    Map<String, Asset> read = new LinkedHashMap<>();
    read.put("console.css", new Asset("text/css;charset=utf-8", bytes(OWN + "console.css")));
    read.put("console.js", new Asset("text/javascript;charset=utf-8", bytes(OWN + "console.js")));
    read.put("mark.svg", new Asset("image/svg+xml", bytes(OWN + "mark.svg")));
    read.put("htmx.js", new Asset("text/javascript;charset=utf-8", bytes(WEBJAR + "htmx.min.js")));
    files = Map.copyOf(read);
    version = digest(read);
  }

  /** Returns the path of a file, which changes when any file does. */
  public String path(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return PATH + version + "/" + name;
  }

  /** Answers {@code GET /console/assets/{version}/{name}}. */
  public void get(Context request) {
    Asset asset = files.get(PathParams.of(request, "name"));
    request.header("X-Content-Type-Options", "nosniff");
    if (asset == null) {
      request.status(404).contentType("text/plain;charset=utf-8").result("There is no such file.");
      return;
    }
    boolean current = PathParams.of(request, "version").equals(version);
    request.header("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache");
    // Pages on pods' hosts take the style sheet from here; it holds nothing of anybody.
    request.header("Cross-Origin-Resource-Policy", "cross-origin");
    request.header("Content-Security-Policy", "default-src 'none'; sandbox");
    request.contentType(asset.type()).result(asset.bytes());
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Map<String, Asset> files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.values().forEach(asset -> sha256.update(asset.bytes()));
      return HexFormat.of().formatHex(sha256.digest()).substring(0, VERSION_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Asset(String type, byte[] bytes) {}
}
